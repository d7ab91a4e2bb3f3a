"""The one door to a record, and the check of every address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string

from alongside.foundation.access.registry import MEMBER, PUBLIC, SIGNED_IN, row

if TYPE_CHECKING:
    from alongside.foundation.identity.actors import Actor

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponse]
_log = structlog.get_logger("alongside.access")
_TOKEN = 20  # refs have twelve letters


def fetch(queryset: QuerySet[M], **key: Any) -> M:
    """The one object of a queryset that shows only what the actor may see.

    Raises the same Http404 for what does not exist and what is not theirs.
    """
    found = find(queryset, **key)
    if found is None:
        _log.info("access.refused", kind=queryset.model._meta.label_lower, key=_logged(key))
        raise Http404
    return found


def _logged(key: dict[str, Any]) -> dict[str, Any]:
    """Records by their refs, as their own words may be a name; no long text, as that may be a token."""
    refs = {name: getattr(held, "ref", held.pk) if isinstance(held, Model) else held for name, held in key.items()}
    return {name: "…" if isinstance(held, str) and len(held) >= _TOKEN else held for name, held in refs.items()}


def find(queryset: QuerySet[M], **key: Any) -> M | None:
    """The same object, or None: for whoever then looks elsewhere, and refuses with `fetch`."""
    # No record has such a key, and PostgreSQL refuses to look for it.
    odd = any(isinstance(value, str) and "\0" in value for value in key.values())
    return None if odd else queryset.filter(**key).first()


def may(actor: Actor | None, permission: str, subject: Any = None) -> bool:
    """Does any reader of the permission's row fit `actor`? `subject` is what it is about."""
    return actor is not None and any(reader.test(actor, subject) for reader in row(permission).who)


def _not_so(request: HttpRequest, allowed: set[str]) -> HttpResponse:
    """A page for whoever opens what only takes what a form sends, such as by an address of a moment ago."""
    answer = HttpResponseNotAllowed(sorted(allowed))
    if request.method == "GET":
        answer.content = render_to_string("404.html", request=request).encode()
    return answer


def requires(permission: str, methods: str = "GET POST") -> Callable[[View], View]:
    """Name a view's permission and its methods (HEAD goes with GET).

    PUBLIC needs nobody, SIGNED_IN an account, MEMBER a membership in force. Any other permission needs a membership;
    that of a `page` row is decided here, that of an object by the view's `fetch`.
    """
    allowed = {*methods.split(), *(["HEAD"] if "GET" in methods.split() else [])}

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return _not_so(request, allowed)
            actor = getattr(request, "actor", None)
            if permission not in (PUBLIC, SIGNED_IN) and actor is None:
                return redirect("/")
            if permission not in (PUBLIC, SIGNED_IN, MEMBER) and row(permission).page and not may(actor, permission):
                _log.info("access.refused", permission=permission)
                raise Http404
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return login_not_required(checked) if permission == PUBLIC else checked

    return decorate
