"""The board: what a matching found, and every step from there to publishing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.matching import actions, queries
from alongside.programmes.models import Programme
from alongside.programmes.queries import coordinated_by


def _programme(request: HttpRequest, slug: str) -> Programme:
    return access.fetch(coordinated_by(request.actor), slug=slug)


@access.requires("matching.read", methods="GET")
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The pairs that were found, and who is not placed."""
    programme = _programme(request, slug)
    round_ = queries.open_round(request.actor, programme)
    run = queries.shown_run(round_) if round_ else None
    context = {"programme": programme, "round": round_, "run": run}
    if run:
        context["proposals"] = queries.proposals(request.actor, run)
        context["left"] = queries.left(request.actor, run)
    return render(request, "matching/board.html", context)


@access.requires("matching.change", methods="POST")
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to match."""
    programme = _programme(request, slug)
    try:
        round_ = actions.begin_round(programme, by=request.actor)
        return redirect("jobs:job", actions.begin_run(round_, by=request.actor).job_ref)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("matching:board", slug)


@access.requires("matching.change", methods="POST")
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Work the pairs out again."""
    programme = _programme(request, slug)
    round_ = access.fetch(queries.visible_to(request.actor).filter(programme=programme), ref=request.POST.get("round"))
    try:
        return redirect("jobs:job", actions.begin_run(round_, by=request.actor, keep=True).job_ref)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("matching:board", slug)


@access.requires("matching.read", methods="GET")
def question(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Why two people are not paired."""
    programme = _programme(request, slug)
    round_ = queries.open_round(request.actor, programme)
    run = queries.shown_run(round_) if round_ else None
    held = access.fetch(queries.questions(request.actor, run), ref=ref)
    return render(request, "matching/question.html", {"programme": programme, "question": held})
