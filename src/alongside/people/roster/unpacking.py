"""A look into the package of a workbook, piece by piece, for what would harm its reader. Knows no Django.

Time and memory grow with the size of the file only. Elements and attributes are told by the part of their name after
the prefix: that takes in every prefix that a file may choose, and every one that a reader may go by.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from xml.parsers import expat

DAMAGED, LOCKED, TOO_BIG, DEFINITIONS, ANOTHER = "damaged", "locked", "too_big", "definitions", "another"
NO_SUCH_SHEET, NO_SHEET = "no_such_sheet", "no_sheet"
MOST_AREAS = 20_000
_MOST_ERRORS = 200_000
_OLD_WORKBOOK = bytes.fromhex("0908100000060500")  # how the records of an XLS file begin
_SEALED, _RECORDS_LOOKED_AT = 0x2F, 20
_CHUNK = 1024 * 1024
# With each piece a parser begins anew at a name or tag that has not ended: endless ones cost the square of their size.
_LONGEST = 4 * _CHUNK
_MOST_ROWS_THERE_ARE, _MOST_COLUMNS_THERE_ARE = 1_048_576, 16_384
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_DIGITS = re.compile(r"[0-9]+")
_VALUES = frozenset(("value-type", "value", "string-value", "date-value", "time-value", "boolean-value"))


@dataclass(frozen=True)
class Limits:
    """How far a workbook may reach. Ordinary ones come nowhere near."""

    rows: int  # rows that are handed on
    last_row: int  # the furthest row and column with a cell
    last_column: int
    repeated_rows: int  # how often one filled row or cell of an ODS file may stand again
    repeated_columns: int
    cells: int
    entries: int = 2000
    unpacked: int = 250 * 1024 * 1024
    told: int = 128 * 1024 * 1024  # the text of all rows
    memory: int = 1024 * 1024 * 1024
    seconds: int = 60  # of work; twice that on the clock


class Area(NamedTuple):
    """Cells that are joined over several rows: first and last row and the first column, all from 0."""

    top: int
    bottom: int
    column: int


class Found:
    """What a look finds that the reader does not tell, by sheet: joined cells of ODS, cells of XLSX with an error."""

    def __init__(self) -> None:
        self.areas: dict[str, list[Area]] = {}
        self.errors: dict[str, set[tuple[int, int]]] = {}  # rows and columns from 0


class Refused(Exception):
    """The workbook is not read; why, as one of the words above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def look_into(data: bytes, limits: Limits) -> Found:
    """Unpacks every entry and reads the XML of the sheets. Raises Refused for what would harm."""
    found, looks = Found(), dict[str, SheetLook]()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if len(names) > limits.entries:
                raise Refused(TOO_BIG)
            if not _is_workbook(package, names):
                raise Refused(ANOTHER)
            if _is_locked(package, names):
                raise Refused(LOCKED)
            room = limits.unpacked
            for entry in package.infolist():
                if entry.flag_bits & 1:
                    raise Refused(LOCKED)
                look = _look_for(entry.filename, limits, found)
                room -= _size(package, entry, look, room)
                if isinstance(look, SheetLook) and look.errors:
                    looks[entry.filename] = look
            for sheet, part in (_sheet_parts(package, names) if looks else {}).items():
                found.errors[sheet] = looks[part].errors if part in looks else set()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise Refused(DAMAGED) from None
    return found


