"""Adding people to a programme from the organisation's list, or asking them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.people.models import Profile
from alongside.programmes import actions, forms, queries
from alongside.programmes.models import Joining, Programme
from alongside.programmes.terms import Part, ProgrammeState
from alongside.programmes.views import asking
from alongside.programmes.views.asking import NOBODY

A_PAGE, NAMED = 50, 3


@access.requires("programmes.change")
def add_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Add people from the organisation's list: everybody whom the roster names, or the chosen ones; or ask these.

    Every button but the last shows the page again, with what is ticked on it and was ticked before.
    """
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if found.state == ProgrammeState.CLOSED:
        messages.info(request, _("This programme is closed. Nobody can be added."))
        return redirect("programmes:people", found.slug)
    if request.POST.get("all") and "ask" in request.POST:
        return _ask_all(request, found)
    if request.POST.get("all"):
        return _add(request, found, actions.roster_places(queries.addable(found, {}).exclude(roster_role="")))
    chosen = queries.chosen(found, {} if "nobody" in request.POST else asking.ticked(request.POST))
    if "ask" in request.POST and chosen.people:
        return asking.offer(request, found, request.POST)
    if "add" not in request.POST or not chosen.people:
        return _offer(request, found, chosen)
    if gone := _gone_words(chosen):
        messages.info(request, gone)
    return _add(request, found, _places(chosen))


def _offer(request: HttpRequest, found: Programme, chosen: queries.Chosen) -> HttpResponse:
    said = request.POST or request.GET
    form = forms.RosterFilter({} if "clear" in said else said)
    anew = "look" in said or "clear" in said
    able = queries.addable(found, form.chosen())
    page = Paginator(able, A_PAGE).get_page(said.get("page") or (None if anew else said.get("at")))
    ticked = {profile.pk: parts for profile, parts in chosen.people}
    here = {profile.pk for profile in page}
    asked = queries.asking.known(found, [*(profile.membership_id for profile in page), *_members(chosen)])
    context = {"programme": found, "form": form, "page": page, "narrowed": bool(form.chosen())}
    context |= {
        "named": queries.addable(found, {}).exclude(roster_role="").count(),
        "rows": [
            (held, _ticks(held, queries.free_parts(held), ticked.get(held.pk, [])), _remembered(held, asked))
            for held in page
        ],
        "carried": [
            (held, _ticks(held, parts, parts), _remembered(held, asked))
            for held, parts in chosen.people
            if held.pk not in here
        ],
        "chosen": len(chosen.people),
        "chosen_words": _in_words(chosen),
        "remarks": [words for words in (_gone_words(chosen), NOBODY if {"add", "ask"} & {*said} else "") if words],
    }
    return render(request, "programmes/add_people.html", context)


def _ask_all(request: HttpRequest, found: Programme) -> HttpResponse:
    """Everybody whom the roster names and who was not asked before, as many as are asked at once."""
    ticks, others = asking.of_roster(found, request.actor)
    if ticks:
        return asking.offer(request, found, ticks, others=others, absent=queries.asking.cannot_sign_in(found))
    messages.info(request, _("Whoever the roster names was asked already, or cannot sign in yet."))
    return redirect("programmes:add_people", found.slug)


def _members(chosen: queries.Chosen) -> list[int]:
    return [profile.membership_id for profile, _parts in chosen.people]


def _remembered(profile: Profile, asked: dict[int, list[Joining]]) -> list[str]:
    """That somebody was asked before, for which part, and what came of it."""
    said = []
    for joining in asked.get(profile.membership_id, []):
        facts = {"part": joining.get_part_display().lower(), "day": date_format(joining.invited_at, "j F Y")}
        facts["answer"] = joining.get_reply_display()
        said.append(_("Asked as %(part)s on %(day)s: %(answer)s") % facts)
    return said


def _ticks(profile: Profile, parts: list[Part], ticked: list[Part]) -> list[dict[str, Any]]:
    ref = profile.membership.ref
    return [{"name": part.value, "value": ref, "words": part.label, "checked": part in ticked} for part in parts]


def _in_words(chosen: queries.Chosen) -> str:
    said = [
        f"{profile.membership.name} ({', '.join(str(part.label).lower() for part in parts)})"
        for profile, parts in chosen.people
    ]
    names, more = ", ".join(said[:NAMED]), len(said) - NAMED
    if more <= 0:
        return names
    return ngettext("%(names)s and one more", "%(names)s and %(more)s more", more) % {"names": names, "more": more}


def _gone_words(chosen: queries.Chosen) -> str:
    if chosen.gone:
        names = ", ".join(member.name for member in chosen.gone)
        return _("%(names)s cannot be added: they have left, or take part already.") % {"names": names}
    return _("Somebody whom you had chosen is no longer on your organisation’s list.") if chosen.unknown else ""


def _places(chosen: queries.Chosen) -> list[actions.Place]:
    return [
        actions.Place(profile.membership, part, 1 if profile.roster_capacity is None else profile.roster_capacity)
        for profile, parts in chosen.people
        for part in parts
    ]


def _add(request: HttpRequest, found: Programme, places: list[actions.Place]) -> HttpResponse:
    if not places:
        messages.info(request, NOBODY)
        return redirect("programmes:add_people", found.slug)
    try:
        actions.add_participants(found, places, by=request.actor)
        count = len({place.membership.pk for place in places})
        words = ngettext("%(count)s person is added.", "%(count)s people are added.", count)
        messages.success(request, words % {"count": count})
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("programmes:people", found.slug)
