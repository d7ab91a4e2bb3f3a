"""What is expected of oneself in every pair and programme, and ticking it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.relationships import actions, forms, queries


@access.requires("relationships.own_duties", methods="GET")
@hooks.assembling()
def own(request: HttpRequest) -> HttpResponse:
    """Every part that somebody has, with what is expected now and what comes next."""
    return render(request, "relationships/expected.html", {"parts": queries.expected.own(request.actor)})


@access.requires("relationships.duties", methods="POST")
def tick(request: HttpRequest, ref: str) -> HttpResponse:
    """Tick a duty in a pair, or take the tick back; then the page that it was ticked on."""
    seen = queries.own_pair(request.actor, ref)
    _tick(request, lambda key, done: actions.tick(seen, key, done=done, by=request.actor))
    if request.POST.get("from") == "own":
        return redirect(reverse("relationships:expected") + f"#{ref}")
    return redirect(reverse("relationships:pair", args=[ref]) + "#expected")


@access.requires("relationships.own_duties", methods="POST")
def tick_in_programme(request: HttpRequest, ref: str) -> HttpResponse:
    """The same for a part of one's own in a programme, outside of any pair."""
    part = access.fetch(queries.expected.own_parts(request.actor), ref=ref)
    _tick(request, lambda key, done: actions.tick_in_programme(part, key, done=done, by=request.actor))
    return redirect(reverse("relationships:expected") + f"#{ref}")


def _tick(request: HttpRequest, act: Callable[[str, bool], None]) -> None:
    form = forms.TickDuty(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be read. Tick it here again."))
        return
    try:
        act(form.cleaned_data["duty"], form.cleaned_data["done"] == "yes")
    except NotPossible as reason:
        messages.info(request, str(reason))
