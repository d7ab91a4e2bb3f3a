"""How the present session was begun, and whether that is enough for an organisation.

A session that began at an organisation's own provider acts for that organisation alone: whoever runs the provider
could otherwise act for somebody elsewhere (docs/why/single-sign-on.md).
"""

from typing import TypedDict

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.foundation.identity import devices, rules
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Account, Membership, Organisation

PROVIDER_KEY = "provider"


class Provided(TypedDict):
    """What a session remembers of the provider it began at."""

    account: int  # whose it is: another account's session begins anew
    organisation: str  # its ref
    connection: str  # `Membership.connection` at that time
    second_step: bool  # a second step was taken there, or the organisation trusts it to ask for one


def provided(request: HttpRequest) -> Provided | None:
    """Where the session began, if at an organisation's provider."""
    held: Provided | None = request.session.get(PROVIDER_KEY)
    return held if held and held["account"] == request.user.pk else None


def open_to(request: HttpRequest, memberships: list[Membership]) -> list[Membership]:
    """Those of somebody's memberships for which this session may act."""
    began = provided(request)
    return memberships if began is None else [m for m in memberships if m.organisation.ref == began["organisation"]]


def is_over(request: HttpRequest, memberships: list[Membership]) -> bool:
    """Did the session begin at a provider that is no longer this organisation's way in, or not for this person?"""
    began = provided(request)
    return began is not None and any(
        m.connection != began["connection"] for m in memberships if m.organisation.ref == began["organisation"]
    )


def is_second_step_due(request: HttpRequest, actor: Actor) -> bool:
    """Does the organisation ask for a second step that was not taken in this session?"""
    organisation = actor.organisation
    asked = rules.asks_second_step(organisation.second_step, organisation.second_step_roles, actor.roles)
    return asked and not _took_second_step(request, organisation)


def _took_second_step(request: HttpRequest, organisation: Organisation) -> bool:
    began = provided(request)
    if began and began["organisation"] == organisation.ref and began["second_step"]:
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_second_step(account: Account) -> bool:
    """Has somebody set up an app for the second step?"""
    return is_mfa_enabled(account, ["totp"])


def note_provider(request: HttpRequest, membership: Membership, *, second_step: bool) -> None:
    """Remember that this session begins at the provider of somebody's organisation."""
    said: Provided = {
        "account": membership.account_id or 0,
        "organisation": membership.organisation.ref,
        "connection": membership.connection,
        "second_step": second_step,
    }
    request.session[PROVIDER_KEY] = said


def sign_in(
    request: HttpRequest,
    account: Account,
    *,
    method: str,
    then: str = "/",
    own_device: bool = False,
    skips_second_step: bool = False,
) -> HttpResponse:
    """Signs somebody in who has shown by `method` that it is them: after their second step, where they have one."""
    devices.note_owner(request, account if own_device else None)
    record_authentication(request, account, method=method)
    attempt = Login(user=account, redirect_url=then, email_verification="none")
    if not skips_second_step:
        return perform_login(request, attempt)
    refused = get_adapter().pre_login(
        request, account, email_verification="none", redirect_url=then, signal_kwargs=None, signup=False, email=None
    )
    if refused:
        return refused
    get_adapter().login(request, account)
    return redirect(then)
