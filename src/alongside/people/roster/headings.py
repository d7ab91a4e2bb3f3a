"""Where the headings of a sheet stand: below titles, in one row or in two, or nowhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.people.roster.headers import HEADERS, fold, is_protected
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Row
from alongside.people.terms import Meaning

WITHIN = 15
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_MEANINGS = {header: meaning for meaning, headers in HEADERS.items() for header in headers}
_ALSO_VALUES = frozenset({Meaning.IS_MENTOR, Meaning.IS_MENTEE, Meaning.BOTH_ROLES})
"""Headers that stand in cells too: alone they make no heading."""
_OTHERS = frozenset(
    {"manager", "line manager", "reports to", "supervisor", "emergency contact", "next of kin", "sponsor"}
)
"""Groups of columns that speak of somebody else: a name below them is nobody’s own."""


@dataclass(frozen=True)
class Heading:
    """The last row of the headings, how many rows they take (none in a file without any), and their words."""

    row: int
    rows: int
    words: tuple[str, ...] = ()


def meaning_of(header: str) -> Meaning | None:
    """What a header means, if it is known."""
    folded = fold(header)
    return _MEANINGS.get(folded) or (Meaning.PROTECTED if folded and is_protected(folded) else None)


def find_heading(rows: Iterable[Row]) -> Heading:
    """The row with the most known headers among the first ones, together with one that belongs to it.

    Where none is known: the row above the first one with an address, else the first that is not blank.
    """
    filled = [(number, cells) for number, cells in rows if any(cells)][:WITHIN]
    if not filled:
        raise RosterRefused(_("The file is empty."))
    able = [place for place, (_number, cells) in enumerate(filled) if not _has_address(cells)]
    best = max(able, key=lambda place: (_told(filled[place][1]), -place), default=None)
    if best is None:
        return Heading(0, 0)
    if not _told(filled[best][1]):
        return _unknown(filled)
    for upper, lower in ((best - 1, best), (best, best + 1)):
        if upper >= 0 and lower < len(filled) and _belong_together(filled[upper], filled[lower]):
            return Heading(filled[lower][0], 2, tuple(_joined(filled[upper][1], filled[lower][1])))
    return Heading(filled[best][0], 1, tuple(filled[best][1]))


def heading_at(rows: Iterable[Row], row: int, count: int) -> Heading:
    """The headings where a person says that they stand."""
    held = dict(rows)
    if not count:
        return Heading(0, 0)
    lower = held.get(row, [])
    return Heading(row, count, tuple(lower if count == 1 else _joined(held.get(row - 1, []), lower)))


def _unknown(filled: list[Row]) -> Heading:
    first = next((place for place, (_number, cells) in enumerate(filled) if _has_address(cells)), None)
    if first is None:
        return Heading(filled[0][0], 1, tuple(filled[0][1]))
    above = filled[first - 1] if first else (0, [])
    if sum(map(bool, above[1])) < 2:
        return Heading(0, 0)
    return Heading(above[0], 1, tuple(above[1]))


def _has_address(cells: Sequence[str]) -> bool:
    return any(ADDRESS.fullmatch(cell) for cell in cells)


def _told(cells: Sequence[str]) -> int:
    """How many kinds of facts these headers name."""
    return len(_meanings(cells) - _ALSO_VALUES - {Meaning.PROTECTED})


def _meanings(cells: Sequence[str]) -> set[Meaning]:
    return {meaning for cell in cells if (meaning := meaning_of(cell))}


def _belong_together(upper: Row, lower: Row) -> bool:
    """Are these two rows of headings: groups above, or words that stand only where the other row leaves room?"""
    (above, top), (below, bottom) = upper, lower
    if below != above + 1 or _has_address(top) or _has_address(bottom):
        return False
    more = _told(_joined(top, bottom))
    if _told(bottom) >= _told(top):
        return more > _told(bottom)
    places = [place for place, cell in enumerate(bottom) if cell and cell != _at(top, place)]
    return more > _told(top) and all(not _at(top, place) or _begins_group(top, bottom, place) for place in places)


def _begins_group(top: Sequence[str], bottom: Sequence[str], place: int) -> bool:
    return bool(_at(top, place)) and not _at(top, place + 1) and bool(_at(bottom, place + 1))


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _joined(top: Sequence[str], bottom: Sequence[str]) -> list[str]:
    """One header for each column: a group's word reaches over the blank cells beside it."""
    headers, group = [], ""
    for place in range(max(len(top), len(bottom))):
        own, below = _at(top, place), _at(bottom, place)
        group = own or (group if below else "")
        headers.append(_together(group, below, spreads=not own or _begins_group(top, bottom, place)))
    return headers


def _together(above: str, below: str, *, spreads: bool) -> str:
    both = f"{above} {below}"
    if not above or not below or fold(above) == fold(below):
        return below or above
    if meaning_of(both) or fold(above) in _OTHERS:
        return both
    if meaning_of(below):
        return below
    return both if spreads or not meaning_of(above) else above
