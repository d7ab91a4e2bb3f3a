"""The page of one job."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation import access
from alongside.foundation.jobs import actions, queries
from alongside.foundation.jobs.terms import OPEN


@access.requires(access.MEMBER, methods="GET")
def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the work has come; the page asks again every second while it is open."""
    found = access.fetch(queries.visible_to(request.actor), ref=ref)
    page = "jobs/_job.html" if request.htmx else "jobs/job.html"
    response = render(request, page, {"job": found, "open": found.state in OPEN})
    if request.htmx and found.state not in OPEN:
        response["HX-Refresh"] = "true"  # the page's title and heading still say that the work goes on
    return response


@access.requires(access.MEMBER, methods="POST")
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask for a stop."""
    found = access.fetch(queries.visible_to(request.actor), ref=ref)
    if found.state in OPEN and not found.cancel_requested:
        actions.cancel(found, by=request.actor)
    return redirect("jobs:job", ref=ref)
