"""Planning, moving, cancelling a session, and what it should be about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity.actions import NotPossible
from alongside.meetings import actions, forms, queries
from alongside.meetings.models import Session
from alongside.meetings.terms import SessionState
from alongside.meetings.views.base import closed, do, found, named, no_longer, page_of, remark, sound, who
from alongside.meetings.views.reading import session_page
from alongside.people.queries import own as own_words
from alongside.relationships.queries import Pair


@access.requires("meetings.plan")
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Planning a session."""
    pair, _none = found(request, ref, None)
    if refused := closed(request, pair):
        return refused
    begun = {"initial": _first_plan(request, pair), "zones": pair.zones}
    form = forms.PlanForm(request.POST or None, **who(request, pair), **begun)
    if request.method == "POST" and sound(pair, form):
        try:
            made = actions.plan(pair, form.wanted(), by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            remark(request, form)
            messages.success(request, _("Your session is planned. %(name)s gets a mail.") % named(pair))
            return redirect("meetings:session", ref, made.ref)
    zone = request.actor.account.timezone
    times = own_words.common_times(request.actor.membership, pair.partner, zone)
    return page_of(request, "plan", pair, form=form, times=times, zone=zone)


def _first_plan(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    own = queries.of(pair.relationship)
    again = own.filter(ref=request.GET.get("again", ""), state=SessionState.CANCELLED).first()
    return forms.first_plan(clock.now(), request.actor.account.timezone, own.first(), again)


@access.requires("meetings.plan")
def change(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Moving a planned session, or changing how long and where it is."""
    pair, held = found(request, ref, session_ref)
    if done := closed(request, pair) or no_longer(request, pair, held, SessionState.MOVED):
        return done
    zone = request.actor.account.timezone
    place = queries.opened(request.actor, pair, held).place
    initial = forms.as_wall(held.starts_at, zone) | forms.length_chips(held.planned_minutes)
    initial |= {"mode": held.mode, "place": place}
    begun = {"initial": initial, "kept": held.starts_at, "zones": pair.zones}
    form = forms.ChangeForm(request.POST or None, **who(request, pair), **begun)
    if request.method == "POST" and sound(pair, form):
        return _change(request, pair, held, form)
    return page_of(request, "change", pair, form=form, session=held)


def _change(request: HttpRequest, pair: Pair, held: Session, form: forms.ChangeForm) -> HttpResponse:
    try:
        new = actions.change(held, form.wanted(), by=request.actor)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return page_of(request, "change", pair, form=form, session=held)
    remark(request, form)
    messages.success(request, _("That is changed. %(name)s gets a mail.") % named(pair))
    return redirect("meetings:session", pair.ref, new.ref)


@access.requires("meetings.plan")
def cancel(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Cancelling a planned session, after asking."""
    pair, held = found(request, ref, session_ref)
    if request.method == "POST":
        words = _("The session is cancelled. %(name)s gets a mail.") % named(pair)
        return do(request, pair, held, words, lambda: actions.cancel(held, by=request.actor))
    if done := closed(request, pair) or no_longer(request, pair, held, SessionState.CANCELLED):
        return done
    return page_of(request, "cancel", pair, session=held)


@access.requires("meetings.plan")
def prepare(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Writing what a planned session should be about; its form stands on the session's page."""
    pair, held = found(request, ref, session_ref)
    form = forms.AgendaForm(request.POST or None, pair=pair)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare(held, by=request.actor, **form.cleaned_data)
        except actions.ChangedMeanwhile as reason:
            return _both_versions(request, pair, held, form, str(reason))
        except NotPossible as reason:
            held.refresh_from_db()
            return session_page(request, pair, held, unsaved=form.cleaned_data["agenda"], reason=reason)
        else:
            messages.success(request, _("Saved. %(name)s can read it.") % named(pair))
            return redirect("meetings:session", ref, session_ref)
    if request.method == "GET":
        return redirect("meetings:session", ref, session_ref)
    return session_page(request, pair, held, agenda_form=form, has_errors=True)


def _both_versions(request: HttpRequest, pair: Pair, held: Session, form: Any, reason: str) -> HttpResponse:
    """What was typed stays in the field; what the other one wrote stands above it; saving again takes the field."""
    opened = queries.opened(request.actor, pair, held)
    form.add_error("agenda", reason)
    form.data = form.data.copy()
    form.data["seen"] = str(opened.revision)
    return session_page(request, pair, held, agenda_form=form, has_errors=True, theirs=opened.agenda)