def _sheet_parts(package: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """In which entry of an XLSX file each sheet stands."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(names):
        return {}
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relates(name: str, attributes: dict[str, str]) -> None:
        if name.endswith("Relationship") and "Id" in attributes:
            targets[attributes["Id"]] = attributes.get("Target", "")

    def lists(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            for ref in _named(attributes, "id"):
                sheets[attributes.get("name", "")] = ref

    for part, opens in (("xl/_rels/workbook.xml.rels", relates), ("xl/workbook.xml", lists)):
        look = Look(strict=False)
        look.parser.StartElementHandler = opens
        _size(package, package.getinfo(part), look, _CHUNK)
    return {sheet: _within_xl(targets.get(ref, "")) for sheet, ref in sheets.items()}


def _within_xl(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _is_workbook(package: zipfile.ZipFile, names: list[str]) -> bool:
    if any(held in names for held in ("xl/workbook.xml", "xl/workbook.bin")):
        return True
    if "mimetype" not in names or package.getinfo("mimetype").file_size > 200:
        return False
    return b"opendocument.spreadsheet" in package.read("mimetype")


def _is_locked(package: zipfile.ZipFile, names: list[str]) -> bool:
    """ODS with a password: its entries are no XML any more, and its manifest says how they were sealed."""
    if "encrypted-package" in names:
        return True
    if "META-INF/manifest.xml" not in names or package.getinfo("META-INF/manifest.xml").file_size > _CHUNK:
        return False
    with package.open("META-INF/manifest.xml") as stream:
        return b"encryption-data" in stream.read(_CHUNK)


def _size(package: zipfile.ZipFile, entry: zipfile.ZipInfo, look: "Look | None", room: int) -> int:
    """The size of an entry, counted; the sizes that a package states may lie."""
    size = 0
    with package.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > room:
                raise Refused(TOO_BIG)
            if look:
                look.take(piece)
    if look:
        look.end()
    return size


def _look_for(name: str, limits: Limits, found: Found) -> "Look | None":
    name = name.lower()
    if not name.endswith((".xml", ".rels")):
        return None
    if name.startswith("xl/worksheets/"):
        return SheetLook(limits)
    if name == "content.xml":
        return SheetLook(limits, areas=found.areas)
    # A sheet may lie elsewhere. What is no sheet may be flawed: no reader needs it.
    return SheetLook(limits, strict=False) if name.startswith("xl/") else Look(strict=False)


def is_locked_ole(data: bytes) -> bool:
    """Has an old container a password: a new workbook sealed within it, or an old one whose records are?"""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    place = data.find(_OLD_WORKBOOK)
    for _record in range(_RECORDS_LOOKED_AT if place >= 0 else 0):
        kind, size = struct.unpack("<HH", data[place : place + 4].ljust(4, b"\0"))
        if kind == _SEALED:
            return True
        place += 4 + size
    return False


class Look:
    """Reads one XML entry as it comes and refuses definitions. What is not XML is only let by where not strict."""

    def __init__(self, *, strict: bool = True) -> None:
        self.strict, self.flawed, self.taken = strict, False, 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = _refuse_definitions

    def take(self, piece: bytes, last: bool = False) -> None:
        """The next piece. Raises Refused."""
        if self.flawed:
            return
        try:
            self.parser.Parse(piece, last)
            self.taken += len(piece)
            if self.taken - max(self.parser.CurrentByteIndex, 0) > _LONGEST + _CHUNK:
                raise Refused(TOO_BIG)
        except (expat.ExpatError, _Flaw):
            if self.strict:
                raise Refused(DAMAGED) from None
            self.flawed = True

    def end(self) -> None:
        """There is no more. Raises Refused for what is not whole."""
        self.take(b"", last=True)


class SheetLook(Look):
    """Follows where the cells of a sheet stand: one alone far away makes a reader set up everything between."""

    def __init__(self, limits: Limits, *, strict: bool = True, areas: dict[str, list[Area]] | None = None) -> None:
        super().__init__(strict=strict)
        self.limits = limits
        self.areas = {} if areas is None else areas
        self.joined: list[Area] = []  # of the open ODS table
        self.errors: set[tuple[int, int]] = set()
        self.row = self.column = self.cells = 0
        self.high = 1  # how often the open ODS row stands
        self.parser.StartElementHandler = self._opens

    def _opens(self, name: str, attributes: dict[str, str]) -> None:
        if act := _OPENS.get(name.rpartition(":")[2] if ":" in name else name):
            act(self, attributes)

    def _closes(self, name: str) -> None:
        if name.endswith("table-row"):
            self.row += self.high

    def _xlsx_row(self, attributes: dict[str, str]) -> None:
        self.row, self.column = self.row + 1, 0
        for value in _named(attributes, "r"):
            self.row = _whole(value, _MOST_ROWS_THERE_ARE)

    def _xlsx_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        self._reaches(self.row, self.column, 1)
        for value in _named(attributes, "r"):
            row, column = _place(value)
            self.column = max(self.column, column)
            self._reaches(row, column, 0)
        if attributes.get("t") == "e" and len(self.errors) < _MOST_ERRORS:
            self.errors.add((self.row - 1, self.column - 1))

    def _xlsx_range(self, attributes: dict[str, str]) -> None:
        # Ranges may span whole rows and columns, as programs write them, and nothing is set up for them.
        for value in _named(attributes, "ref"):
            for corner in value.split(":", 1):
                row, column = _place(corner)
                if row > _MOST_ROWS_THERE_ARE or column > _MOST_COLUMNS_THERE_ARE:
                    raise Refused(TOO_BIG)

    def _ods_table(self, attributes: dict[str, str]) -> None:
        self.row = self.column = 0
        self.high = 1
        self.joined = self.areas.setdefault(next(iter(_named(attributes, "name")), ""), [])

    def _ods_row(self, attributes: dict[str, str]) -> None:
        self.parser.EndElementHandler = self._closes  # XLSX does without: it is called for every element
        self.column = 0
        self.high = _times(attributes, "number-rows-repeated", _MOST_ROWS_THERE_ARE)

    def _ods_cell(self, attributes: dict[str, str]) -> None:
        wide = _times(attributes, "number-columns-repeated", _MOST_COLUMNS_THERE_ARE)
        for rows in _named(attributes, "number-rows-spanned"):
            if (bottom := self.row + _whole(rows, _MOST_ROWS_THERE_ARE) - 1) > self.row:
                self._joins(Area(self.row, bottom, self.column))
        self.column += wide
        # Blank cells and rows after the last filled one reach to the end of the sheet in every file.
        if any(name.rpartition(":")[2] in _VALUES for name in attributes):
            if wide > self.limits.repeated_columns or self.high > self.limits.repeated_rows:
                raise Refused(TOO_BIG)
            self._reaches(self.row + self.high, self.column, wide * self.high)

    def _joins(self, area: Area) -> None:
        if len(self.joined) < MOST_AREAS:
            self.joined.append(area)

    def _reaches(self, row: int, column: int, cells: int) -> None:
        self.cells += cells
        if row > self.limits.last_row or column > self.limits.last_column or self.cells > self.limits.cells:
            raise Refused(TOO_BIG)


_OPENS: dict[str, Callable[[SheetLook, dict[str, str]], None]] = {
    "row": SheetLook._xlsx_row,
    "c": SheetLook._xlsx_cell,
    "dimension": SheetLook._xlsx_range,
    "mergeCell": SheetLook._xlsx_range,
    "table": SheetLook._ods_table,
    "table-row": SheetLook._ods_row,
    "table-cell": SheetLook._ods_cell,
    "covered-table-cell": SheetLook._ods_cell,
}


class _Flaw(Exception):
    """What no program writes."""


def _refuse_definitions(*_facts: Any) -> None:
    raise Refused(DEFINITIONS)


def _named(attributes: dict[str, str], wanted: str) -> list[str]:
    return [
        value for name, value in attributes.items() if name == wanted or (":" in name and name.endswith(":" + wanted))
    ]


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and _DIGITS.fullmatch(text)):
        raise _Flaw
    if len(text) > 7 or int(text) > most:
        raise Refused(TOO_BIG)
    return int(text)


def _times(attributes: dict[str, str], wanted: str, most: int) -> int:
    return max((_whole(value, most) for value in _named(attributes, wanted)), default=1)


def _place(text: str) -> tuple[int, int]:
    """The row and column of a reference such as AB12, both from 1."""
    found = _PLACE.fullmatch(text)
    if not found:
        raise _Flaw
    return int(found[2]), _column(found[1])


@lru_cache(maxsize=1000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column
