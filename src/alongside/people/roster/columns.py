"""What each column of a roster means: guessed from its header and its content, mended by a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from alongside.people.roster import memory, own_columns
from alongside.people.roster.headers import fold
from alongside.people.roster.headings import ADDRESS, Heading, find_heading, meaning_of
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Table
from alongside.people.terms import LEFT_OUT, SEVERAL_COLUMNS, Meaning, RosterRole

_LOOKED_AT = 400
_SAMPLES = 3
_SOME_MANAGER = frozenset({"manager", "line manager", "reports to"})
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{4}")


@dataclass(frozen=True)
class Column:
    """One column, its header as written, and a few of its values (none of protected ones).

    `keepable` are the fields of the organisation's own that a guess found it able to be.
    """

    header: str
    meaning: Meaning
    samples: tuple[str, ...] = ()
    keepable: tuple[Meaning, ...] = field(default=(), compare=False)

    @property
    def left_out(self) -> bool:
        """Is it left out, as protected or as unknown?"""
        return self.meaning in LEFT_OUT

    @property
    def is_empty(self) -> bool:
        """Does it say nothing at all?"""
        return not self.header and not self.samples and self.meaning is Meaning.UNKNOWN


@dataclass(frozen=True)
class Mapping:
    """How a roster is read: where its headings stand, what its columns mean, how its dates are written."""

    header_row: int  # the last row of the headings
    columns: tuple[Column, ...]
    month_first: bool = False
    everybody_is: str = ""
    header_rows: int = 1
    everybody_guessed: str = ""  # from the file's name, before a person mended it

    @property
    def left_out(self) -> list[str]:
        """The headers of columns that are not read."""
        return [column.header for column in self.columns if column.left_out and column.header]

    @property
    def headed(self) -> list[own_columns.Headed]:
        """Each column's header, and what it means."""
        return [(column.header, column.meaning) for column in self.columns]

    def is_heading(self, row: int) -> bool:
        """Does this row hold the headings?"""
        return self.header_row - self.header_rows < row <= self.header_row

    def kept(self) -> dict[str, object]:
        """As it is kept with an import: no values of the file."""
        return {
            "header_row": self.header_row,
            "header_rows": self.header_rows,
            "columns": [[column.header, str(column.meaning)] for column in self.columns],
            "month_first": self.month_first,
            "everybody_is": self.everybody_is,
            "everybody_guessed": self.everybody_guessed,
        }

    @classmethod
    def from_kept(cls, kept: dict[str, object]) -> "Mapping":
        """The mapping that `kept` gave."""
        columns = tuple(Column(header, Meaning(meaning)) for header, meaning in kept["columns"])  # type: ignore[attr-defined]
        return cls(
            int(str(kept["header_row"])),
            columns,
            bool(kept["month_first"]),
            str(kept["everybody_is"]),
            int(str(kept["header_rows"])),
            str(kept["everybody_guessed"]),
        )

    def changed(self, meanings: Sequence[str], *, month_first: bool, everybody_is: str = "") -> "Mapping":
        """The mapping with other meanings, in the order of the columns. Raises ValueError for one that is unknown."""
        columns = tuple(
            replace(column, meaning=Meaning(new)) for column, new in zip(self.columns, meanings, strict=True)
        )
        return replace(self, columns=columns, month_first=month_first, everybody_is=everybody_is)


def guess(table: Table, *, heading: Heading | None = None, before: Mapping | None = None) -> Mapping:
    """The likely meaning of each column, by `before` where that says something.

    Raises RosterRefused where there is nothing below the headings, or one column only.
    """
    rows = table.first(_LOOKED_AT)
    heading = heading or find_heading(rows)
    body = [cells for number, cells in rows if number > heading.row and any(cells)]
    if not body:
        raise RosterRefused(_("There are no rows below the headings. Send the file with the people in it."))
    width = max([len(heading.words), *(len(cells) for cells in body)])
    columns = _settle([_column(heading.words, body, place) for place in range(width)], body)
    if sum(not column.is_empty for column in columns) < 2:
        raise RosterRefused(_ONE_COLUMN)
    columns = [_with_keepable(column, _values(body, place)) for place, column in enumerate(columns)]
    columns = memory.as_before(columns, before) if before else columns
    everybody = _everybody(f"{table.name} {table.sheet}", columns)
    known = bool(before) and before.everybody_guessed == everybody
    return Mapping(
        heading.row,
        tuple(columns),
        month_first=_months_first(columns, body, before),
        everybody_is=before.everybody_is if before and known else everybody,
        header_rows=heading.rows,
        everybody_guessed=everybody,
    )


_ONE_COLUMN = _(
    "The file has one column only; a roster needs names, and e-mail addresses or employee numbers. "
    "Save it as XLSX, or as CSV with commas or semicolons between the columns."
)


def _values(body: list[list[str]], place: int) -> list[str]:
    return [cells[place] for cells in body if place < len(cells) and cells[place]]


def _column(header: Sequence[str], body: list[list[str]], place: int) -> Column:
    name = header[place] if place < len(header) else ""
    values = _values(body, place)
    meaning = meaning_of(name)
    if meaning is None and _mostly(values, own_columns.tells_protected, share=0.3):
        meaning = Meaning.PROTECTED
    samples = () if meaning == Meaning.PROTECTED else tuple(dict.fromkeys(values))[:_SAMPLES]
    return Column(name, meaning or Meaning.UNKNOWN, samples)


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
            if column.meaning == Meaning.UNKNOWN and _mostly(_values(body, place), ADDRESS.fullmatch, share=0.6):
                settled[place] = replace(column, meaning=Meaning.WORK_ADDRESS)
                break
    return settled


def _with_keepable(column: Column, values: list[str]) -> Column:
    unknown = column.meaning is Meaning.UNKNOWN and fold(column.header) not in _SOME_MANAGER
    return replace(column, keepable=own_columns.keepable(column.header, values)) if unknown else column


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


def _months_first(columns: list[Column], body: list[list[str]], before: Mapping | None) -> bool:
    """Are dates written month first? What the file shows counts, then what was said last time, then no."""
    dates = next((place for place, column in enumerate(columns) if column.meaning == Meaning.START_DATE), None)
    shown = None if dates is None else _month_first(_values(body, dates))
    return shown if shown is not None else bool(before and before.month_first)


def _month_first(values: list[str]) -> bool | None:
    """Only where some dates can be nothing else, and none speaks against it; None where nothing tells."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _SLASHED.fullmatch(value))]
    if any(first > 12 for first, _second in pairs):
        return False
    return True if any(second > 12 >= first for first, second in pairs) else None


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
    if reason := own_columns.why_not(mapping.headed):
        return reason
    held = set(meanings)
    if not held & {Meaning.NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME}:
        return str(_("No column is chosen for people’s names. Choose one."))
    if not held & {Meaning.WORK_ADDRESS, Meaning.EMPLOYEE_NUMBER}:
        return str(_("No column is chosen for e-mail addresses or employee numbers. Choose one of them."))
    return None
