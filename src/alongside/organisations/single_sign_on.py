"""What a browser's session remembers of a sign-in at a provider: while it is on its way, and once it is proved."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from alongside.foundation import clock, outgoing
from alongside.organisations import engine
from alongside.organisations.models import Provider
from alongside.organisations.queries.provider import secret_of
from alongside.organisations.rules import Proved
from alongside.organisations.terms import SignInFault

_ON_ITS_WAY, _PROVED = "provider_begun", "provider_proved"
LASTS = 600
"""Seconds that somebody may take at the provider, and then here before it is kept."""


def return_address() -> str:
    """Where a provider sends people back to: one address for the installation, on our own host whatever is asked."""
    return settings.SITE_URL + reverse("organisations:provider_back")


def client_of(provider: Provider) -> engine.Client:
    """How Alongside is known at a provider."""
    return engine.Client(provider.client_id, secret_of(provider), return_address())


def begin(request: HttpRequest, provider: Provider, *, purpose: str, **more: Any) -> HttpResponse:
    """Send the browser to the provider. `purpose`: sign_in, connect, join or try. Raises Fault."""
    # Asked anew each time: nobody is sent to a provider that is away.
    description = engine.describe(provider.issuer, outgoing.Patience(engine.PATIENCE), fresh=True)
    begun = engine.begin(client_of(provider), description)
    facts = {"provider": provider.ref, "purpose": purpose, "at": clock.now().timestamp(), **more}
    request.session[_ON_ITS_WAY] = {**asdict(begun), **facts}
    return redirect(begun.url)


def take(request: HttpRequest) -> dict[str, Any]:
    """The sign-in to which this answer belongs; it is taken once. Raises Fault for one that is not, or is too old."""
    held = request.session.pop(_ON_ITS_WAY, None)
    if not held or not constant_time_compare(held["state"], request.GET.get("state", "")):
        raise engine.Fault(SignInFault.STALE)
    if clock.now().timestamp() - held["at"] > LASTS:
        raise engine.Fault(SignInFault.STALE)
    return dict(held)


def complete(request: HttpRequest, provider: Provider, held: dict[str, Any]) -> Proved:
    """Who it is that came back. Raises Fault."""
    if said := request.GET.get("error"):
        raise engine.Fault(SignInFault.CANCELLED, said[:100])
    waits = outgoing.Patience(engine.PATIENCE)
    description = engine.describe(provider.issuer, waits)
    named = request.GET.get("iss")
    if named != description.issuer and (named is not None or description.names_itself):
        raise engine.Fault(SignInFault.ISSUER, "answer")  # another provider's answer, RFC 9207
    code, nonce, verifier = request.GET.get("code", ""), held["nonce"], held["verifier"]
    return engine.complete(client_of(provider), description, code=code, nonce=nonce, verifier=verifier, waits=waits)


def keep(request: HttpRequest, provider: Provider, proved: Proved, **more: Any) -> None:
    """Remember who somebody is at the provider until they have said what to make of it."""
    request.session[_PROVED] = {
        "proved": asdict(proved), "provider": provider.ref, "at": clock.now().timestamp(), **more,
    }  # fmt: skip


def kept(request: HttpRequest, provider: Provider | None, **same: Any) -> Proved | None:
    """Who somebody has proved to be at this provider a moment ago, for what `same` says; None otherwise."""
    held = request.session.get(_PROVED)
    if not held or provider is None or held["provider"] != provider.ref:
        return None
    fresh = clock.now().timestamp() - held["at"] <= LASTS
    return Proved(**held["proved"]) if fresh and all(held.get(name) == value for name, value in same.items()) else None


def is_proof_at(said: Any, provider: Provider) -> bool:
    """Does what a session says hold who somebody has proved to be at this provider?"""
    return bool((said.get(_PROVED) or {}).get("provider") == provider.ref)


def said(request: HttpRequest, name: str) -> Any:
    """Something else that `keep` was told."""
    return (request.session.get(_PROVED) or {}).get(name)


def forget(request: HttpRequest) -> None:
    """Nothing is left of it."""
    request.session.pop(_PROVED, None)
