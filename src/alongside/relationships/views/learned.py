"""Taking back what one let the coordinators use after an ending."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.relationships import actions, queries


@access.requires("relationships.take_back_learned", methods="POST")
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Let nobody use it any more."""
    seen = queries.own_pair(request.actor, ref)
    if actions.take_back_learned(seen.relationship, by=request.actor):
        messages.success(request, _("Taken back. It is deleted, and nobody uses it any more."))
    return redirect("relationships:pair", ref)
