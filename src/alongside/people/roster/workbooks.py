"""XLSX, ODS and old XLS, read by python-calamine after a look into the package for what would harm."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import MOST_COLUMNS, MOST_ROWS, Row, Table, checked

MOST_UNPACKED = 250 * 1024 * 1024
MOST_ENTRIES = 2000
_CHUNK = 1024 * 1024
_DAMAGED = _("This spreadsheet is damaged. Open it in your spreadsheet program and save it again.")
_LOCKED = _("This spreadsheet has a password. Save a copy without one.")
_TOO_BIG = _("This spreadsheet unpacks to far more than a roster needs. Save it again with the people only.")
_ENTITIES = _("This spreadsheet holds definitions that no spreadsheet program writes. Save it again.")
_ANOTHER = _("This is neither a spreadsheet nor text. Send a CSV, XLSX or ODS file.")
_XLSX_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_ODS_REPEATED_CELL = re.compile(rb'<table:table-cell(?=[^>]*office:value-type)[^>]*number-columns-repeated="(\d+)"')
_ODS_REPEATED_ROW = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)


def read_workbook(data: bytes, name: str, sheet: str = "") -> Table:
    """A table of one sheet: the named one, else the first visible sheet with anything in it.

    Raises RosterRefused for a package that is damaged, locked, of another kind, or made to harm.
    """
    if data.startswith(b"PK"):
        _look_into(data)
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise RosterRefused(_LOCKED)
    workbook = _open(data)
    names = [
        held.name
        for held in workbook.sheets_metadata
        if held.typ == SheetTypeEnum.WorkSheet and held.visible == SheetVisibleEnum.Visible
    ]
    if sheet and sheet not in names:
        raise RosterRefused(format_lazy(_("There is no sheet “{sheet}” in this file."), sheet=sheet))
    chosen = sheet or next((held for held in names if workbook.get_sheet_by_name(held).end), names[0] if names else "")
    if not chosen:
        raise RosterRefused(_("This spreadsheet has no sheet that can be seen."))
    return Table(name=name, rows=lambda: _rows(workbook, chosen), kind="workbook", sheets=names, sheet=chosen)


def _open(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise RosterRefused(_LOCKED) from None
    except (CalamineError, OSError, ValueError):
        raise RosterRefused(_DAMAGED) from None


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[Row]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError):
        raise RosterRefused(_DAMAGED) from None
    if not sheet.end:
        return iter(())
    left = [""] * (sheet.start[1] if sheet.start else 0)
    return checked(left + [as_text(value) for value in cells] for cells in sheet.iter_rows())


def as_text(value: Any) -> str:
    """A cell's value as the roster reads it: whole numbers without a fraction, dates as ISO."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _look_into(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if len(names) > MOST_ENTRIES:
                raise RosterRefused(_TOO_BIG)
            if not _is_workbook(package, names):
                raise RosterRefused(_ANOTHER)
            room = MOST_UNPACKED
            for entry in package.infolist():
                if entry.flag_bits & 1:
                    raise RosterRefused(_LOCKED)
                room -= _size(package, entry, room)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise RosterRefused(_DAMAGED) from None


def _is_workbook(package: zipfile.ZipFile, names: list[str]) -> bool:
    if any(held in names for held in ("xl/workbook.xml", "xl/workbook.bin")):
        return True
    if "mimetype" not in names or package.getinfo("mimetype").file_size > 200:
        return False
    return b"opendocument.spreadsheet" in package.read("mimetype")


def _size(package: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """Unpacks an entry piece by piece, keeping nothing; the sizes that a package states may lie."""
    size, before, widest, lowest = 0, b"", 0, 0
    with package.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > room:
                raise RosterRefused(_TOO_BIG)
            piece = before + piece
            if entry.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
                raise RosterRefused(_ENTITIES)
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                for letters, number in _XLSX_CELL.findall(piece):
                    widest, lowest = max(widest, len(letters)), max(lowest, int(number))
            elif entry.filename == "content.xml":
                _refuse_repeats(piece)
            before = piece[-200:]
    # A lone cell far away makes a reader set up everything between. Three letters are beyond column 702.
    if widest > 2 or lowest > MOST_ROWS * 2:
        raise RosterRefused(_TOO_BIG)
    return size


def _refuse_repeats(piece: bytes) -> None:
    wide = any(int(times) > MOST_COLUMNS for times in _ODS_REPEATED_CELL.findall(piece))
    high = any(
        int(times) > 1000 and b"office:value-type" in inside for times, inside in _ODS_REPEATED_ROW.findall(piece)
    )
    if wide or high:
        raise RosterRefused(_TOO_BIG)
