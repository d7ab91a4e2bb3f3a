"""The page "Who may read what"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.foundation.access import table
from alongside.foundation.access.door import requires
from alongside.foundation.access.registry import PUBLIC


@requires(PUBLIC, methods="GET")
def who_may_read_what(request: HttpRequest) -> HttpResponse:
    """Every record and who may read it, made from the policies that decide."""
    shown = table.columns()
    context = {
        "columns": [_("Record"), *(table.SHORT[column] for column in shown)],
        "whole": [column.label for column in shown if column.label != table.SHORT[column]],
        "without": table.without(),
        "lines": table.lines(),
    }
    return render(request, "access/who_may_read_what.html", context)
