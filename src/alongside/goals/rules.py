"""What a goal must be, and what may be done with it. Each rule answers with a sentence, or None when all is well."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.goals.terms import HIGHEST, LOWEST, GoalState

Sentence = str | Promise


def why_not_write(accepted: bool, is_open: bool) -> Sentence | None:
    """Why goals cannot be written in a pair now."""
    if not is_open:
        return _("Your time together has ended, so nothing more can be written. You can still read everything.")
    if not accepted:
        return _("You can write goals once both of you have said yes to each other.")
    return None


def fault_of_scale(start: int, hope: int) -> Sentence | None:
    """Why a starting point and a hope do not go together."""
    if not (LOWEST <= start <= HIGHEST and LOWEST <= hope <= HIGHEST):
        return _("Choose numbers from 0 to 10.")
    if hope <= start:
        return _("Choose a hope that is above where you start.")
    return None


def fault_of_target(target: date | None, before: date | None, today: date) -> Sentence | None:
    """Why a target date cannot be; one that stays as it was may have passed."""
    if target is not None and target != before and target < today:
        return _("Choose a day from today on.")
    return None


def why_not_restart(start_changes: bool, marked: bool) -> Sentence | None:
    """Why the starting point cannot be changed: what has been marked is measured from it."""
    if start_changes and marked:
        return _("The starting point stays as it was, because you have marked how far you have come since.")
    return None


def why_not_mark(value: int, state: str) -> Sentence | None:
    """Why a goal cannot be marked now."""
    if not LOWEST <= value <= HIGHEST:
        return _("Choose a number from 0 to 10.")
    if state != GoalState.ACTIVE:
        return _("Take this goal up again first.")
    return None


def why_not_become(state: str, to: str) -> Sentence | None:
    """Why a goal cannot go from one state to another."""
    if state == to:
        return {
            GoalState.ACTIVE: _("This goal is being worked on already."),
            GoalState.REACHED: _("This goal is reached already."),
            GoalState.LET_GO: _("You have let go of this goal already."),
        }[GoalState(to)]
    if GoalState.ACTIVE not in (state, to):
        return _("Take this goal up again first.")
    return None


class Dot(NamedTuple):
    """One point of a chart, as attributes of SVG; `base` is where words beside it stand."""

    x: str
    y: str
    base: str
    words: str


class Chart(NamedTuple):
    """A goal's way from where it starts, over what was marked, towards what is hoped for."""

    grid: list[Dot]
    hope: Dot
    line: str
    then: list[Dot]
    now: Dot
    names: list[Dot]


LEFT, RIGHT, TOP, STEP = 84, 264, 14, 11
FLOOR = TOP + STEP * HIGHEST
NAMED_AT_MOST = 4


def chart(points: Sequence[tuple[str, int]], hope: int) -> Chart:
    """The sums of a small chart. `points` are (day in short, value), the start first."""

    def dot(index: int, value: int, words: str) -> Dot:
        y = FLOOR - STEP * value
        return Dot(f"{LEFT + apart * index:.0f}", str(y), str(y + 5), words)

    apart = (RIGHT - LEFT) / max(len(points) - 1, 1)
    dots = [dot(index, value, words) for index, (words, value) in enumerate(points)]
    each, last = ceil(len(dots) / NAMED_AT_MOST), len(dots) - 1
    named = [held for i, held in enumerate(dots) if i == last or (i % each == 0 and last - i >= each)]
    # A line of the grid that comes too near the hope would print its number over the hope's.
    rows = [row for row in (LOWEST, 5, HIGHEST) if abs(row - hope) > 1]
    return Chart(
        grid=[dot(0, row, str(row)) for row in rows],
        hope=dot(0, hope, str(hope)),
        line=" ".join(f"{held.x},{held.y}" for held in dots),
        then=dots[:-1],
        now=dots[-1],
        names=[held._replace(y=str(FLOOR + 26)) for held in named],
    )
