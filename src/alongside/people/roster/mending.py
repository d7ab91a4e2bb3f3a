"""Rows to be mended, as lines of a CSV file that can be sent again."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from alongside.people.roster.columns import Mapping
from alongside.people.roster.reasons import Remark


def refused_lines(mapping: Mapping, rows: Iterable[Any]) -> Iterator[list[str]]:
    """The header, then each row as it was written in the columns that are read, with its reasons before it."""
    read = [column.header for column in mapping.columns if not column.left_out]
    yield [_("Row in the file"), _("Why it was not taken in"), *read]
    for row in rows:
        reasons = " ".join(Remark(**kept).words for kept in row.remarks)
        yield [str(row.spreadsheet_row), reasons, *row.cells]
