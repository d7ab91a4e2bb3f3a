"""Who is acting in this request, in whose zone and language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of

SESSION_KEY = "membership"


class ActorMiddleware:
    """Gives each request `.memberships` and `.actor` (None when nobody is signed in, or nothing is in force)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request in the account's own zone and language."""
        request.memberships, request.actor = [], None  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.memberships = request.user.acts_with  # type: ignore[attr-defined, union-attr]
        request.actor = _chosen(request, request.memberships)  # type: ignore[attr-defined]
        with timezone.override(request.user.timezone), translation.override(request.user.language):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def _chosen(request: HttpRequest, memberships: list[Membership]) -> Actor | None:
    chosen = request.session.get(SESSION_KEY)
    first = next((held for held in memberships if held.ref == chosen), memberships[0] if memberships else None)
    return actor_of(first) if first else None
