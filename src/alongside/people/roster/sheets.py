"""Which sheet of a workbook holds the people: a person says so, else the first one of which people can be made."""

from contextlib import suppress

from alongside.people.roster.columns import guess, why_not
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Table

_MOST_LOOKED_AT = 8


def read_roster(data: bytes, name: str, sheet: str = "") -> Table:
    """The table of a file. Raises RosterRefused as `read` does.

    Where people can be made of no sheet, it is the first one with anything in it.
    """
    first = read(data, name, sheet)
    if sheet or len(first.sheets) < 2 or _makes_people(first):
        return first
    for other in [held for held in first.sheets if held != first.sheet][:_MOST_LOOKED_AT]:
        with suppress(RosterRefused):
            table = read(data, name, other)
            if _makes_people(table):
                return table
    return first


def _makes_people(table: Table) -> bool:
    try:
        return why_not(guess(table)) is None
    except RosterRefused:
        return False
