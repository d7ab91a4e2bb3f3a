"""The table "Who may read what", made of the rows."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alongside.foundation.access.registry import Column, Row, rows


class Line(NamedTuple):
    """One record, and a cell for each column ("–" for nobody)."""

    words: str | Promise
    note: str | Promise
    cells: list[tuple[str | Promise, str]]


def lines() -> list[Line]:
    """Every listed row, in the order of declaration."""
    return [Line(held.words, held.note, _cells(held)) for held in rows() if held.listed]


def _cells(held: Row) -> list[tuple[str | Promise, str]]:
    cells: list[tuple[str | Promise, str]] = []
    for column in Column:
        readers = [reader for reader in held.who if reader.column == column]
        words = ", ".join(dict.fromkeys(str(reader.cell) or _("yes") for reader in readers))
        cells.append((column.label, words or "–"))
    return cells
