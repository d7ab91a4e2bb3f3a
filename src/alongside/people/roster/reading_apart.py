"""Reads one workbook in a process of its own, with limits on its memory and time. Knows no Django.

`python -m alongside.people.roster.reading_apart` takes a line of JSON (the sheet, the limits) and then the file from
standard input. It answers a line of JSON for every row, and in the last line what sheets there are, or why not.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from alongside.people.roster import unpacking
from alongside.people.roster.unpacking import Limits, Refused

NO_SUCH_SHEET, NO_SHEET = "no_such_sheet", "no_sheet"


def main(given: BinaryIO, out: BinaryIO) -> None:
    """Answer one question. Whatever happens inside, the last line says how it went, unless the process ends first."""
    order = json.loads(given.readline())
    limits = Limits(**order["limits"])
    _limit(limits)
    try:
        end = _answer(given.read(), order["sheet"], limits, out)
    except Refused as refused:
        end = {"refused": refused.why}
    except MemoryError:
        end = {"refused": unpacking.TOO_BIG}
    except PasswordError:
        end = {"refused": unpacking.LOCKED}
    except BaseException:  # noqa: BLE001 -- a panic inside the reader is no Exception, and means a damaged file too
        end = {"refused": unpacking.DAMAGED}
    out.write(json.dumps(end).encode() + b"\n")
    out.flush()


def _limit(limits: Limits) -> None:
    wanted = {resource.RLIMIT_CPU: limits.seconds, resource.RLIMIT_CORE: 0}
    if sys.platform != "darwin":  # which knows this limit and refuses to set it
        wanted[resource.RLIMIT_AS] = limits.memory
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _answer(data: bytes, sheet: str, limits: Limits, out: BinaryIO) -> dict[str, Any]:
    if data.startswith(b"PK"):
        unpacking.look_into(data, limits)
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(unpacking.LOCKED)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [
        held.name
        for held in workbook.sheets_metadata
        if held.typ == SheetTypeEnum.WorkSheet and held.visible == SheetVisibleEnum.Visible
    ]
    if sheet and sheet not in names:
        raise Refused(NO_SUCH_SHEET)
    chosen = sheet or next((held for held in names if workbook.get_sheet_by_name(held).end), names[0] if names else "")
    if not chosen:
        raise Refused(NO_SHEET)
    room = limits.told
    for cells in islice(_rows(workbook, chosen), limits.rows):
        line = json.dumps(cells, ensure_ascii=False).encode() + b"\n"
        room -= len(line)
        if room < 0:
            raise Refused(unpacking.TOO_BIG)
        out.write(line)
    return {"sheets": names, "sheet": chosen}


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = workbook.get_sheet_by_name(name)
    if not sheet.end:
        return
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for values in sheet.iter_rows():
        cells = left + [as_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


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


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
