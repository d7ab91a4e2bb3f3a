"""What is left to do before one begins."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.readiness import queries
from alongside.readiness.queries import Standing, competences, vetting
from alongside.readiness.terms import Asked


@access.requires("readiness.own", methods="GET")
def own(request: HttpRequest) -> HttpResponse:
    """Each of one's programmes with what it asks, what is there and what is left."""
    absent = queries.absent(request.actor.organisation)
    held = [(one, lines(one, absent)) for one in queries.own(request.actor)]
    context = {"held": held, "rating": competences.own(request.actor)}
    context["vetting"] = vetting.of(request.actor, request.actor.membership)
    return render(request, "readiness/own.html", context)


def lines(held: Standing, absent: Mapping[str, Collection[Asked]]) -> list[dict[str, Any]]:
    """Each thing that a programme asks of somebody: its words, where it is done, whether it is there.

    What their organisation has nothing of yet (`absent`, by part) is left out.
    """
    places = {
        Asked.CODE: (_("Read and accept the code of ethics"), reverse("readiness:code")),
        Asked.TRAINING: (_("Do the training that is required"), reverse("readiness:training")),
        Asked.CONFLICTS: (
            _("Say whether you have a conflict of interest"),
            reverse("readiness:own_conflicts", args=[held.participation.programme.slug]),
        ),
        Asked.COMPETENCES: (_("Say where you stand as a mentor"), reverse("readiness:competences")),
        Asked.VETTING: (_("Vetting: your coordinator arranges it with you"), ""),
    }
    nothing_of = absent[held.participation.part]
    return [_line(*places[asked], held, asked) for asked in held.asked if asked not in nothing_of]


def _line(words: str, url: str, held: Standing, asked: Asked) -> dict[str, Any]:
    state, status = "done", _("Done")
    if asked in held.waits:
        state, status = "waiting", _("Waits for your coordinator")
    elif asked in held.lacking:
        state, status = "due", _("Left to do")
    return {"words": words, "url": url, "state": state, "status": status}
