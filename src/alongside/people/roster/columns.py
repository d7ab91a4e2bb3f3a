"""What each column of a roster means: guessed from its header and its content, mended by a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.people.roster.headers import HEADERS, PROTECTED_VALUES, fold, is_protected
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Row, Table
from alongside.people.terms import LEFT_OUT, SEVERAL_COLUMNS, Meaning, RosterRole

_HEADER_WITHIN = 15
_LOOKED_AT = 400
_SAMPLES = 3
_MEANINGS = {header: meaning for meaning, headers in HEADERS.items() for header in headers}
_SOME_MANAGER = frozenset({"manager", "line manager", "reports to"})
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{4}")


@dataclass(frozen=True)
class Column:
    """One column, its header as written, and a few of its values (none of protected ones)."""

    header: str
    meaning: Meaning
    samples: tuple[str, ...] = ()

    @property
    def left_out(self) -> bool:
        """Is it left out, as protected or as unknown?"""
        return self.meaning in LEFT_OUT


@dataclass(frozen=True)
class Mapping:
    """How a roster is read: where its header stands, what its columns mean, how its dates are written."""

    header_row: int
    columns: tuple[Column, ...]
    month_first: bool = False
    everybody_is: str = ""

    @property
    def left_out(self) -> list[str]:
        """The headers of columns that are not read."""
        return [column.header for column in self.columns if column.left_out and column.header]

    def kept(self) -> dict[str, object]:
        """As it is kept with an import: no values of the file."""
        return {
            "header_row": self.header_row,
            "columns": [[column.header, str(column.meaning)] for column in self.columns],
            "month_first": self.month_first,
            "everybody_is": self.everybody_is,
        }

    @classmethod
    def from_kept(cls, kept: dict[str, object]) -> "Mapping":
        """The mapping that `kept` gave."""
        columns = tuple(Column(header, Meaning(meaning)) for header, meaning in kept["columns"])  # type: ignore[attr-defined]
        return cls(int(str(kept["header_row"])), columns, bool(kept["month_first"]), str(kept["everybody_is"]))

    def changed(self, meanings: Sequence[str], *, month_first: bool, everybody_is: str = "") -> "Mapping":
        """The mapping with other meanings, in the order of the columns. Raises ValueError for one that is unknown."""
        columns = tuple(
            replace(column, meaning=Meaning(new)) for column, new in zip(self.columns, meanings, strict=True)
        )
        return replace(self, columns=columns, month_first=month_first, everybody_is=everybody_is)


def guess(table: Table) -> Mapping:
    """The likely meaning of each column. Raises RosterRefused where no row looks like a header."""
    rows = table.first(_LOOKED_AT)
    header_row, header = find_header(rows)
    body = [cells for number, cells in rows if number > header_row]
    width = max([len(header), *(len(cells) for cells in body)])
    columns = [_column(header, body, place) for place in range(width)]
    columns = _settle(columns, body)
    dates = next((place for place, column in enumerate(columns) if column.meaning == Meaning.START_DATE), None)
    return Mapping(
        header_row,
        tuple(columns),
        month_first=dates is not None and _month_first(_values(body, dates)),
        everybody_is=_everybody(table.name, columns),
    )


def find_header(rows: Iterable[Row]) -> tuple[int, list[str]]:
    """The row with the most known headers among the first ones, else the first that is not blank."""
    filled = [(number, cells) for number, cells in rows if any(cells)][:_HEADER_WITHIN]
    if not filled:
        raise RosterRefused(_("The file is empty."))
    return max(filled, key=lambda row: (sum(_by_header(cell) is not None for cell in row[1]), -row[0]))


def _by_header(header: str) -> Meaning | None:
    folded = fold(header)
    return _MEANINGS.get(folded) or (Meaning.PROTECTED if folded and is_protected(folded) else None)


def _values(body: list[list[str]], place: int) -> list[str]:
    return [cells[place] for cells in body if place < len(cells) and cells[place]]


def _column(header: list[str], body: list[list[str]], place: int) -> Column:
    name = header[place] if place < len(header) else ""
    values = _values(body, place)
    meaning = _by_header(name)
    if meaning is None and _mostly(values, lambda value: bool(set(_parts(value)) & PROTECTED_VALUES), share=0.3):
        meaning = Meaning.PROTECTED
    samples = () if meaning == Meaning.PROTECTED else tuple(dict.fromkeys(values))[:_SAMPLES]
    return Column(name, meaning or Meaning.UNKNOWN, samples)


def _parts(value: str) -> list[str]:
    return [fold(part) for part in re.split(r"[,;/]", value)]


def _mostly(values: list[str], test: object, *, share: float) -> bool:
    return bool(values) and sum(bool(test(value)) for value in values) >= share * len(values)  # type: ignore[operator]


def _settle(columns: list[Column], body: list[list[str]]) -> list[Column]:
    """One column for each meaning: the first one. An address column without a telling header is found by content."""
    settled: list[Column] = []
    taken: set[Meaning] = set()
    for place, column in enumerate(columns):
        meaning = _by_content(column, _values(body, place))
        if meaning in taken and meaning not in SEVERAL_COLUMNS and meaning not in LEFT_OUT:
            meaning = Meaning.UNKNOWN
        taken.add(meaning)
        settled.append(replace(column, meaning=meaning))
    if Meaning.WORK_ADDRESS not in taken:
        for place, column in enumerate(settled):
            if column.meaning == Meaning.UNKNOWN and _mostly(_values(body, place), _ADDRESS.fullmatch, share=0.6):
                settled[place] = replace(column, meaning=Meaning.WORK_ADDRESS)
                break
    return settled


def _by_content(column: Column, values: list[str]) -> Meaning:
    """Headers that may say two things are told apart by what stands under them."""
    header = fold(column.header)
    if header in _SOME_MANAGER and values and not _mostly(values, lambda value: "@" in value, share=0.3):
        # "Manager" with names or numbers: names are never guessed into people.
        return Meaning.MANAGER_NUMBER if _mostly(values, _has_digit, share=0.8) else Meaning.UNKNOWN
    if header == "role" and values and not _mostly(values, _speaks_of_mentoring, share=0.3):
        return Meaning.JOB_TITLE
    return column.meaning


def _has_digit(value: str) -> bool:
    return any(letter.isdigit() for letter in value)


def _speaks_of_mentoring(value: str) -> bool:
    return fold(value).startswith(("ment", "both", "prot"))


def _month_first(values: list[str]) -> bool:
    """Are dates written month first? Only where some can be nothing else, and none speaks against it."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _SLASHED.fullmatch(value))]
    return any(second > 12 >= first for first, second in pairs) and not any(first > 12 for first, _second in pairs)


