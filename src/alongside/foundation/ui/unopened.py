"""A sealed text that does not open is said in words, and written down for whoever runs this copy."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.foundation.events.keys import KeyMissing
from alongside.foundation.identity.actors import SYSTEM, System
from alongside.foundation.vault import BadSeal
from alongside.foundation.vault.actions import note_unopened

_log = structlog.get_logger("alongside.vault")


class UnopenedMiddleware:
    """Answers with a plain page where a view meets a text that was changed or moved since it was sealed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Changes nothing where all texts open."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The status says that the fault is on our side, so that whoever watches the machine sees it."""
        if not isinstance(error, BadSeal):
            return None
        _note(request, str(error))
        return render(request, "ui/unopened.html", status=500)


def _note(request: HttpRequest, place: str) -> None:
    """What the view began is rolled back by now. Where the note cannot be written, the page is shown all the same."""
    actor = getattr(request, "actor", None)
    try:
        note_unopened(place, by=System(actor.organisation) if actor else SYSTEM)
    except (DatabaseError, KeyMissing):
        _log.exception("vault.bad_seal_not_noted")
