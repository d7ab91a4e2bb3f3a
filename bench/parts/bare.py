"""The bare signed-in view that every page is measured against, and what serves it.

Given a house of its own it is a minimal Django project: our middleware without what belongs to our tables. In the
product's house (`parts.bare_urls`) it is the same view among the product's own addresses.
"""

from django.http import HttpRequest, HttpResponse


def bare(request: HttpRequest) -> HttpResponse:
    """Says who is signed in."""
    return HttpResponse(f"<!doctype html><title>Bare</title><p>{request.user.pk}")
