"""Long work on files of running pairs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.foundation import jobs
from alongside.foundation.identity.actions import NotPossible
from alongside.people.roster.reasons import RosterRefused
from alongside.people.tasks import table_of
from alongside.people.terms import ImportState
from alongside.programmes.models import Programme
from alongside.programmes.queries import coordinated_by
from alongside.relationships import actions
from alongside.relationships.actions import running, taking_in, taking_out, telling
from alongside.relationships.models import PairsImport
from alongside.relationships.queries.running import pairs_of, to_tell


def _import(ref: str) -> PairsImport:
    return PairsImport.objects.select_related("programme__organisation").get(ref=ref)


def _page(held: PairsImport) -> str:
    return reverse("relationships:running_file", args=[held.programme.slug, held.ref])


def _coordinates(job: jobs.Running, programme: Programme) -> Any:
    """Whoever asked for it, while they still coordinate the programme. Raises Failed."""
    actor = job.actor()
    if not coordinated_by(actor).filter(pk=programme.pk).exists():
        raise jobs.Failed(_("Whoever started this work does not coordinate the programme any more."))
    return actor


@jobs.task("relationships.check_pairs", words=_lazy("Checking a file of running pairs"))
def check_pairs(job: jobs.Running, *, held: str) -> dict[str, Any]:
    """Check every row; the findings are kept in short transactions, and a second run begins anew."""
    found = _import(held)
    try:
        running.stage(found, table_of(found), progress=job.progress)
    except RosterRefused as refused:
        running.give_back(found, str(refused.words))
        raise jobs.Failed(refused.words) from refused
    except jobs.Cancelled:
        running.give_back(found, "", ImportState.COLUMNS)
        raise
    return {"link": _page(found)}


@jobs.task("relationships.commit_pairs", words=_lazy("Taking in a file of running pairs"))
def commit_pairs(job: jobs.Running, *, held: str) -> dict[str, Any]:
    """Take the checked pairs in, together with the job's end."""
    found = _import(held)
    try:
        with job.finishing() as result:
            taking_in.commit(found, by=_coordinates(job, found.programme))
            result["link"] = _page(found)
    except NotPossible as reason:
        running.give_back(found, str(reason), ImportState.READY)
        raise jobs.Failed(str(reason)) from reason
    return {}


@jobs.task("relationships.take_out_pairs", words=_lazy("Taking pairs of a file out again"))
def take_out_pairs(job: jobs.Running, *, held: str) -> dict[str, Any]:
    """Take the pairs out again, together with the job's end."""
    found = _import(held)
    if found.taken_out_at and not pairs_of(found).exists():
        return {"link": _page(found)}  # somebody pressed twice
    try:
        with job.finishing() as result:
            taking_out.take_out(found, by=_coordinates(job, found.programme))
            result["link"] = _page(found)
    except NotPossible as reason:
        raise jobs.Failed(str(reason)) from reason
    return {}


@jobs.task("relationships.tell_pairs", words=_lazy("Telling the people of pairs that were brought in"))
def tell_pairs(job: jobs.Running, *, programme: str) -> dict[str, Any]:
    """Tell the two of each pair, some people at a time; whoever has been told is not told again."""
    found = Programme.objects.select_related("organisation").get(ref=programme)
    actor = _coordinates(job, found)
    total, done = to_tell(found).people, 0
    try:
        while count := telling.tell_some(found, by=actor):
            done += count
            job.progress(done, max(done, total), _("Telling people"))
    except NotPossible as reason:
        raise jobs.Failed(str(reason)) from reason
    job.progress(done, done, _("Everybody who can be told by mail has been told."))
    return {"link": reverse("relationships:tell", args=[found.slug]), "count": done}


@jobs.task("relationships.delete_old_rows", words=_lazy("Deleting the rows of old files of pairs"))
def delete_old_rows(job: jobs.Running) -> dict[str, Any]:
    """Delete the rows of files that are 30 days old."""
    return {"count": running.delete_old_rows()}


@jobs.task("relationships.tell_waiting", words=_lazy("Writing to whoever waits for a mentor"))
def tell_waiting(job: jobs.Running) -> dict[str, Any]:
    """Tell whoever waits for a mentor how it stands, once a fortnight."""
    return {"count": actions.tell_waiting()}


@jobs.task("relationships.remind", words=_lazy("Reminding people of proposals that wait for them"))
def remind(job: jobs.Running) -> dict[str, Any]:
    """Remind whoever has not answered: after five days, once more after ten; then it is on the coordinator's list."""
    return {"count": actions.remind(), "silent": actions.bring_to_the_list()}


jobs.hourly("relationships.remind")
jobs.hourly("relationships.delete_old_rows")
jobs.hourly("relationships.tell_waiting")
