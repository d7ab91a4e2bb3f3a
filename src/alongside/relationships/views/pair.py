"""The pair's own page, answering, moving, ending."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks, reads
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.guidance.terms import Stage
from alongside.people.queries import directory
from alongside.people.queries import own as own_words
from alongside.programmes.queries import coordinators
from alongside.relationships import actions, forms, queries, rules
from alongside.relationships.models import Learned
from alongside.relationships.terms import Ending, PairPart, State
from alongside.relationships.views.holds import on_hold
from alongside.relationships.views.preview import brought_words


@access.requires("relationships.read", methods="GET")
def pair(request: HttpRequest, ref: str) -> HttpResponse:
    """One pair: partner, path, what comes next, and what later packages show of it."""
    with hooks.assembling():
        try:
            seen = queries.shown_pair(request.actor, ref)
        except queries.OnHold as held:
            return on_hold(request, held.pair)
        if seen.relationship.state == State.PROPOSED:
            return _proposal(request, seen)
        first = _first_step(request.actor, seen)  # of all one's pairs: what the rest asks of this one is known then
        context = _path(seen) | {
            "pair": seen,
            "panels": hooks.panels.shown("pair", request.actor, seen),
            "first": first,
            "reasons": _reasons(request.actor, seen),
            "learned": _learned(request.actor, seen),
            "before": _before(seen),
            "expected": queries.expected.of_pair(request.actor, seen) if seen.standing.part else None,
            "hold": queries.holds.on_desk(seen.relationship),
        }
        return render(request, "relationships/pair.html", context)


def _proposal(request: HttpRequest, seen: queries.Pair) -> HttpResponse:
    actor, context = request.actor, {"pair": seen, "hold": queries.holds.on_desk(seen.relationship)}
    context |= _common_ground(seen) | {"panels": hooks.panels.shown("proposal", actor, seen)}
    if not seen.partner:
        parties = (seen.mentee_party, seen.mentor_party)
        return render(request, "relationships/proposed.html", context | {"parties": parties})
    (card,) = directory.seen(actor, [seen.partner])
    times = own_words.common_times(actor.membership, seen.partner, actor.account.timezone)
    context |= {"card": card, "times": times, "zone": actor.account.timezone}
    return render(request, "relationships/proposal.html", context)


def _before(seen: queries.Pair) -> list[str]:
    """What the two brought along who met before Alongside, in a few words each."""
    carried = seen.relationship.carried
    if carried is None:
        return []
    words = brought_words(carried.sessions_held, carried.contract_signed_on, carried.goals_count)
    if carried.planned_end_on and seen.relationship.is_open:
        words.append(_("planned until %(day)s") % {"day": date_format(carried.planned_end_on, "j F Y")})
    return words or [_("met before, as their coordinator says")]


def _first_step(actor: Actor, seen: queries.Pair) -> hooks.NextStep | None:
    if not seen.may_write:
        return None
    here = reverse("relationships:pair", args=[seen.ref])
    return next(
        (step for step in hooks.next_steps.of(actor, "pair") if step.yours and step.link.startswith(here)), None
    )


def _reasons(actor: Actor, seen: queries.Pair) -> list[queries.Given]:
    given = queries.reasons(actor, seen) if not seen.relationship.is_open else []
    for one in given:
        if not one.mine:
            reads.note(actor, subject=one.reason.author, record=one.reason)
    return given


def _learned(actor: Actor, seen: queries.Pair) -> list[Learned]:
    """What may be used after the end to find somebody who fits better, as far as the actor reads it."""
    if seen.relationship.ending != Ending.NO_FAULT:
        return []
    held = list(queries.learned.visible_to(actor).filter(relationship=seen.relationship))
    reads.note_many(actor, [(one.participation.membership, one) for one in held])
    return held


def _path(seen: queries.Pair) -> dict[str, Any]:
    relationship, points = seen.relationship, seen.points
    stage = Stage(relationship.stage)
    context = {"stages": points, "now": seen.point_index}
    return context | (_way_on(seen, stage) if relationship.is_open else {})


def _way_on(seen: queries.Pair, stage: Stage) -> dict[str, Any]:
    """What the next stage takes, and the step that the two may decide on: onwards, early, or back."""
    itself, chosen = rules.next_by_itself(stage), rules.next_by_choice(stage)
    to = itself or chosen
    return {
        "to": _point(seen, to) if to else "",
        "stays": bool(to) and seen.model.point_for(to) == seen.point_index,  # a phase may span several stages
        "needs": _needs(seen, to) if to else [],
        "by_itself": bool(itself),
        "chosen": _point(seen, chosen) if chosen and seen.may_write else "",
        "back": bool(chosen and rules.is_back(stage, chosen)),
    }


def _point(seen: queries.Pair, stage: Stage) -> str:
    return seen.points[seen.model.point_for(stage)]


def _needs(seen: queries.Pair, to: Stage) -> list[dict[str, Any]]:
    """Whoever is outside sees what is missing, as something that waits for others and without a way there."""
    missing = "due" if seen.may_write else "waiting"
    return [
        {
            "state": "done" if need.met else missing,
            "words": need.words,
            "url": need.link if seen.may_write and not need.met else "",
        }
        for need in actions.needs_for(seen.relationship, to)
    ]


def _common_ground(seen: queries.Pair) -> dict[str, Any]:
    wanted, offered = queries.by_hand.wanted_and_offered(seen.mentee, seen.mentor)
    return {"wanted": wanted, "offered": offered, "shared": [name for name in wanted if name in set(offered)]}


@access.requires("relationships.read", methods="GET")
@hooks.assembling()  # pairs of one programme share its model
def own(request: HttpRequest) -> HttpResponse:
    """All one's own pairs, open ones first."""
    found = queries.pairs(request.actor, queries.own(request.actor).order_by("-proposed_at", "-id"))
    context = {
        "held": queries.pairs(request.actor, queries.own_on_hold(request.actor)),
        "open": [pair for pair in found if pair.relationship.is_open],
        "ended": [pair for pair in found if not pair.relationship.is_open],
    }
    return render(request, "relationships/own.html", context)


