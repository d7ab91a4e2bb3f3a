"""Putting contact on hold and letting it go on, and what the two see meanwhile."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.relationships import actions, queries

_LONGER_THAN, _MOST = 20, 12  # of what was sent: shorter values are choices and dates


@access.requires("relationships.hold")
def hold(request: HttpRequest, ref: str) -> HttpResponse:
    """Put contact on hold, after reading what that stops and what it cannot."""
    seen = _from_outside(request, ref)
    desk = queries.holds.on_desk(seen.relationship) if seen else None
    if seen is None or (desk and desk.own):
        return redirect("relationships:pair", ref)
    if request.method == "POST":
        try:
            actions.hold(seen, by=request.actor)
            messages.success(request, _("Meetings are on hold. Both get a mail now; write to them soon."))
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("relationships:pair", ref)
    writers = queries.holds.who_writes(seen.relationship)
    return render(request, "relationships/hold.html", {"pair": seen, "name": writers[0].name if writers else ""})


@access.requires("relationships.hold")
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Let contact go on, after asking."""
    seen = _from_outside(request, ref)
    desk = queries.holds.on_desk(seen.relationship) if seen else None
    if seen is None or desk is None or desk.own is None:
        return redirect("relationships:pair", ref)
    if request.method == "POST":
        try:
            goes_on = actions.release(seen, by=request.actor)
            messages.success(request, _said(goes_on))
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("relationships:pair", ref)
    return render(request, "relationships/release.html", {"pair": seen})


def _said(goes_on: bool) -> str:
    if goes_on:
        return _("Meetings can go on. Both get a mail.")
    return _("Your hold has ended. Meetings stay on hold all the same: somebody outside the programme keeps it too.")


def _from_outside(request: HttpRequest, ref: str) -> queries.Pair | None:
    seen = queries.pair(request.actor, ref)
    return seen if seen.standing.coordinates else None


def on_hold(request: HttpRequest, seen: queries.Pair, status: int = 200) -> HttpResponse:
    """One's own pair while it is on hold: that it is, and what was just sent, so that it is not lost."""
    writers = queries.holds.who_writes(seen.relationship)
    context = {"pair": seen, "name": writers[0].name if writers else "", "typed": _typed(request)}
    return render(request, "relationships/on_hold.html", context, status=status)


def _typed(request: HttpRequest) -> list[str]:
    if request.method != "POST":
        return []
    sent = [value for key, values in request.POST.lists() if key != "csrfmiddlewaretoken" for value in values]
    return [value for value in sent if len(value) > _LONGER_THAN][:_MOST]


class OnHoldMiddleware:
    """Answers with that page wherever one of the two comes to something of a pair that is on hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Changes nothing elsewhere."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refused, as what it is about may not be read for now."""
        return on_hold(request, error.pair, status=403) if isinstance(error, queries.OnHold) else None
