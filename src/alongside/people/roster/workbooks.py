"""XLSX, ODS and old XLS. The reading itself happens apart, in a process that may die without harm to this one."""

import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.people.roster import unpacking
from alongside.people.roster.cells import as_text
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import MOST_COLUMNS, MOST_ROWS, Table, checked

__all__ = ["LIMITS", "as_text", "read_workbook"]

LIMITS = unpacking.Limits(
    rows=MOST_ROWS + 1,  # one more, which tells that there are too many
    last_row=MOST_ROWS * 2,
    last_column=26 + 26 * 26,  # ZZ
    repeated_rows=1000,
    repeated_columns=MOST_COLUMNS,
    cells=MOST_ROWS * MOST_COLUMNS,
)
_TOO_BIG = _("This spreadsheet unpacks to far more than a roster needs. Save it again with the people only.")
_DAMAGED = _("This spreadsheet is damaged. Open it in your spreadsheet program and save it again.")
_WORDS = {
    unpacking.DAMAGED: _DAMAGED,
    unpacking.LOCKED: _("This spreadsheet has a password. Save a copy without one."),
    unpacking.TOO_BIG: _TOO_BIG,
    unpacking.DEFINITIONS: _("This spreadsheet holds definitions that no spreadsheet program writes. Save it again."),
    unpacking.ANOTHER: _("This is neither a spreadsheet nor text. Send a CSV, XLSX or ODS file."),
    unpacking.NO_SHEET: _("This spreadsheet has no sheet that can be seen. Show one and save it again."),
}
# By its name: whoever only asks does not load what reads workbooks.
_READER = "alongside.people.roster.reading_apart"
# How a process ends that asks for more memory or time than it is given.
_OVER_A_LIMIT = frozenset((-signal.SIGABRT, -signal.SIGKILL, -signal.SIGXCPU))
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def read_workbook(data: bytes, name: str, sheet: str = "") -> Table:
    """A table of one sheet: the named one, else the first visible sheet with anything in it.

    Raises RosterRefused for a package that is damaged, locked, of another kind, or made to harm.
    """
    end, rows = _read_apart(data, sheet)
    refused = end.get("refused")
    if refused == unpacking.NO_SUCH_SHEET:
        raise RosterRefused(format_lazy(_("There is no sheet “{sheet}” in this file."), sheet=sheet))
    if refused:
        raise RosterRefused(_WORDS[refused])
    return Table(
        name=name,
        rows=lambda: checked(json.loads(line) for line in io.BytesIO(rows)),
        kind="workbook",
        sheets=end["sheets"],
        sheet=end["sheet"],
        joined=end["joined"],
    )


def _read_apart(data: bytes, sheet: str) -> tuple[dict[str, Any], bytes]:
    order = json.dumps({"sheet": sheet, "limits": asdict(LIMITS)}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", _READER],
            input=order + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a panic may quote what a cell holds
            env=_environment(),
            timeout=LIMITS.seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RosterRefused(_TOO_BIG) from None
    if done.returncode:
        raise RosterRefused(_TOO_BIG if done.returncode in _OVER_A_LIMIT else _DAMAGED)
    start = done.stdout.rfind(b"\n", 0, -1) + 1
    try:
        return json.loads(done.stdout[start:]), done.stdout[:start]
    except ValueError:
        raise RosterRefused(_DAMAGED) from None


def _environment() -> dict[str, str]:
    """What it takes to find the same modules; no secret of the site."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder)}
