"""CSV and its relatives: any common encoding and separator."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import MOST_ROWS, Table, checked

SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "mac_roman", "latin-1")
_LETTERS_BEYOND_ASCII = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝŠŽß’‘“”–—€£ ")
_WEB_PAGE = ("<!doctype", "<html", "<svg", "<table")
_MOST_LINES_IN_A_CELL = 40
_LOOKED_AT = 50_000


def read_text(data: bytes, name: str) -> Table:
    """A table of a text file. Raises RosterRefused for text that cannot be one."""
    encoding = guess_encoding(data)
    try:
        start = _look_through(data, encoding)
    except UnicodeError:
        raise RosterRefused(_("The letters of this file cannot be read. Save it again as CSV UTF-8.")) from None
    if why := _why_no_table(start):
        raise RosterRefused(why)
    if "\0" in start[:10_000]:
        raise RosterRefused(_("This is neither a spreadsheet nor text. Send a CSV, XLSX or ODS file."))
    told = _told_separator(start)
    separator = told or guess_separator(start)
    return Table(
        name=name,
        rows=lambda: checked(_records(data, encoding, separator, skips_a_line=bool(told))),
        kind="csv",
        encoding="utf-8" if encoding == "utf-8-sig" else encoding,
        separator=separator,
    )


def _why_no_table(start: str) -> str | Promise | None:
    """Text of another kind, told by how it begins."""
    beginning = start[:200].lstrip("\ufeff \t\r\n").lower()
    if beginning.startswith(_WEB_PAGE):
        return _("This is a web page. Open it in your spreadsheet program and save it as XLSX.")
    if beginning.startswith("<?xml"):
        return _("This is XML. Open it in your spreadsheet program and save it as XLSX.")
    if beginning.startswith(("{", "[{", "[ {")):
        return _("This is data for programs. Send a CSV, XLSX or ODS file.")
    return None


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    # Decoded bit by bit: a large file as one text would take four times its size.
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def _look_through(data: bytes, encoding: str) -> str:
    """The beginning of the text. Raises UnicodeError where any of it cannot be decoded."""
    text = _opened(data, encoding)
    start = text.read(_LOOKED_AT)
    while text.read(_LOOKED_AT):
        pass
    return start


def guess_encoding(data: bytes) -> str:
    """The encoding by its mark, by the places of zero bytes, by being sound UTF-8, or by its letters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:4000]
    if start[1::2].count(0) > len(start) * 0.3:
        return "utf-16-le"
    if start[::2].count(0) > len(start) * 0.3:
        return "utf-16-be"
    try:
        _look_through(data, "utf-8")
    except UnicodeDecodeError:
        return max(_SINGLE_BYTE, key=lambda encoding: _likeness(data, encoding))
    return "utf-8"


def _likeness(data: bytes, encoding: str) -> float:
    """The share of letters beyond ASCII that names of people have; below zero where it cannot be decoded."""
    beyond = bytes(byte for byte in data[:200_000] if byte > 127)
    try:
        text = beyond.decode(encoding)
    except UnicodeDecodeError:
        return -1
    return sum(letter in _LETTERS_BEYOND_ASCII for letter in text) / max(len(text), 1)


def _told_separator(start: str) -> str:
    # Some programs write "sep=;" into a first line that spreadsheet programs take in and do not show.
    line, found, _rest = start.partition("\n")
    told = line.strip().strip('"')
    return told[4] if found and told.lower().startswith("sep=") and len(told) == 5 else ""


def guess_separator(text: str) -> str:
    """The separator by which most of the first records have the same number of cells."""

    def fit(separator: str) -> tuple[float, int]:
        widths = Counter(len(cells) for cells in _sample(text, separator) if any(cells))
        if not widths:
            return 0.0, 0
        width, times = widths.most_common(1)[0]
        return (times / widths.total(), width) if width > 1 else (0.0, 0)

    return max(SEPARATORS, key=fit)


def _sample(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    sample: list[list[str]] = []
    try:
        for cells in reader:
            sample.append(cells)
            if len(sample) == 40:
                break
    except csv.Error:
        pass
    return sample


def _records(data: bytes, encoding: str, separator: str, *, skips_a_line: bool) -> Iterator[list[str]]:
    text = _opened(data, encoding)
    if skips_a_line:
        text.readline()
    reader = csv.reader(text, delimiter=separator)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.count("\n") > _MOST_LINES_IN_A_CELL for cell in cells):
                raise RosterRefused(_open_quote(number))
            yield cells
            if number > MOST_ROWS:
                return
    except csv.Error:
        raise RosterRefused(
            format_lazy(
                _("A cell in row {row} is far too long, or a quotation mark opens there and does not close. Mend it."),
                row=number + 1,
            )
        ) from None


def _open_quote(number: int) -> str:
    return format_lazy(
        _("A quotation mark opens in row {row} and does not close. Close it, or save the file again."), row=number
    )
