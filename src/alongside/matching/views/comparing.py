"""Two runs of a round beside each other: their numbers, and whose mentor is another one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.ui.components.tables import Column
from alongside.matching import fit, queries
from alongside.matching.models import Run
from alongside.matching.queries import boards
from alongside.matching.terms import RunState
from alongside.matching.views import opening


@access.requires("matching.read", methods="GET")
def compare(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """An earlier run beside the one that is shown."""
    programme = opening.programme_of(request, slug)
    round_, now = opening.run_of(request, programme)
    before = access.fetch(queries.runs(round_).filter(state=RunState.DONE).exclude(pk=now.pk), ref=ref)
    labels = [_("Before"), _("Now")]
    context = {
        "programme": programme, "round": round_, "before": before, "now": now, "numbers": _numbers(before, now),
        "changes": boards.changes(request.actor, before, now), "labels": labels,
        "columns": [_("What"), Column(labels[0], num=True), Column(labels[1], num=True)],
        "people_columns": [_("Mentee"), *labels],
    }  # fmt: skip
    return render(request, "matching/compare.html", context)


def _numbers(*runs: Run) -> list[list[Any]]:
    rows = (
        (_("People with a mentor"), lambda held: held.get("matched")),
        (_("People not yet placed"), lambda held: held.get("left")),
        (_("The weakest pair, of 100"), lambda held: _of_hundred(held.get("worst"))),
        (_("Fit on average, of 100"), lambda held: _of_hundred(_mean(held))),
    )
    return [[words, *("–" if (found := of(run.figures)) is None else found for run in runs)] for words, of in rows]


def _mean(figures: dict[str, Any]) -> int | None:
    matched = figures.get("matched")
    return figures["total"] // matched if matched else None


def _of_hundred(value: int | None) -> int | None:
    return None if value is None else fit.of_hundred(value)
