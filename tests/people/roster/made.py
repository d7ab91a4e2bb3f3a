"""The same small sheet as CSV, XLSX and ODS, made in the test."""

import csv
import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import xlsxwriter

Joined = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 0."""
_SPACES = (
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def as_csv(rows: list[list[str]], joined: tuple[Joined, ...] = ()) -> bytes:
    """As a spreadsheet programme saves it: joined cells keep their words in the first."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(
    rows: list[list[str]], joined: tuple[Joined, ...] = (), *, before: dict[str, list[list[str]]] | None = None
) -> bytes:
    """One sheet called People, after the sheets of `before`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, other in ((before or {}) | {"People": rows}).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(other):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell)
        if name == "People":
            for top, left, bottom, right in joined:
                sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return out.getvalue()


def as_ods(
    rows: list[list[str]], joined: tuple[Joined, ...] = (), *, before: dict[str, list[list[str]]] | None = None
) -> bytes:
    """One table called People, after the tables of `before`."""
    tables = "".join(_table(name, other, ()) for name, other in (before or {}).items()) + _table("People", rows, joined)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="urn:x"/>')
        package.writestr(
            "content.xml",
            f"<office:document-content{_SPACES}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def _table(name: str, rows: list[list[str]], joined: tuple[Joined, ...]) -> str:
    width = max(map(len, rows), default=0)
    lines = []
    for number, row in enumerate(rows):
        filled = [*row, *[""] * (width - len(row))]
        cells = "".join(_cell(number, place, cell, joined) for place, cell in enumerate(filled))
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    return f'<table:table table:name="{name}">{"".join(lines)}</table:table>'


def _cell(number: int, place: int, cell: str, joined: tuple[Joined, ...]) -> str:
    spans = ""
    for top, left, bottom, right in joined:
        if (number, place) == (top, left):
            spans = f' table:number-rows-spanned="{bottom - top + 1}" table:number-columns-spanned="{right - left + 1}"'
        elif top <= number <= bottom and left <= place <= right:
            return "<table:covered-table-cell/>"
    if not cell:
        return f"<table:table-cell{spans}/>"
    return f'<table:table-cell{spans} office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


KINDS = {"csv": as_csv, "xlsx": as_xlsx, "ods": as_ods}


def bytes_of(made: bytes | Callable[[], bytes]) -> bytes:
    """A file that is there, or one that takes long to make and is made only for the test that reads it."""
    return made() if callable(made) else made
