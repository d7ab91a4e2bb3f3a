"""Rows to be mended, as lines of a CSV file that can be sent again."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from alongside.people.roster.columns import Mapping
from alongside.people.roster.reasons import Remark

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")


def escaped(cell: str) -> str:
    """A cell that no spreadsheet program runs: one that begins like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_RUN) else cell


def refused_lines(mapping: Mapping, rows: Iterable[Any]) -> Iterator[list[str]]:
    """The header, then each row as it was written in the columns that are read, with its reasons before it."""
    read = [column.header for column in mapping.columns if not column.left_out]
    yield [escaped(cell) for cell in (_("Row in the file"), _("Why it was not taken in"), *read)]
    for row in rows:
        reasons = " ".join(Remark(**kept).words for kept in row.remarks)
        yield [escaped(cell) for cell in (str(row.spreadsheet_row), reasons, *row.cells)]
