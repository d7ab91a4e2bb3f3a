"""Long work of matching: a run, a question, publishing."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.foundation import jobs
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.matching import actions
from alongside.matching.engine import orders, solving
from alongside.matching.models import Question, Round, Run
from alongside.matching.terms import RunState
from alongside.programmes.models import Programme
from alongside.programmes.queries import coordinated_by


def _coordinates(job: jobs.Running, programme: Programme) -> Any:
    """Whoever asked for it, while they still coordinate the programme, or Alongside itself. Raises Failed."""
    actor = job.actor()
    if isinstance(actor, System):
        return actor
    if not coordinated_by(actor).filter(pk=programme.pk).exists():
        raise jobs.Failed(_("Whoever started this work does not coordinate the programme any more."))
    return actor


def _page(programme: Programme) -> str:
    return reverse("matching:board", args=[programme.slug])


@jobs.task("matching.run", words=_lazy("Finding the best pairs"))
def run(job: jobs.Running, *, run: str) -> dict[str, Any]:
    """Ask the engine and keep its answer together with the job's end; a second run begins anew."""
    held = Run.objects.select_related("round__programme__organisation", "after").get(ref=run)
    try:
        answer = solving.solve(orders.of_run(held), progress=job.progress)
        with job.finishing() as result:
            actor = _coordinates(job, held.round.programme)
            actions.keep_answer(held, answer, by=actor)
            actions.discard_if_empty(held, by=actor)
            result["link"] = _page(held.round.programme)
    except NotPossible as reason:
        actions.give_up(held, str(reason))
        raise jobs.Failed(str(reason)) from reason
    except jobs.Cancelled:
        actions.give_up(held, "", RunState.CANCELLED)
        raise
    return {}


@jobs.task("matching.ask", words=_lazy("Working out why two people are not paired"))
def ask(job: jobs.Running, *, question: str) -> dict[str, Any]:
    """Ask the engine about two people and keep the answer."""
    held = Question.objects.select_related("run__round__programme__organisation", "run__after", "mentee", "mentor").get(
        ref=question
    )
    try:
        answer = solving.solve(orders.of_run(held.run), ask=(held.mentee.ref, held.mentor.ref), progress=job.progress)
    except NotPossible as reason:
        raise jobs.Failed(str(reason)) from reason
    with job.finishing() as result:
        actions.answer(held, answer)
        result["link"] = reverse("matching:question", args=[held.run.round.programme.slug, held.ref])
    return {}


@jobs.task("matching.publish", words=_lazy("Publishing pairs"))
def publish(job: jobs.Running, *, matching: str) -> dict[str, Any]:
    """Publish a round, together with the job's end."""
    held = Round.objects.select_related("programme__organisation").get(ref=matching)
    actor = _coordinates(job, held.programme)
    try:
        with job.finishing() as result:
            actions.publish(held, by=actor)
            result["link"] = _page(held.programme)
    except NotPossible as reason:
        raise jobs.Failed(str(reason)) from reason
    return {}


@jobs.task("matching.nightly", words=_lazy("Looking for pairs for people who came since"))
def nightly(job: jobs.Running) -> dict[str, Any]:
    """Look for pairs in every programme that wants it each night; coordinators look at them before anybody is told."""
    return {"count": actions.look_every_night()}


@jobs.task("matching.remind_choosing", words=_lazy("Reminding mentees who can choose a mentor"))
def remind_choosing(job: jobs.Running) -> dict[str, Any]:
    """Remind whoever has not chosen: after five days, and once more after ten."""
    return {"count": actions.remind_choosing()}


jobs.every("matching.nightly", minutes=24 * 60)
jobs.hourly("matching.remind_choosing")