@access.requires("relationships.answer", methods="POST")
def accept(request: HttpRequest, ref: str) -> HttpResponse:
    """Say yes to a proposed pair."""
    seen = queries.own_pair(request.actor, ref)
    try:
        actions.accept(seen, by=request.actor)
        begun = seen.relationship.state != State.PROPOSED
        words = _("You and %(name)s have both said yes.") if begun else _("You have said yes. Now %(name)s answers.")
        messages.success(request, words % {"name": seen.partner.short_name})
        if seen.standing.part == PairPart.MENTOR:
            return redirect("relationships:room", ref)
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("relationships:pair", ref)


@access.requires("relationships.answer")
def decline(request: HttpRequest, ref: str) -> HttpResponse:
    """Say no, after asking; a reason is welcome and never needed."""
    seen = queries.own_pair(request.actor, ref)
    form = forms.GiveReason(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _done(request, actions.decline, seen, form, _("Declined. The coordinator looks for somebody else."))
    if not rules.may_answer(seen.relationship.state, seen.my_party.answer):
        return redirect("relationships:pair", ref)
    return render(request, "relationships/decline.html", {"pair": seen, "form": form})


@access.requires("relationships.move")
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """End a pair without fault, after asking; while it is on hold too."""
    seen = queries.known_pair(request.actor, ref)
    form = forms.EndPair(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _done(request, actions.end, seen, form, _("Your pair has ended. What you wrote stays readable to you."))
    if seen.relationship.state not in (State.ACCEPTED, State.ACTIVE):
        return redirect("relationships:pair", ref)
    context = {"pair": seen, "form": form, "coordinators": coordinators(seen.programme)}
    return render(request, "relationships/end.html", context)


def _done(request: HttpRequest, action: Any, seen: queries.Pair, form: forms.GiveReason, words: str) -> HttpResponse:
    try:
        action(seen, by=request.actor, **form.cleaned_data)
        messages.success(request, words)
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("relationships:pair", seen.ref)


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
    needs = _needs(seen, to)
    context = {
        "pair": seen,
        "to": _point(seen, to),
        "back": rules.is_back(seen.relationship.stage, to),
        "phase": seen.model.phase_for(to),
        "needs": needs,
        "ready": all(need["state"] == "done" for need in needs),
    }
    return render(request, "relationships/move.html", context)
