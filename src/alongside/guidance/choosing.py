"""What a recommendation looks like on a page: words and numbers, ready to be drawn."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.foundation.ui.components.tables import Column
from alongside.guidance import Fit, Reason, Recommendation, Score
from alongside.guidance.rules import MARKS

SPEAKS_FOR = 2  # a fit of this or more speaks for a model
FULL = 99.6  # of the drawing's 100: its outline takes the rest

_NUMBERS = (_("Your answer"), _("Fit"), _("Points"), _("Of 100"))
COLUMNS = [Column(_("Situation")), *(Column(words, num=True) for words in _NUMBERS)]
_PAGES = {"lifecycle": "guidance:model", "conversation": "guidance:conversation"}


@dataclass(frozen=True)
class Bar:
    """One answer of one model. The slot is as long as the answer weighs, and filled as far as the model fits."""

    name: str
    why: str
    points: str
    slot: str
    got: str


@dataclass(frozen=True)
class Shown:
    """One model with its score: what speaks for it, what speaks against it, and the sum as a table."""

    name: str
    url: str
    score: int
    got: str
    points: str
    speaks_for: tuple[Bar, ...]
    speaks_against: tuple[Bar, ...]
    rows: list[dict[str, Any]]
    slot: str = str(FULL)


def shown(table: Fit, found: Recommendation) -> list[Shown]:
    """Every model, best first."""
    return [_shown(table, score) for score in found.scores]


def _shown(table: Fit, score: Score) -> Shown:
    reasons = table.reasons(score)
    points = _of(score.points, sum(reason.adds.most for reason in reasons))
    return Shown(
        name=table.name(score.option),
        url=_address(table.of, score.option),
        score=score.shown,
        got=f"{FULL * score.exact / 100:.1f}",
        points=points,
        speaks_for=tuple(_bar(reason) for reason in reasons if reason.cell.fit >= SPEAKS_FOR),
        speaks_against=tuple(_bar(reason) for reason in reasons if reason.cell.fit < SPEAKS_FOR),
        rows=[*map(_row, reasons), _cells(_("All together"), "", "", points, score.shown)],
    )


def _bar(reason: Reason) -> Bar:
    adds, longest = reason.adds, MARKS[-1] ** 2
    return Bar(
        name=reason.situation.name,
        why=reason.cell.why,
        points=_of(adds.points, adds.most),
        slot=f"{FULL * adds.most / longest:.1f}",
        got=f"{FULL * adds.points / longest:.1f}",
    )


def _row(reason: Reason) -> dict[str, Any]:
    adds = reason.adds
    return _cells(reason.situation.name, adds.answer, adds.fit, _of(adds.points, adds.most), adds.shown)


def _cells(name: Any, *words: Any) -> dict[str, Any]:
    return {"name": name, "cells": [(str(column.words), held) for column, held in zip(COLUMNS[1:], words, strict=True)]}


def _of(points: int, most: int) -> str:
    return _("%(got)d of %(most)d") % {"got": points, "most": most}


def _address(kind: str, key: str) -> str:
    """The page of a model; "" for one that is an organisation's own."""
    try:
        (guidance.model if kind == "lifecycle" else guidance.conversation)(key)
    except guidance.NotFound:
        return ""
    return reverse(_PAGES[kind], args=[key])


def comparison(table: Fit, found: Recommendation) -> dict[str, Any]:
    """One table with every part of every score: columns, a row for each answer, and the scores below."""
    names = [table.name(score.option) for score in found.scores]
    asked = {held.key: held for held in table.situations}
    counted = [part.situation for part in found.scores[0].contributions]
    rows = []
    for place, situation in enumerate(counted):
        answer = found.scores[0].contributions[place].answer
        numbers = [score.contributions[place].shown for score in found.scores]
        said = _("%(words)s (%(answer)d)") % {"words": asked[situation].levels[answer], "answer": answer}
        rows.append({"words": asked[situation].name, "note": said, "cells": list(zip(names, numbers, strict=True))})
    return {
        "columns": [Column(_("Situation")), *(Column(name, num=True) for name in names)],
        "rows": rows,
        "scores": list(zip(names, [score.shown for score in found.scores], strict=True)),
    }
