"""The pair's own page, answering, moving, ending."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance.terms import Role, Stage
from alongside.programmes.queries import coordinators
from alongside.relationships import actions, forms, queries, rules
from alongside.relationships.terms import State


@access.requires("relationships.read", methods="GET")
def pair(request: HttpRequest, ref: str) -> HttpResponse:
    """One pair: partner, path, what comes next, and what later packages show of it."""
    seen = queries.pair(request.actor, ref)
    if seen.relationship.state == State.PROPOSED and seen.standing.part:
        return render(request, "relationships/proposal.html", {"pair": seen} | _common_ground(seen))
    context = _path(seen) | {"pair": seen, "panels": hooks.panels.shown("pair", request.actor, seen)}
    first = next((step for step in hooks.next_steps.of(request.actor) if step.yours and ref in step.link), None)
    return render(request, "relationships/pair.html", context | {"first": first if seen.standing.part else None})


def _path(seen: queries.Pair) -> dict[str, Any]:
    relationship, points = seen.relationship, seen.points
    stage = Stage(relationship.stage)
    phase = seen.model.phase_for(stage)
    chosen = rules.next_by_choice(stage) if seen.may_write else None
    to = rules.next_by_itself(stage) or chosen
    role = Role(seen.standing.part) if seen.standing.part else Role.COORDINATOR
    return {
        "stages": points,
        "now": seen.point_index,
        "phase": phase,
        "duties": phase.duties.get(role, ()) if phase else (),
        "to": points[seen.model.point_for(to)] if to and relationship.is_open else "",
        "needs": _needs(actions.needs_for(relationship, to)) if to and relationship.is_open else [],
        "by_choice": chosen,
    }


def _needs(needs: list[hooks.Need]) -> list[dict[str, Any]]:
    return [
        {"state": "done" if need.met else "due", "words": need.words, "url": "" if need.met else need.link}
        for need in needs
    ]


def _common_ground(seen: queries.Pair) -> dict[str, Any]:
    wanted, offered = queries.by_hand.wanted_and_offered(seen.mentee, seen.mentor)
    return {"wanted": wanted, "offered": offered, "shared": [name for name in wanted if name in set(offered)]}


@access.requires("relationships.read", methods="GET")
def own(request: HttpRequest) -> HttpResponse:
    """All one's own pairs, open ones first."""
    found = queries.own(request.actor).order_by("ended_at", "-proposed_at")
    return render(request, "relationships/own.html", {"pairs": queries.pairs(request.actor, found)})


@access.requires("relationships.answer", methods="POST")
def accept(request: HttpRequest, ref: str) -> HttpResponse:
    """Say yes to a proposed pair."""
    seen = queries.own_pair(request.actor, ref)
    try:
        actions.accept(seen, by=request.actor)
        messages.success(request, _("Thank you. %(name)s is told.") % {"name": seen.partner.short_name})
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("relationships:pair", ref)


@access.requires("relationships.answer")
def decline(request: HttpRequest, ref: str) -> HttpResponse:
    """Say no, after asking; a reason is welcome and never needed."""
    seen = queries.own_pair(request.actor, ref)
    form = forms.GiveReason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _done(request, actions.decline, seen, form, _("Declined. The coordinator looks for somebody else."))
    return render(request, "relationships/decline.html", {"pair": seen, "form": form})


@access.requires("relationships.move")
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """End a pair without fault, after asking."""
    seen = queries.own_pair(request.actor, ref)
    form = forms.GiveReason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _done(request, actions.end, seen, form, _("Your pair has ended. What you wrote stays readable to you."))
    context = {"pair": seen, "form": form, "coordinators": coordinators(seen.programme)}
    return render(request, "relationships/end.html", context)


def _done(request: HttpRequest, action: Any, seen: queries.Pair, form: forms.GiveReason, words: str) -> HttpResponse:
    try:
        action(seen, by=request.actor, **form.cleaned_data)
        messages.success(request, words)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("/") if seen.relationship.state == State.PROPOSED else redirect("relationships:pair", seen.ref)


@access.requires("relationships.move")
def move(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the step that two people decide on, after reading what it means."""
    seen = queries.own_pair(request.actor, ref)
    to = rules.next_by_choice(seen.relationship.stage)
    if to is None or not seen.may_write:
        return redirect("relationships:pair", ref)
    if request.method == "POST":
        try:
            actions.move(seen.relationship, to, by=request.actor)
            return redirect("relationships:pair", ref)
        except NotPossible as reason:
            messages.error(request, str(reason))
    context = {
        "pair": seen,
        "phase": seen.model.phase_for(to),
        "needs": _needs(actions.needs_for(seen.relationship, to)),
    }
    return render(request, "relationships/move.html", context)
