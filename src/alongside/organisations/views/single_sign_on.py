"""Signing in through one's organisation: the way there, the way back, and connecting it with an account."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, is_reauthentication_required
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from alongside.foundation import access, notifications
from alongside.foundation.identity import queries as identity
from alongside.foundation.identity import way_in
from alongside.foundation.identity.actions import NotPossible, find_invitation
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.middleware import SESSION_KEY
from alongside.foundation.identity.models import Membership
from alongside.organisations import engine, single_sign_on
from alongside.organisations.actions import provider as actions
from alongside.organisations.forms.sign_in import ConnectingCode, FindProvider
from alongside.organisations.models import Provider
from alongside.organisations.queries.provider import by_verified_address, link_of, linked, provider_at, provider_of
from alongside.organisations.rules import Proved
from alongside.organisations.terms import SignInFault
from alongside.organisations.views.provider import after_trial

_TRIES = "provider_code_tries"
MOST_TRIES = 3


@access.requires(access.PUBLIC)
def find(request: HttpRequest) -> HttpResponse:
    """Whose sign-in? Where there is only one organisation, it is known."""
    only = identity.only_organisation()
    if only and provider_at(only.slug):
        return redirect("organisations:provider_entrance", only.slug)
    form = FindProvider(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = provider_at(form.cleaned_data["organisation"])
        if found:
            return redirect("organisations:provider_entrance", found.organisation.slug)
        form.add_error("organisation", _("No organisation of this short name has a sign-in of its own here."))
    return render(request, "organisations/find_provider.html", {"form": form})


@access.requires(access.PUBLIC, methods="GET")
def entrance(request: HttpRequest, slug: str) -> HttpResponse:
    """The button of one organisation, and the other ways in."""
    found = _provider(slug)
    return render(request, "organisations/provider_entrance.html", {"provider": found})


def _provider(slug: str) -> Provider:
    found = provider_at(slug)
    if found is None:
        raise Http404
    return found


@access.requires(access.PUBLIC, methods="GET")
def go(request: HttpRequest, slug: str) -> HttpResponse:
    """To the provider. With `invitation` somebody joins by it, whose token it is."""
    found = _provider(slug)
    token = request.GET.get("invitation", "")
    invitation = find_invitation(token) if token else None
    if request.user.is_authenticated and not invitation:
        return redirect("/")
    if not ratelimit.consume(request, app="allauth.account", action="login", limit_get=True):
        return _failed(request, found, SignInFault.AWAY, status=429)
    joins = invitation and invitation.membership.organisation_id == found.organisation_id
    try:
        if joins:
            return single_sign_on.begin(request, found, purpose="join", token=token)
        return single_sign_on.begin(request, found, purpose="sign_in")
    except engine.Fault as fault:
        return _failed(request, found, fault.code)


def _failed(request: HttpRequest, found: Provider | None, code: str, *, status: int = 502) -> HttpResponse:
    """A plain page with the other ways in; the log says what was wrong."""
    cancelled = code in (SignInFault.CANCELLED, SignInFault.STALE)
    context = {"provider": found, "words": SignInFault(code).label if cancelled else "", "code": code}
    response = render(request, "organisations/provider_failed.html", context, status=400 if cancelled else status)
    add_never_cache_headers(response)
    return response


@access.requires(access.PUBLIC, methods="GET")
def back(request: HttpRequest) -> HttpResponse:
    """Where every provider sends people back to; what then happens depends on what was begun."""
    try:
        begun = single_sign_on.take(request)
    except engine.Fault as fault:
        return _failed(request, None, fault.code)
    found = Provider.objects.filter(ref=begun["provider"]).select_related("organisation").first()
    if found is None:
        return _failed(request, None, SignInFault.STALE)
    if begun["purpose"] == "try":
        own = request.actor and request.actor.organisation.pk == found.organisation_id
        return after_trial(request, found, begun) if own else redirect("/")
    try:
        proved = single_sign_on.complete(request, found, begun)
    except engine.Fault as fault:
        return _failed(request, found, fault.code)
    return _AFTER[begun["purpose"]](request, found, proved, begun)


def _signs_in(request: HttpRequest, found: Provider, proved: Proved, begun: dict[str, Any]) -> HttpResponse:
    if request.user.is_authenticated or not found.enabled:
        return redirect("/")
    if membership := linked(found.organisation, proved):
        return let_in(request, found, membership, proved)
    if membership := by_verified_address(found, proved):
        if not notifications.can_deliver():
            return _failed(request, found, SignInFault.AWAY)
        code = actions.mail_connecting_code(membership)
        single_sign_on.keep(request, found, proved, purpose="code", code=_hash(code), membership=membership.ref)
        request.session[_TRIES] = 0
        return redirect("organisations:provider_code")
    response = render(request, "organisations/provider_unknown.html", {"provider": found}, status=403)
    add_never_cache_headers(response)
    return response


def let_in(request: HttpRequest, found: Provider, membership: Membership, proved: Proved) -> HttpResponse:
    """Signs somebody in for this organisation alone. Where the provider's second step counts, ours is not asked for."""
    second_step = proved.second_step or found.trusts_second_step
    request.session[SESSION_KEY] = membership.ref
    way_in.note_provider(request, membership, second_step=second_step)
    return way_in.sign_in(request, membership.account, method="provider", skips_second_step=second_step)


