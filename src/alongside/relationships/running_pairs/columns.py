"""What each column of a file of running pairs means: guessed from header and content, mended by a person."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.people.roster.headers import PROTECTED_VALUES, fold, is_protected
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Row, Table
from alongside.relationships.running_pairs.headers import by_header
from alongside.relationships.terms import PairMeaning

PEOPLE = (PairMeaning.MENTOR, PairMeaning.MENTEE)
"""More than one column may name a person: by address, and by employee number."""
_DAYS = (PairMeaning.START, PairMeaning.END, PairMeaning.CONTRACT)
_LEFT_OUT = (PairMeaning.PROTECTED, PairMeaning.UNKNOWN)
_HEADER_WITHIN, _LOOKED_AT, _SAMPLES = 15, 400, 3
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{4}")


@dataclass(frozen=True)
class Column:
    """One column, its header as written, and a few of its values (none of protected ones)."""

    header: str
    meaning: PairMeaning
    samples: tuple[str, ...] = ()

    @property
    def left_out(self) -> bool:
        """Is it left out, as protected or as unknown?"""
        return self.meaning in _LEFT_OUT


@dataclass(frozen=True)
class Mapping:
    """How a file is read: where its header stands, what its columns mean, how its dates are written."""

    header_row: int
    columns: tuple[Column, ...]
    month_first: bool = False

    @property
    def left_out(self) -> list[str]:
        """The headers of columns that are not read."""
        return [column.header for column in self.columns if column.left_out and column.header]

    def kept(self) -> dict[str, object]:
        """As it is kept with an import: no values of the file."""
        columns = [[column.header, str(column.meaning)] for column in self.columns]
        return {"header_row": self.header_row, "columns": columns, "month_first": self.month_first}

    @classmethod
    def from_kept(cls, kept: dict[str, object]) -> "Mapping":
        """The mapping that `kept` gave."""
        columns = tuple(Column(header, PairMeaning(meaning)) for header, meaning in kept["columns"])  # type: ignore[attr-defined]
        return cls(int(str(kept["header_row"])), columns, bool(kept["month_first"]))

    def changed(self, meanings: Sequence[str], *, month_first: bool) -> "Mapping":
        """The mapping with other meanings, in the order of the columns. Raises ValueError for one that is unknown."""
        pairs = zip(self.columns, meanings, strict=True)
        columns = tuple(replace(column, meaning=PairMeaning(new)) for column, new in pairs)
        return replace(self, columns=columns, month_first=month_first)


def guess(table: Table) -> Mapping:
    """The likely meaning of each column. Raises RosterRefused for an empty file."""
    rows = table.first(_LOOKED_AT)
    header_row, header = _find_header(rows)
    body = [cells for number, cells in rows if number > header_row]
    width = max([len(header), *(len(cells) for cells in body)])
    values = [[cells[place] for cells in body if place < len(cells) and cells[place]] for place in range(width)]
    columns = [_column(header[place] if place < len(header) else "", values[place]) for place in range(width)]
    settled = _settle(columns, values)
    days = [value for place, column in enumerate(settled) if column.meaning in _DAYS for value in values[place]]
    return Mapping(header_row, tuple(settled), _month_first(days))


def _find_header(rows: list[Row]) -> tuple[int, list[str]]:
    """The row with the most known headers among the first ones, else the first that is not blank."""
    filled = [(number, cells) for number, cells in rows if any(cells)][:_HEADER_WITHIN]
    if not filled:
        raise RosterRefused(_("The file is empty."))
    return max(filled, key=lambda row: (sum(by_header(fold(cell)) is not None for cell in row[1]), -row[0]))


def _column(header: str, values: list[str]) -> Column:
    folded = fold(header)
    meaning = by_header(folded)
    if meaning is None and (is_protected(folded) or _mostly(values, _speaks_of_oneself, 0.3)):
        meaning = PairMeaning.PROTECTED
    samples = () if meaning == PairMeaning.PROTECTED else tuple(dict.fromkeys(values))[:_SAMPLES]
    return Column(header, meaning or PairMeaning.UNKNOWN, samples)


def _mostly(values: list[str], test: Callable[[str], bool], share: float) -> bool:
    return bool(values) and sum(map(test, values)) >= share * len(values)


def _speaks_of_oneself(value: str) -> bool:
    return not PROTECTED_VALUES.isdisjoint(fold(part) for part in re.split(r"[,;/]", value))


def is_key(value: str) -> bool:
    """An address, or a number with a digit; a name has neither."""
    return "@" in value or any(letter.isdigit() for letter in value)


def _settle(columns: list[Column], values: list[list[str]]) -> list[Column]:
    """One column for each meaning: the first one. Of several for a person, those with names are left out."""
    keyed = {
        column.meaning
        for place, column in enumerate(columns)
        if column.meaning in PEOPLE and _mostly(values[place], is_key, 0.5)
    }
    settled: list[Column] = []
    taken: set[PairMeaning] = set()
    for place, column in enumerate(columns):
        names_only = column.meaning in keyed and not _mostly(values[place], is_key, 0.5)
        again = column.meaning in taken and column.meaning not in (*PEOPLE, *_LEFT_OUT)
        if names_only or again:
            column = replace(column, meaning=PairMeaning.UNKNOWN)
        taken.add(column.meaning)
        settled.append(column)
    return settled


def _month_first(days: list[str]) -> bool:
    """Are dates written month first? Only where some can be nothing else, and none speaks against it."""
    pairs = [(int(found[1]), int(found[2])) for day in days if (found := _SLASHED.fullmatch(day))]
    return any(second > 12 >= first for first, second in pairs) and not any(first > 12 for first, _second in pairs)


def why_not(mapping: Mapping) -> str | None:
    """Why a file cannot be read with these columns, as a sentence; None when it can."""
    meanings = [column.meaning for column in mapping.columns]
    for meaning in PairMeaning:
        if meaning not in (*PEOPLE, *_LEFT_OUT) and meanings.count(meaning) > 1:
            return str(_("Two columns are chosen for “%(meaning)s”. Keep one.")) % {"meaning": meaning.label}
    if PairMeaning.MENTOR not in meanings:
        return str(_("No column is chosen for the mentors. Choose the one with e-mail addresses or employee numbers."))
    if PairMeaning.MENTEE not in meanings:
        return str(_("No column is chosen for the mentees. Choose the one with e-mail addresses or employee numbers."))
    return None
