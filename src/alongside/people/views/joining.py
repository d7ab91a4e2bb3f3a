"""The page that an invitation leads to, and the privacy notice that stands before it."""

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from alongside.foundation import access, notifications
from alongside.foundation.identity import way_in
from alongside.foundation.identity.actions import NotPossible, find_invitation
from alongside.foundation.identity.middleware import SESSION_KEY
from alongside.foundation.identity.models import Account, Invitation, Membership
from alongside.organisations import single_sign_on
from alongside.organisations.actions.notice import ensure_notice
from alongside.organisations.models import PrivacyNotice, Provider
from alongside.organisations.queries.notice import current
from alongside.organisations.queries.provider import provider_at
from alongside.organisations.rules import Proved
from alongside.organisations.views.single_sign_on import let_in
from alongside.people import actions, forms
from alongside.people.queries.joining import given_before


@access.requires(access.PUBLIC)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Set up an account from an invitation, or accept it with the one that is there. The token proves the address."""
    invitation = _invitation(request, token)
    if invitation is None:
        response = render(request, "people/join_over.html", status=404)
    elif request.user.is_authenticated:
        response = _accept(request, invitation)
    elif Account.objects.filter(email=invitation.membership.work_address.lower()).exists():
        context = {"membership": invitation.membership, "here": request.path}
        response = render(request, "people/join_sign_in.html", context)
    else:
        response = _set_up(request, invitation, token)
    add_never_cache_headers(response)
    return response


@access.requires(access.PUBLIC, methods="GET")
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """The whole privacy notice of the organisation that invites, with what it has given already and where from."""
    invitation = _invitation(request, token)
    if invitation is None:
        response = render(request, "people/join_over.html", status=404)
    else:
        context = _told(invitation) | {"join_url": reverse("people:join", args=[token])}
        response = render(request, "people/join_notice.html", context)
    add_never_cache_headers(response)
    return response


def _invitation(request: HttpRequest, token: str) -> Invitation | None:
    """The open invitation of a token. The page then bears the organisation's name, and leads to its notice."""
    invitation = find_invitation(token)
    if invitation and request.actor is None:
        request.invited_by = invitation.membership.organisation
        request.notice_url = reverse("people:join_notice", args=[token])
    return invitation


def _told(invitation: Invitation) -> dict[str, Any]:
    """What somebody is told of their data before they join."""
    membership = invitation.membership
    held = current(membership.organisation)
    return {
        "membership": membership,
        "held": held,
        "parts": held.parts if held else [],
        "given": given_before(membership),
    }


def _shown(request: HttpRequest, invitation: Invitation) -> PrivacyNotice:
    """The version in force. Raises NotPossible unless it is the one that stood on the page that was sent."""
    held = ensure_notice(invitation.membership.organisation)
    if request.POST.get("notice") != held.ref:
        raise NotPossible(_("The privacy notice has changed since you opened this page. Read it, then go on."))
    return held


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        try:
            seen = _shown(request, invitation)
            membership = actions.accept_invitation(invitation, account=request.user, notice=seen)
        except NotPossible as reason:
            fault = str(reason)
        else:
            request.session[SESSION_KEY] = membership.ref
            return redirect("/")
    return render(request, "people/join_accept.html", _told(invitation) | {"fault": fault})


def _set_up(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    membership = invitation.membership
    provider = provider_at(membership.organisation.slug)
    proved = single_sign_on.kept(request, provider, purpose="join", token=token)
    codes, by_it = notifications.can_deliver(), proved is not None
    form = forms.JoinForm(request.POST or None, membership=membership, codes=codes, at_provider=by_it)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "known_as")}
        password = form.cleaned_data["password"] or None
        try:
            seen = _shown(request, invitation)
            account = actions.set_up_account(invitation, **given, password=password, notice=seen, proved=proved)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        except IntegrityError:  # somebody opened an account with this address a moment ago
            return redirect(request.path)
        else:
            return _let_in(request, account, membership, provider, proved)
    said = {"form": form, "provider": provider, "proved": proved, "token": token}
    return render(request, "people/join.html", _told(invitation) | said)


def _let_in(
    request: HttpRequest, account: Account, membership: Membership, provider: Provider | None, proved: Proved | None
) -> HttpResponse:
    if provider and proved:
        single_sign_on.forget(request)
        return let_in(request, provider, membership, proved)
    way_in.begin(request, account)
    request.session[SESSION_KEY] = membership.ref
    return redirect("/")
