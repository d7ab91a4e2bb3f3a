"""The board: what a matching found, what is under way, and working it out again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.files.lists import as_csv
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.jobs.terms import OPEN as OPEN_JOBS
from alongside.foundation.sets import handfuls
from alongside.foundation.ui.components.tables import Column
from alongside.matching import actions, fit, queries, rules
from alongside.matching.forms import board as board_forms
from alongside.matching.models import Round, Run, Taker
from alongside.matching.queries import boards
from alongside.matching.terms import FULL, OPEN, POINTS_OF_ONE, RoundState, RunState
from alongside.matching.views import advising, opening, rows, steps

A_PAGE = 50


@access.requires("matching.read", methods="GET")
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The pairs that were found, who is not placed, and what to do next; before the first run, the way to it."""
    programme = opening.programme_of(request, slug)
    round_ = boards.latest(request.actor, programme)
    run = queries.shown_run(round_) if round_ else None
    context = {"programme": programme, "round": round_, "run": run, **_under_way(round_)}
    if round_ is None or run is None:
        return render(request, "matching/first.html", context)
    context |= _whole(request, round_, run)
    return render(request, "matching/board.html", context)


def _under_way(round_: Round | None) -> dict[str, Any]:
    """What is being worked out at this moment, or how the last attempt ended where it found nothing."""
    attempt = boards.last_attempt(round_) if round_ else None
    if round_ is None or attempt is None:
        return {}
    standing = queries.standing(attempt)
    publishing = boards.job_of(round_.job_ref)
    return {
        "attempt": attempt,
        "standing": standing,
        "job": boards.job_of(attempt.job_ref) if standing == RunState.WAITING else None,
        "stopped": standing == RunState.CANCELLED,
        "failed": standing == RunState.FAILED,
        "publishing": publishing if publishing and publishing.state in OPEN_JOBS else None,
        "not_published": publishing.error if publishing and round_.state == RoundState.LOCKED else "",
    }


def _whole(request: HttpRequest, round_: Round, run: Run) -> dict[str, Any]:
    marks, (people, pairs) = boards.marked(request.actor, round_), boards.left_to_look(request.actor, round_, run)
    is_open = round_.state in OPEN
    policy = queries.policy_of(round_.programme)
    since = boards.since(round_, run, policy) if is_open else boards.Since()
    left = steps.ToLook(people, pairs, queries.unseen_by_others(request.actor, run))
    step = steps.next_step(round_, run, left, behind=since.is_in_the_way)
    return {
        "is_open": is_open,
        "may_change": round_.state == RoundState.DRAFT,
        "step": step if is_open else None,
        "choose": round_.state == RoundState.PUBLISHED and boards.is_offered(round_),
        "may_take_back": round_.state == RoundState.PUBLISHED and not boards.is_answered(round_),
        "proven": steps.is_proven(run),
        "since": since,
        "counts": _counts(run),
        "marks": marks,
        "elsewhere": boards.apart_from_oneself(request.actor, run),
        "again": board_forms.Again(bonus=queries.said_by(policy).keep),
        "others": [one for one in queries.runs(round_) if one.state == RunState.DONE and one.pk != run.pk],
        **_pairs(request, round_, run, marks, pairs),
        **advising.context(request, round_, run),
    }


def _counts(run: Run) -> dict[str, int]:
    held = Taker.objects.filter(run=run).order_by().values("participation__part").annotate(count=Count("pk"))
    counted = dict(held.values_list("participation__part", "count"))
    places = run.figures.get("places", 0)
    return {"mentees": counted.get("mentee", 0), "mentors": counted.get("mentor", 0), "places": places}


def _pairs(request: HttpRequest, round_: Round, run: Run, marks: list[Any], look: int) -> dict[str, Any]:
    held = sum(mark.kind == "hold" for mark in marks)
    form = board_forms.PairsFilter(request.GET, look=look, held=held, sites=boards.sites(run))
    chosen, sort = form.chosen(), request.GET.get("sort", "-fit")
    found = boards.search(queries.proposals(request.actor, run), round_, chosen, sort)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    labels = {"mentor": _("Mentor"), "why": _("Why they fit"), "fit": _("Fit"), "state": _("State")}
    columns = [
        Column(_("Mentee"), sort="name"), Column(labels["mentor"], sort="mentor"), labels["why"],
        Column(_("Fit of 100"), sort="fit", num=True), labels["state"], Column(_("Actions"), hidden=True),
    ]  # fmt: skip
    return {
        "form": form, "narrowed": bool(chosen), "sort": sort, "page": page, "columns": columns, "labels": labels,
        "pairs": rows.rows(request.actor, round_, run, list(page), marks), "at": request.GET.urlencode(),
        "weights": queries.said_by_run(run).criteria, "floor": run.figures.get("floor", rules.WORTH_A_LOOK),
        "reach": fit.of_hundred(run.figures.get("reach", FULL * POINTS_OF_ONE)),
    }  # fmt: skip


@access.requires("matching.read", methods="GET")
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the run has come; the board asks every second while it is under way, and is shown anew at its end."""
    programme = opening.programme_of(request, slug)
    context = {"programme": programme, **_under_way(boards.latest(request.actor, programme))}
    if not request.htmx:
        return redirect("matching:board", slug)
    response = render(request, "matching/_progress.html", context)
    if not context.get("job") and not context.get("publishing"):
        response["HX-Refresh"] = "true"
    return response


@access.requires("matching.change", methods="POST")
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to match, or try again where the first run came to nothing."""
    programme = opening.programme_of(request, slug)
    try:
        round_ = queries.open_round(request.actor, programme) or actions.begin_round(programme, by=request.actor)
        actions.begin_run(round_, by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("matching:board", slug)


@access.requires("matching.change", methods="POST")
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Work the pairs out again: keeping the rest, preferring it, or anew."""
    programme = opening.programme_of(request, slug)
    how = request.POST.get("how", board_forms.KEEP)
    try:
        keep, fixed = how == board_forms.KEEP, how == board_forms.FIXED
        actions.begin_run(opening.round_of(request, programme), by=request.actor, keep=keep, fixed=fixed)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("matching:board", slug)


@access.requires("matching.change", methods="POST")
def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop what is being worked out, whoever of the coordinators began it."""
    programme = opening.programme_of(request, slug)
    actions.stop(opening.round_of(request, programme), by=request.actor)
    return redirect("matching:board", slug)


@access.requires("matching.change", methods="POST")
def export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The pairs as a file, as the list is filtered."""
    programme = opening.programme_of(request, slug)
    round_, held = opening.run_of(request, programme)
    chosen = board_forms.PairsFilter(request.POST, sites=boards.sites(held)).chosen()
    found = boards.search(queries.proposals(request.actor, held), round_, chosen)
    actions.export(round_, count=found.count(), by=request.actor)
    return as_csv(f"{programme.slug}-matching.csv", _lines(request, round_, held, found))


def _lines(request: HttpRequest, round_: Round, held: Run, found: Any) -> Any:
    yield _("Mentee"), _("Mentor"), _("Fit of 100"), _("Why they fit"), _("State")
    marks = boards.marked(request.actor, round_)
    for handful in handfuls(found):
        for row in rows.rows(request.actor, round_, held, handful, marks):
            names = row.proposal.mentee.membership.name, row.proposal.mentor.membership.name
            said = "; ".join(f"{share.words} {share.got}/{share.of}: {share.note}" for share in row.shares)
            yield (*names, row.score, said, row.state_words)
