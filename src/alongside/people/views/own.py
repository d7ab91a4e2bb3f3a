"""One's own profile, a page for each part of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundation import access, clock, reads
from alongside.foundation.ui.forms import Form
from alongside.organisations.rules import COMMON_ZONES
from alongside.people import actions, queries, rules
from alongside.people.forms import own as forms
from alongside.people.models import NeedsPart
from alongside.people.queries import directory, needs, own, own_fields, skills
from alongside.people.terms import DayPart, ProfilePart, Side

READS_SHOWN = 10
Made = tuple[Form, dict[str, Any]]


@access.requires("people.edit_own", methods="GET")
def own_profile(request: HttpRequest) -> HttpResponse:
    """How much of one's profile is there, and the way to each part."""
    profile, parts = own.profile_and_parts(request.actor)
    missing = next((held.part for held in parts if not held.done), None)
    context = {
        "parts": [(held, reverse("people:own_part", args=[held.part])) for held in parts],
        "done": sum(held.done for held in parts),
        "missing": missing,
        "missing_url": reverse("people:own_part", args=[missing]) if missing else "",
        "profile": profile,
        "own_fields": own_fields.said_of(request.actor, request.actor.membership),
    }
    return render(request, "people/own_profile.html", context)


@access.requires("people.edit_own")
def own_part(request: HttpRequest, part: str) -> HttpResponse:
    """One part: what is there, and saving it. Then the next one."""
    parts = [held.part for held in own.parts(request.actor)]
    if part not in parts:
        raise Http404
    page = PAGES[ProfilePart(part)]
    form, context = page.make(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        page.keep(request, form)
        return _onwards(request, parts, ProfilePart(part))
    place = parts.index(ProfilePart(part))
    context |= {"form": form, "part": ProfilePart(part), "now": place + 1, "of": len(parts), "says": page.says}
    context |= {"last": place == len(parts) - 1}
    return render(request, page.template, context)


def _onwards(request: HttpRequest, parts: list[ProfilePart], part: ProfilePart) -> HttpResponse:
    place = parts.index(part)
    if request.POST.get("leave") or place == len(parts) - 1:
        messages.success(request, _("Saved."))
        return redirect("people:own_profile")
    return redirect("people:own_part", parts[place + 1])


def _about(request: HttpRequest, data: Any) -> Made:
    profile = queries.profile_of(request.actor.membership)
    return forms.AboutForm(data, profile=profile, timezone=request.user.timezone), {"zones": COMMON_ZONES}


def _save_about(request: HttpRequest, form: Any) -> None:
    actions.say_who(by=request.actor, **form.cleaned_data)


_ASKED = {
    Side.OFFERED: gettext_lazy("What you can offer to a mentee"),
    Side.WANTED: gettext_lazy("What you want to develop"),
}


def _skills(side: Side) -> Callable[[HttpRequest, Any], Made]:
    def make(request: HttpRequest, data: Any) -> Made:
        held = queries.skills_of(request.actor.membership, side)
        organisation = request.actor.organisation
        retired = skills.retired_of(organisation, held)
        suggested = skills.suggestions(organisation)
        return forms.SkillsForm(data, label=_ASKED[side], held=held, suggested=suggested), {"retired": retired}

    return make


def _save_skills(part: ProfilePart, side: Side) -> Callable[[HttpRequest, Any], None]:
    def save(request: HttpRequest, form: Any) -> None:
        actions.say(part, by=request.actor, **{str(side): form.cleaned_data["skills"]})

    return save


def _times(request: HttpRequest, data: Any) -> Made:
    membership = request.actor.membership
    held = own.weekly_times([membership])[membership.pk]
    form = forms.TimesForm(data, times=held, profile=queries.profile_of(membership))
    hours = {part: " – ".join(f"{hour.hour}" for hour in rules.HOURS[part]) for part in DayPart}
    return form, {
        "days": [(str(day), WEEKDAYS[day]) for day in range(7)],
        "day_parts": [(part.value, part.label, hours[part]) for part in DayPart],
        "zone": request.user.timezone,
        "was": next((one.zone for one in held if one.zone != request.user.timezone), ""),
    }


def _save_times(request: HttpRequest, form: Any) -> None:
    given = form.cleaned_data
    actions.say_times(given["times"], by=request.actor, working_days=given["working_days"], ways=given["ways"])


def _room(request: HttpRequest, data: Any) -> Made:
    membership = request.actor.membership
    form = forms.RoomForm(
        data,
        profile=queries.profile_of(membership),
        pause=own.pause_of(membership),
        words=own.pause_words(request.actor),
        today=clock.today(request.actor.organisation.timezone),
    )
    return form, {}


def _save_room(request: HttpRequest, form: Any) -> None:
    actions.say_room(by=request.actor, most=form.cleaned_data["most"], pause=form.pause())


def _needs(request: HttpRequest, data: Any) -> Made:
    shared, said = needs.own(request.actor.membership)
    kind = NeedsPart._meta.label_lower
    seen = [read for read in reads.about(request.actor.membership) if read.kind == kind][:READS_SHOWN]
    return forms.NeedsForm(data, shared=shared, said=said), {"reads": seen}


def _save_needs(request: HttpRequest, form: Any) -> None:
    actions.say_needs(form.said(), by=request.actor, shared=form.cleaned_data["shared"])


def _directory(request: HttpRequest, data: Any) -> Made:
    membership = request.actor.membership
    (entry,) = directory.as_fellows_see([membership])
    profile = queries.profile_of(membership)
    return forms.DirectoryForm(data, profile=profile), {"entry": entry}


def _save_directory(request: HttpRequest, form: Any) -> None:
    actions.show(form.cleaned_data["shows"], by=request.actor)


@dataclass(frozen=True)
class _Page:
    make: Callable[[HttpRequest, Any], Made]
    keep: Callable[[HttpRequest, Any], None]
    says: Any
    template: str = "people/own_part.html"


PAGES = {
    ProfilePart.ABOUT: _Page(
        _about, _save_about, gettext_lazy("All of it is optional but the time zone."), "people/own_about.html"
    ),
    ProfilePart.OFFER: _Page(
        _skills(Side.OFFERED),
        _save_skills(ProfilePart.OFFER, Side.OFFERED),
        gettext_lazy("If you mentor: this decides who is proposed to you. Otherwise leave it empty."),
        "people/own_skills.html",
    ),
    ProfilePart.WANT: _Page(
        _skills(Side.WANTED),
        _save_skills(ProfilePart.WANT, Side.WANTED),
        gettext_lazy(
            "If you look for a mentor: this decides who is proposed to you. Otherwise you can leave it empty."
        ),
        "people/own_skills.html",
    ),
    ProfilePart.TIMES: _Page(
        _times,
        _save_times,
        gettext_lazy("So that two of you see at once when you both can. It is no promise for any one week."),
        "people/own_times.html",
    ),
    ProfilePart.ROOM: _Page(
        _room,
        _save_room,
        gettext_lazy("Nobody is proposed to you beyond this, in any programme."),
        "people/own_room.html",
    ),
    ProfilePart.NEEDS: _Page(
        _needs,
        _save_needs,
        gettext_lazy(
            "Everybody is asked this, and every line is optional. Nobody needs a diagnosis to want the agenda ahead."
            " It is kept encrypted, and plays no part in who is proposed to you."
        ),
        "people/own_needs.html",
    ),
    ProfilePart.DIRECTORY: _Page(
        _directory,
        _save_directory,
        gettext_lazy(
            "Whoever is proposed to you, or is a pair with you, sees all of it, so that both of you can decide."
        ),
        "people/own_directory.html",
    ),
}
