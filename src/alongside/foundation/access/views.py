"""The page "Who may read what"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.foundation.access import table
from alongside.foundation.access.door import requires
from alongside.foundation.access.registry import PUBLIC, Column


@requires(PUBLIC, methods="GET")
def who_may_read_what(request: HttpRequest) -> HttpResponse:
    """Every record and who may read it, made from the policies that decide."""
    return render(request, "access/who_may_read_what.html", {"columns": list(Column), "lines": table.lines()})
