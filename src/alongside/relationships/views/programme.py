"""A programme's pairs, pairing by hand, and withdrawing a proposal."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.people.terms import Side
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by
from alongside.relationships import actions, forms, queries
from alongside.relationships.queries import by_hand as lists

A_LIST = 25


@access.requires("relationships.withdraw")
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a proposal back, after asking."""
    seen = queries.pair(request.actor, ref)
    if not seen.standing.coordinates:
        return redirect("relationships:pair", ref)
    if request.method == "POST":
        try:
            actions.withdraw(seen, by=request.actor)
            messages.success(request, _("The proposal is withdrawn, and both places are free again."))
        except NotPossible as reason:
            messages.error(request, str(reason))
        return redirect("relationships:of_programme", seen.programme.slug)
    return render(request, "relationships/withdraw.html", {"pair": seen})


@access.requires("programmes.change", methods="GET")
def of_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme's pairs: search, filter, fifty a page."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    form = forms.PairFilter(request.GET)
    found = lists.search_pairs(queries.coordinated(request.actor, programme), form.chosen())
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    seen = queries.pairs(request.actor, page.object_list)
    labels = {"state": _("Where they are"), "since": _("Proposed")}
    columns = [_("Pair"), labels["state"], labels["since"], Column(_("Actions"), hidden=True)]
    context = {"programme": programme, "form": form, "page": page, "pairs": seen, "labels": labels, "columns": columns}
    return render(request, "relationships/of_programme.html", context)


@access.requires("programmes.change")
def by_hand(request: HttpRequest, slug: str) -> HttpResponse:
    """Two lists side by side: choose a mentee, then a mentor, then propose."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    said = request.POST if request.method == "POST" else request.GET
    context = _two_lists(programme, said)
    mentee, mentor = context["mentee"], context["mentor"]
    if request.method == "POST" and mentor and mentee:
        try:
            actions.propose(mentor.participation, mentee.participation, by=request.actor)
            names = {"mentee": mentee.participation.membership.name, "mentor": mentor.participation.membership.name}
            messages.success(request, _("%(mentee)s and %(mentor)s are proposed to each other.") % names)
            return redirect("relationships:by_hand", slug)
        except NotPossible as reason:
            messages.error(request, str(reason))
    return render(request, "relationships/by_hand.html", context)


def _two_lists(programme: Programme, said: Mapping[str, str]) -> dict[str, Any]:
    form = forms.HandFilter(said)
    words = form.chosen()
    waiting = lists.mentees_waiting(programme, words.get("mentee_q", ""))
    with_room = lists.mentors_with_room(programme, words.get("mentor_q", ""))
    mentee = lists.mentees_waiting(programme).filter(ref=said.get("mentee", "")).first()
    with_room = lists.fitting_first(with_room, mentee) if mentee else with_room
    mentor = lists.mentors_with_room(programme).filter(ref=said.get("mentor", "")).first()
    mentees = Paginator(waiting, A_LIST).get_page(said.get("mentee_page"))
    mentors = Paginator(with_room, A_LIST).get_page(said.get("mentor_page"))
    chosen_mentee = _candidates([mentee], Side.WANTED)[0] if mentee else None
    return {
        "programme": programme,
        "form": form,
        "words": words,
        "mentee": chosen_mentee,
        "mentor": _candidates([mentor], Side.OFFERED, chosen_mentee)[0] if mentor else None,
        "mentees": mentees,
        "mentors": mentors,
        "mentee_rows": _candidates(list(mentees), Side.WANTED),
        "mentor_rows": _candidates(list(mentors), Side.OFFERED, chosen_mentee),
    }


def _candidates(found: list[Participation], side: str, other: lists.Candidate | None = None) -> list[lists.Candidate]:
    named = lists.skills(found, side)
    wished = set(other.skills) if other else set()
    managers = queries.managers_of(other.participation.membership) if other else set()
    return [
        lists.Candidate(
            participation=held,
            skills=(skills := named.get(held.membership_id, ())),
            shared=tuple(name for name in skills if name in wished),
            free=held.capacity - getattr(held, "taken", 0),
            manages=held.membership_id in managers,
        )
        for held in found
    ]