def _connects(request: HttpRequest, found: Provider, proved: Proved, begun: dict[str, Any]) -> HttpResponse:
    actor = request.actor
    if actor is None or actor.ref != begun["membership"]:
        return _failed(request, found, SignInFault.STALE)
    try:
        actions.connect(actor.membership, proved, by=actor)
        messages.success(request, _("Connected. You can sign in this way from now on."))
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("organisations:own_connection")


def _joins(request: HttpRequest, found: Provider, proved: Proved, begun: dict[str, Any]) -> HttpResponse:
    single_sign_on.keep(request, found, proved, purpose="join", token=begun["token"])
    return redirect("people:join", begun["token"])


_AFTER = {"sign_in": _signs_in, "connect": _connects, "join": _joins}


def _hash(code: str) -> str:
    return salted_hmac("alongside.organisations.connecting_code", code, algorithm="sha256").hexdigest()


@access.requires(access.PUBLIC)
def code(request: HttpRequest) -> HttpResponse:
    """The code that was mailed to the work address: whoever reads that mailbox is connected, and signed in."""
    ref = single_sign_on.said(request, "provider")
    found = Provider.objects.filter(ref=ref or "", enabled=True).select_related("organisation").first()
    proved = single_sign_on.kept(request, found, purpose="code")
    if found is None or proved is None or request.user.is_authenticated:
        return redirect("organisations:find_provider")
    form = ConnectingCode(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = "".join(filter(str.isdigit, form.cleaned_data["code"]))
        membership = by_verified_address(found, proved)
        if membership and constant_time_compare(_hash(typed), single_sign_on.said(request, "code")):
            return _connect_and_let_in(request, found, membership, proved)
        request.session[_TRIES] = request.session.get(_TRIES, 0) + 1
        if request.session[_TRIES] >= MOST_TRIES:
            single_sign_on.forget(request)
            return _failed(request, found, SignInFault.STALE)
        form.add_error("code", _("This is not the code in the mail."))
    return render(request, "organisations/provider_code.html", {"form": form, "provider": found})


def _connect_and_let_in(request: HttpRequest, found: Provider, membership: Membership, proved: Proved) -> HttpResponse:
    if membership.ref != single_sign_on.said(request, "membership"):
        return _failed(request, found, SignInFault.STALE)
    single_sign_on.forget(request)
    try:
        actions.connect(membership, proved, by=System(found.organisation))
    except NotPossible:
        return _failed(request, found, SignInFault.STALE)
    return let_in(request, found, membership, proved)


@access.requires(access.MEMBER)
def own_connection(request: HttpRequest) -> HttpResponse:
    """Whether one comes in through one's organisation; connecting, and ending it."""
    found, membership = provider_of(request.actor.organisation), request.actor.membership
    if request.method == "POST":
        actions.disconnect(membership, by=request.actor)
        messages.success(request, _("Disconnected. You sign in with your address."))
        return redirect("organisations:own_connection")
    usable = found if found and found.enabled else None
    return render(request, "organisations/own_connection.html", {"provider": usable, "link": link_of(membership)})


@access.requires(access.MEMBER, methods="GET")
def connect(request: HttpRequest) -> HttpResponse:
    """To the provider, to connect it with the account of whoever is signed in."""
    found = provider_of(request.actor.organisation)
    if found is None or not found.enabled or link_of(request.actor.membership):
        return redirect("organisations:own_connection")
    if is_reauthentication_required(request, app="alongside"):
        # Back to the page and not on to the provider: browsers let no form lead to another host.
        first = get_reauthentication_flows(request.user)[0]["id"]
        page = reverse("account_reauthenticate" if first == "reauthenticate" else first)
        return redirect(f"{page}?{urlencode({'next': reverse('organisations:own_connection')})}")
    try:
        return single_sign_on.begin(request, found, purpose="connect", membership=request.actor.ref)
    except engine.Fault as fault:
        return _failed(request, found, fault.code)
