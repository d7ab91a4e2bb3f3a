"""By what an organisation shows that it works safely."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.foundation import access, clock, hooks


@access.requires("organisations.assurance", methods="GET")
def assurance(request: HttpRequest) -> HttpResponse:
    """Codes, training, agreements, vetting, and how concerns were answered; to be printed."""
    held = hooks.assurance.of(request.actor.organisation)
    groups = [(about, list(lines)) for about, lines in groupby(held, key=lambda one: str(one.about))]
    context = {"groups": groups, "columns": [_("What"), _("How it stands")], "now": clock.now()}
    return render(request, "organisations/assurance.html", context)
