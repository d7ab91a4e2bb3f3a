"""The table "Who may read what", made of the rows."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundation.access.registry import Column, Row, rows

# Above a column there is little room; the whole names stand beside the table.
SHORT = {
    Column.MENTEE: gettext_lazy("Mentee"),
    Column.MENTOR: gettext_lazy("Mentor"),
    Column.COORDINATOR: gettext_lazy("Coordinator"),
    Column.STAKEHOLDER: gettext_lazy("Line manager"),
    Column.SUPERVISOR: gettext_lazy("Supervisor"),
    Column.SAFEGUARDING: gettext_lazy("Safeguarding"),
    Column.PRIVACY: gettext_lazy("Privacy officer"),
    Column.ADMINISTRATOR: gettext_lazy("Administrator"),
}


class Cell(NamedTuple):
    """One column of one record: "may" is False for nobody, and then the words are a dash."""

    label: str | Promise
    words: str
    may: bool


class Line(NamedTuple):
    """One record, and a cell for each column that is shown."""

    words: str | Promise
    note: str | Promise
    cells: list[Cell]


def columns() -> list[Column]:
    """The columns that have a reader of anything."""
    reading = {reader.column for held in rows() if held.listed for reader in held.who}
    return [column for column in Column if column in reading]


def without() -> list[str | Promise]:
    """Whoever reads nothing at all."""
    shown = columns()
    return [column.label for column in Column if column not in shown]


def lines() -> list[Line]:
    """Every listed row, in the order of declaration."""
    shown = columns()
    return [Line(held.words, held.note, [_cell(held, column) for column in shown]) for held in rows() if held.listed]


def _cell(held: Row, column: Column) -> Cell:
    readers = [reader for reader in held.who if reader.column == column]
    words = ", ".join(dict.fromkeys(str(reader.cell) or _("yes") for reader in readers))
    return Cell(SHORT[column], words or "–", bool(words))
