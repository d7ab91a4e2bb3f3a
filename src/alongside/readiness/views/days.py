"""Training days: coming to one, setting them, and who was there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness.actions import days as actions
from alongside.readiness.models import Module, TrainingAttendance, TrainingDay
from alongside.readiness.queries import days as queries
from alongside.readiness.queries import training
from alongside.readiness.training_forms import DayForm, SomebodyForm

A_PAGE = 25


def _module(request: HttpRequest, ref: str) -> Module:
    return access.fetch(training.visible_to(request.actor).filter(is_met=True), ref=ref)


def _day(request: HttpRequest, ref: str, day: str) -> TrainingDay:
    return access.fetch(queries.visible_to(request.actor).filter(module__ref=ref), ref=day)


@access.requires("readiness.module", methods="POST")
def come(request: HttpRequest, ref: str, day: str) -> HttpResponse:
    """Say that one comes."""
    held = _day(request, ref, day)
    return _do(request, ref, _("You are on the list."), lambda: actions.come(held, by=request.actor))


@access.requires("readiness.module", methods="POST")
def stay_away(request: HttpRequest, ref: str, day: str) -> HttpResponse:
    """Say that one does not come after all."""
    held = _day(request, ref, day)
    words = _("You are not on the list any more.")
    return _do(request, ref, words, lambda: actions.stay_away(held, by=request.actor))


def _do(request: HttpRequest, ref: str, words: str, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, words)
    return redirect("readiness:module", ref)


# --- setting them


@access.requires("readiness.training")
def days(request: HttpRequest, ref: str) -> HttpResponse:
    """Every day of a part, and a new one."""
    held, zone = _module(request, ref), request.actor.organisation.timezone
    form = DayForm(request.POST if request.method == "POST" else None, zone=zone)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_day(held, form.wanted(), by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The day is set. Whoever is asked finds it on the page of the part."))
            return redirect("readiness:days", ref)
    page = Paginator(queries.all_of(request.actor, held), A_PAGE).get_page(request.GET.get("page"))
    context = {"seen": _in_words(held), "form": form, "page": page, "now": clock.now()}
    return render(request, "readiness/days.html", context)


def _in_words(held: Module) -> training.Seen:
    return training.in_words(held, get_language() or "en")


@access.requires("readiness.training")
def change_day(request: HttpRequest, ref: str, day: str) -> HttpResponse:
    """Another time, place or number of seats."""
    held, zone = _day(request, ref, day), request.actor.organisation.timezone
    form = DayForm(request.POST if request.method == "POST" else None, zone=zone, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_day(held, form.wanted(), by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved. Whoever comes gets a mail if the time or the place is another."))
            return redirect("readiness:day", ref, day)
    return render(request, "readiness/change_day.html", {"day": held, "form": form, "seen": _in_words(held.module)})


@access.requires("readiness.training")
def call_off(request: HttpRequest, ref: str, day: str) -> HttpResponse:
    """Calling a day off, asked once more."""
    held = _day(request, ref, day)
    if request.method == "POST":
        try:
            actions.call_off(held, by=request.actor)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The day is called off."))
        return redirect("readiness:day", ref, day)
    what = [
        _("Whoever meant to come gets a mail that it does not take place."),
        _("Nobody can choose it any more. It cannot be brought back; set a new day instead."),
    ]
    return render(request, "readiness/call_off.html", {"day": held, "what": what, "seen": _in_words(held.module)})


@access.requires("readiness.training")
def day(request: HttpRequest, ref: str, day: str) -> HttpResponse:
    """Who means to come, and who was there."""
    held = _day(request, ref, day)
    people = queries.people_of(request.actor, held)
    if request.method == "POST":
        chosen = set(request.POST.getlist("came"))
        came = [one.membership for one in people if one.membership.ref in chosen]
        try:
            count = actions.record(held, came, by=request.actor)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            words = ngettext("%(count)s person was there.", "%(count)s people were there.", count)
            messages.success(request, words % {"count": count})
        return redirect("readiness:day", ref, day)
    return _list(request, held, people, SomebodyForm(None, actor=request.actor))


def _list(
    request: HttpRequest, held: TrainingDay, people: list[TrainingAttendance], somebody: SomebodyForm
) -> HttpResponse:
    ticks = [
        {"name": "came", "value": one.membership.ref, "words": one.membership.name, "checked": bool(one.came)}
        for one in people
    ]
    context = {"day": held, "people": people, "ticks": ticks, "has_begun": held.starts_at <= clock.now()}
    context["others"] = queries.taken(held) - sum(one.came is not False for one in people)
    context |= {"somebody": somebody, "seen": _in_words(held.module)}
    return render(request, "readiness/day.html", context)


@access.requires("readiness.training", methods="POST")
def expect(request: HttpRequest, ref: str, day: str) -> HttpResponse:
    """Put somebody on the list."""
    held = _day(request, ref, day)
    form = SomebodyForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _list(request, held, queries.people_of(request.actor, held), form)
    try:
        actions.expect(held, form.cleaned_data["who"], by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("readiness:day", ref, day)
