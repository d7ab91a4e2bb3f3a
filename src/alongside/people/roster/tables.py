"""What every kind of file becomes: rows of text, each with the number that a spreadsheet program shows."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.people.roster.reasons import RosterRefused

MOST_BYTES = 40 * 1024 * 1024
MOST_COLUMNS = 80
MOST_ROWS = 200_000
Row = tuple[int, list[str]]

_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_FORMULA = frozenset("=+-@")
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Table:
    """One sheet. `rows()` can be read again and again; blank rows are part of it."""

    name: str
    rows: Callable[[], Iterator[Row]]
    kind: str
    sheets: list[str] = field(default_factory=list)
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    joined: int = 0  # cells over several rows, whose value holds for each of them

    def first(self, count: int) -> list[Row]:
        """The first rows."""
        taken: list[Row] = []
        for row in self.rows():
            if len(taken) == count:
                break
            taken.append(row)
        return taken


def clean(cell: str) -> str:
    """One cell as people see it: composed letters, plain blanks and line breaks, nothing unseen."""
    if cell[:1] == "'" and cell[1:2] in _FORMULA:
        cell = cell[1:]  # the escape of an export, ours included
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    cell = _BREAKS.sub("\n", _UNSEEN.sub("", unicodedata.normalize("NFC", cell)))
    return cell.replace("\u00a0", " ").replace("\t", " ").strip()


def checked(rows: Iterable[list[str]]) -> Iterator[Row]:
    """Numbers the rows from 1 and cleans the cells.

    Raises RosterRefused for too many rows or columns, and for control characters.
    """
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise RosterRefused(
                format_lazy(_("The file has more than {most} rows. Split it into several files."), most=MOST_ROWS)
            )
        row = [clean(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise RosterRefused(
                format_lazy(
                    _("Row {row} has {count} columns; {most} are the most. Keep only the columns you need."),
                    row=number,
                    count=len(row),
                    most=MOST_COLUMNS,
                )
            )
        if any(_CONTROL.search(cell) for cell in row):
            raise RosterRefused(
                format_lazy(
                    _("Row {row} holds control characters. Save the file again as CSV UTF-8 or XLSX."), row=number
                )
            )
        yield number, row
