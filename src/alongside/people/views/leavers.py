"""Who is not in a roster that holds everybody: one list, a page that asks, and what came of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.people import actions, queries
from alongside.people.models import RosterImport, RosterLeaver
from alongside.people.queries import leavers as reads
from alongside.people.terms import ImportState
from alongside.people.views.rosters import roster_of

A_PAGE, MOST_NAMED = 50, 200
_AT_ONCE = 500


@access.requires("people.manage", methods="POST")
def everybody(request: HttpRequest, ref: str) -> HttpResponse:
    """Say whether a file holds everybody."""
    held = roster_of(request, ref)
    says = request.POST.get("everybody") == "yes"
    try:
        actions.say_everybody(held, says, by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
        says = False
    return redirect("people:leavers" if says else "people:roster", ref)


@access.requires("people.manage", methods="GET")
def leavers(request: HttpRequest, ref: str) -> HttpResponse:
    """Who is not in the file, with what each is part of; after some have left, what came of it."""
    held = roster_of(request, ref)
    if not held.holds_everybody:
        return redirect("people:roster", ref)
    with hooks.assembling():
        context = _who_is_missing(request, held)
    return render(request, "people/leavers.html", context)


def _who_is_missing(request: HttpRequest, held: RosterImport) -> dict[str, Any]:
    page = Paginator(reads.undecided(held), A_PAGE).get_page(request.GET.get("page"))
    gone = Paginator(reads.have_left(held), A_PAGE).get_page(request.GET.get("gone"))
    labels = {"work": _("Work"), "part": _("What they are part of")}
    return {
        "roster": held,
        "page": page,
        "lines": _lines(request, page),
        "gone": gone,
        "came_of": _came_of(request, gone),
        "labels": labels,
        "columns": [_("Name"), labels["work"], labels["part"], Column(_("Choose"), hidden=True)],
        "is_in": held.state == ImportState.DONE,
        "letting_go": reads.is_letting_go(held),
        "all": reads.all_undecided(held, request.actor).count(),
    }


def _lines(request: HttpRequest, found: Iterable[RosterLeaver]) -> list[dict[str, Any]]:
    held = list(found)
    members = [leaver.membership for leaver in held]
    offices, effects = reads.with_office(members), hooks.leaver_effects.part_of(request.actor, members)
    people, why_not = queries.with_profiles(members), reads.why_not_leave(request.actor, members)
    return [
        {
            "leaver": leaver,
            "person": person,
            "offices": offices.get(leaver.membership_id, []),
            "effects": effects.get(leaver.membership_id, []),
            "why_not": why_not.get(leaver.membership_id),
        }
        for leaver, person in zip(held, people, strict=True)
    ]


def _came_of(request: HttpRequest, found: Iterable[RosterLeaver]) -> list[dict[str, Any]]:
    held = list(found)
    effects = hooks.leaver_effects.came_of(request.actor, {one.membership_id: one.left_at for one in held})
    return [{"leaver": leaver, "effects": effects.get(leaver.membership_id, [])} for leaver in held]


@access.requires("people.manage")
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask before the chosen ones leave, naming what ends with it; then let them."""
    held = roster_of(request, ref)
    given = request.POST if request.method == "POST" else request.GET
    is_all = bool(given.get("all"))
    refs = [one for one in given.getlist("person") if one.isalnum()][:_AT_ONCE]
    chosen = reads.all_undecided(held, request.actor) if is_all else reads.undecided(held)
    people = list(chosen if is_all else chosen.filter(membership__ref__in=refs))
    if not people or held.state != ImportState.DONE:
        messages.info(request, _("Tick the people who leave first."))
        return redirect("people:leavers", ref)
    if request.method == "POST":
        return _let_leave(request, held, people, is_all)
    named, others = _by_effects(request, people)
    context = {"roster": held, "people": people, "named": named, "others": others, "all": is_all}
    return render(request, "people/leave.html", context | {"count": len(people)})


def _by_effects(request: HttpRequest, people: list[RosterLeaver]) -> tuple[list[Any], list[RosterLeaver]]:
    """Whoever is part of something, with that; and everybody else."""
    effects: dict[int, list[hooks.Effect]] = {}
    for start in range(0, len(people), _AT_ONCE):
        some = [leaver.membership for leaver in people[start : start + _AT_ONCE]]
        effects |= hooks.leaver_effects.part_of(request.actor, some)
    named = [(leaver, effects[leaver.membership_id]) for leaver in people if effects.get(leaver.membership_id)]
    return named[:MOST_NAMED], [leaver for leaver in people if not effects.get(leaver.membership_id)]


def _let_leave(request: HttpRequest, held: RosterImport, people: list[RosterLeaver], is_all: bool) -> HttpResponse:
    if is_all and request.POST.get("count") != str(len(people)):
        messages.info(request, _("The list has changed since you looked. Look at it again."))
        return redirect("people:leavers", held.ref)
    try:
        refs = [leaver.membership.ref for leaver in people]
        return redirect("jobs:job", actions.let_leave(held, None if is_all else refs, by=request.actor))
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("people:leavers", held.ref)


@access.requires("people.manage", methods="POST")
def others_stay(request: HttpRequest, ref: str) -> HttpResponse:
    """Nobody else leaves."""
    held = roster_of(request, ref)
    count = reads.undecided(held).count()
    try:
        actions.keep_the_others(held, by=request.actor)
        words = ngettext("%(count)s person stays.", "%(count)s people stay.", count)
        messages.success(request, words % {"count": count})
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("people:leavers", ref)
