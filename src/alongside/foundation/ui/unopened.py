"""A sealed text that does not open is said in words, and written down for whoever runs this copy."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.foundation.vault import BadSeal

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
        _log.error("vault.bad_seal", place=str(error))
        return render(request, "ui/unopened.html", status=500)