def _everybody(name: str, columns: list[Column]) -> str:
    """A file called "mentors", with a column "both mentor and mentee" and no role, lists mentors."""
    meanings = {column.meaning for column in columns}
    if Meaning.BOTH_ROLES not in meanings or Meaning.ROLE in meanings:
        return ""
    words = fold(name)
    mentors, mentees = "mentors" in words, "mentees" in words
    return "" if mentors == mentees else str(RosterRole.MENTOR if mentors else RosterRole.MENTEE)


def why_not(mapping: Mapping) -> str | None:
    """Why a roster cannot be read with these columns, as a sentence; None when it can."""
    meanings = [column.meaning for column in mapping.columns]
    for meaning in Meaning:
        if meaning not in SEVERAL_COLUMNS and meaning not in LEFT_OUT and meanings.count(meaning) > 1:
            return str(_("Two columns are chosen for “%(meaning)s”. Keep one.")) % {"meaning": meaning.label}
    held = set(meanings)
    if not held & {Meaning.NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME}:
        return str(_("No column is chosen for people’s names. Choose one."))
    if not held & {Meaning.WORK_ADDRESS, Meaning.EMPLOYEE_NUMBER}:
        return str(_("No column is chosen for e-mail addresses or employee numbers. Choose one of them."))
    return None
