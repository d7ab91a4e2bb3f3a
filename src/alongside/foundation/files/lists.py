"""Lists as files that a spreadsheet program opens: CSV in UTF-8 with its mark, streamed row by row."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone, translation

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "\ufeff"  # by which spreadsheet programs know UTF-8


def escaped(cell: str) -> str:
    """A cell that no spreadsheet program runs: one that begins like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_RUN) else cell


class _Line:
    """Hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(rows: Iterable[Iterable[Any]], language: str | None, zone: Any) -> Iterator[str]:
    # The rows are read after the view has returned: in the reader's language and by their clocks all the same.
    writer = csv.writer(_Line())
    with translation.override(language), timezone.override(zone):
        yield _MARK
        for row in rows:
            yield writer.writerow([escaped(str(cell)) for cell in row])


def as_csv(name: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """A download called `name`, of a heading and its rows. Every cell is text that runs nowhere."""
    lines = _lines(rows, translation.get_language(), timezone.get_current_timezone())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
