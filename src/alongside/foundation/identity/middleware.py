"""Who is acting in this request, in whose zone and language, and whether they have come in far enough."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from alongside.foundation.identity import way_in
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of

SESSION_KEY = "membership"
SECOND_STEP, FIRST_PAGE = "organisations:second_step", "home:first_page"
_BEFORE_SECOND_STEP = {
    SECOND_STEP,
    "organisations:switch",
    "organisations:own_way_in",
    "people:new_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_reauthenticate",
}
"""What somebody may open who still owes their organisation a second step, beside pages for strangers."""
_OF_THE_ACCOUNT = (
    "account_",
    "mfa_",
    "organisations:address",
    "organisations:confirm_address",
    "organisations:connect_provider",
)
_NEVERTHELESS = {"account_logout", "account_inactive"}


class ActorMiddleware:
    """Gives each request `.memberships` and `.actor` (None when nobody is signed in, or nothing is in force).

    `.second_step_due` is the membership whose organisation asks for a second step that was not taken yet: nobody acts
    then, and every page leads to the one where it is set up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request in the account's own zone and language."""
        request.memberships, request.actor, request.second_step_due = [], None, None  # type: ignore[attr-defined]
        if request.user.is_authenticated and way_in.is_over(request, request.user.acts_with):  # type: ignore[attr-defined]
            logout(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        _find_actor(request)
        with timezone.override(request.user.timezone), translation.override(request.user.language):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Leads to the second step first; keeps who came in at a provider from the account's own locks."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.second_step_due and not _may_pass(name, view):  # type: ignore[attr-defined]
            return _led(request)
        if request.user.is_authenticated and way_in.provided(request) and _is_of_the_account(name):
            return redirect("organisations:own_way_in")
        return None


def _find_actor(request: HttpRequest) -> None:
    held = way_in.open_to(request, request.user.acts_with)  # type: ignore[union-attr]
    actor = _chosen(request, held)
    request.memberships, request.actor = held, actor  # type: ignore[attr-defined]
    if actor and way_in.is_second_step_due(request, actor):
        request.actor, request.second_step_due = None, actor.membership  # type: ignore[attr-defined]


def _chosen(request: HttpRequest, memberships: list[Membership]) -> Actor | None:
    chosen = request.session.get(SESSION_KEY)
    first = next((held for held in memberships if held.ref == chosen), memberships[0] if memberships else None)
    return actor_of(first) if first else None


def _may_pass(name: str, view: Any) -> bool:
    is_for_strangers = getattr(view, "permission", "") == "public" and name != FIRST_PAGE
    return is_for_strangers or name in _BEFORE_SECOND_STEP


def _led(request: HttpRequest) -> HttpResponse:
    response = redirect(SECOND_STEP)
    if request.headers.get("HX-Request"):  # a whole page, not a part of the one that is open
        return HttpResponse(headers={"HX-Redirect": response["Location"]})
    return response


def _is_of_the_account(name: str) -> bool:
    return name.startswith(_OF_THE_ACCOUNT) and name not in _NEVERTHELESS
