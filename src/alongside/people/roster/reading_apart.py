"""Reads one workbook in a process of its own, with limits on its memory and time. Knows no Django.

`python -m alongside.people.roster.reading_apart` takes a line of JSON (the sheet, the limits) and then the file from
standard input. It answers a line of JSON for every row, and in the last line what sheets there are, or why not.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from alongside.people.roster import unpacking
from alongside.people.roster.cells import as_text
from alongside.people.roster.unpacking import NO_SHEET, NO_SUCH_SHEET, Area, Limits, Refused

ERROR = "#ERROR!"


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
    found = unpacking.Found()
    if data.startswith(b"PK"):
        found = unpacking.look_into(data, limits)
    elif unpacking.is_locked_ole(data):
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
    held = workbook.get_sheet_by_name(chosen)
    joined = Joined([*found.areas.get(chosen, ()), *_areas(held)])
    rows = _with_errors(_rows(held), found.errors.get(chosen, set()))
    room = limits.told
    for cells in islice(joined.spread(rows), limits.rows):
        line = json.dumps(cells, ensure_ascii=False).encode() + b"\n"
        room -= len(line)
        if room < 0:
            raise Refused(unpacking.TOO_BIG)
        out.write(line)
    return {"sheets": names, "sheet": chosen, "joined": joined.count}


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    if not sheet.end:
        return
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for values in sheet.iter_rows():
        yield left + [as_text(value) for value in values]


def _with_errors(rows: Iterator[list[str]], errors: set[tuple[int, int]]) -> Iterator[list[str]]:
    """The rows with a word where a cell holds an error, which is no blank: the reader makes no difference."""
    by_row: dict[int, list[int]] = {}
    for number, column in errors:
        by_row.setdefault(number, []).append(column)
    for number, cells in enumerate(rows):
        for column in by_row.get(number, ()):
            if column < len(cells) and not cells[column]:
                cells[column] = ERROR
        yield cells


def _areas(sheet: CalamineSheet) -> Iterator[Area]:
    for (top, column), (bottom, _last) in sheet.merged_cell_ranges or ():
        if bottom > top:
            yield Area(top, bottom, column)


class Joined:
    """Cells that are joined over several rows: what the first says holds for each of them, as people see it."""

    def __init__(self, areas: list[Area]) -> None:
        self.count = 0  # that hold anything
        self._by_top: dict[int, list[Area]] = {}
        for area in areas[: unpacking.MOST_AREAS]:
            self._by_top.setdefault(area.top, []).append(area)

    def spread(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """The rows with these cells filled, and without blank cells at their ends."""
        under_way: dict[int, tuple[int, str]] = {}  # column -> last row, value
        for number, cells in enumerate(rows):
            for area in self._by_top.get(number, ()):
                if area.column < len(cells) and cells[area.column]:
                    under_way[area.column] = area.bottom, cells[area.column]
                    self.count += 1
            for column in [column for column, (last, _value) in under_way.items() if last < number]:
                del under_way[column]
            for column, (_last, value) in under_way.items():
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = value
            while cells and not cells[-1]:
                cells.pop()
            yield cells


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
