"""Refused rows, as lines of a CSV file that can be mended and sent again."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from alongside.relationships.running_pairs.columns import Mapping
from alongside.relationships.running_pairs.reasons import PairRemark


def refused_lines(mapping: Mapping, rows: Iterable[Any]) -> Iterator[list[str]]:
    """The header, then each row as it was written in the columns that are read, with its reasons before it."""
    read = [column.header for column in mapping.columns if not column.left_out]
    yield [_("Row in the file"), _("Why it was not taken in"), *read]
    for row in rows:
        reasons = " ".join(remark.words for kept in row.remarks if (remark := PairRemark(**kept)).is_refusal)
        yield [str(row.spreadsheet_row), reasons, *row.cells]
