"""The page that an invitation leads to."""

from django.contrib.auth import login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from alongside.foundation import access, notifications
from alongside.foundation.identity.actions import NotPossible, find_invitation
from alongside.foundation.identity.middleware import SESSION_KEY
from alongside.foundation.identity.models import Account, Invitation
from alongside.people import actions, forms

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@access.requires(access.PUBLIC)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Set up an account from an invitation, or accept it with the one that is there. The token proves the address."""
    invitation = find_invitation(token)
    if invitation is None:
        response = render(request, "people/join_over.html", status=404)
    elif request.user.is_authenticated:
        response = _accept(request, invitation)
    elif Account.objects.filter(email=invitation.membership.work_address.lower()).exists():
        context = {"membership": invitation.membership, "here": request.path}
        response = render(request, "people/join_sign_in.html", context)
    else:
        response = _set_up(request, invitation)
    add_never_cache_headers(response)
    return response


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        try:
            membership = actions.accept_invitation(invitation, account=request.user)
        except NotPossible as reason:
            fault = str(reason)
        else:
            request.session[SESSION_KEY] = membership.ref
            return redirect("/")
    return render(request, "people/join_accept.html", {"membership": invitation.membership, "fault": fault})


def _set_up(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    membership = invitation.membership
    form = forms.JoinForm(request.POST or None, membership=membership, codes=notifications.can_deliver())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = actions.set_up_account(
                invitation, name=given["name"], known_as=given["known_as"], password=given["password"] or None
            )
        except NotPossible as reason:
            form.add_error(None, str(reason))
        except IntegrityError:  # somebody opened an account with this address a moment ago
            return redirect(request.path)
        else:
            login(request, account, backend=_BACKEND)
            request.session[SESSION_KEY] = membership.ref
            return redirect("/")
    return render(request, "people/join.html", {"form": form, "membership": membership})
