"""Rows to people. What is wrong is refused, what is doubtful is said, and who somebody is is never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Facts
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from alongside.people.roster import own_columns, values
from alongside.people.roster.columns import Mapping
from alongside.people.roster.lines import Lines
from alongside.people.roster.own_columns import OwnColumn, OwnField
from alongside.people.roster.reasons import Remark
from alongside.people.roster.tables import Row
from alongside.people.roster.values import Wrong
from alongside.people.terms import Meaning

if TYPE_CHECKING:
    from alongside.people.roster.person import PersonRow

_PLAIN_TEXT = (
    Meaning.KNOWN_AS, Meaning.EMPLOYEE_NUMBER, Meaning.JOB_TITLE, Meaning.GRADE, Meaning.DEPARTMENT, Meaning.TEAM,
    Meaning.SITE, Meaning.WORKING_DAYS, Meaning.HEADLINE, Meaning.CAREER_AIM, Meaning.MANAGER_NUMBER,
)  # fmt: skip
_LISTS = (Meaning.SKILLS_OFFERED, Meaning.SKILLS_WANTED, Meaning.LANGUAGES)
_REMARKED_ON = (
    Meaning.WORK_ADDRESS, Meaning.MANAGER_ADDRESS, Meaning.START_DATE, Meaning.ROLE, Meaning.CAPACITY,
    Meaning.IS_MENTOR, Meaning.IS_MENTEE, Meaning.BOTH_ROLES,
)  # fmt: skip
_NAMES = (Meaning.NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME)


class Verdict(StrEnum):
    """What a row is."""

    PERSON = "person"
    REFUSED = "refused"
    QUESTION = "question"
    SKIPPED = "skipped"


@dataclass
class Checked:
    """One row, judged. `cells` are its read columns as written, kept for what is to be mended."""

    row: int
    verdict: Verdict
    person: PersonRow | None = None
    remarks: list[Remark] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    name: str = ""
    keys: tuple[str, ...] = ()  # address and number in a row that is nobody new

    @property
    def without_doubt(self) -> bool:
        """Is it a person whose row leaves nothing open?"""
        return self.verdict == Verdict.PERSON and not any(remark.doubt for remark in self.remarks)


@dataclass(frozen=True)
class Known:
    """Who is in the organisation already: addresses (lower case) and employee numbers, each with the other.

    `fields` are the fields of its own that it has.
    """

    number_of: Facts[str, str] = field(default_factory=dict)
    address_of: Facts[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()  # addresses and numbers of people who have left
    fields: tuple[OwnField, ...] = ()

    def has(self, person: PersonRow) -> bool:
        """Is somebody with this address or this number there?"""
        return person.work_address in self.number_of or person.employee_number in self.address_of


class Checker:
    """Checks the rows of one file in order; remembers whom it has met."""

    def __init__(self, mapping: Mapping, known: Known | None = None) -> None:
        self.mapping = mapping
        self.known = known or Known()
        self._places: dict[Meaning, list[int]] = {}
        for place, column in enumerate(mapping.columns):
            if not column.left_out:
                self._places.setdefault(column.meaning, []).append(place)
        self._read = sorted(place for places in self._places.values() for place in places)
        self._own = own_columns.of(mapping.headed, self.known.fields)
        self._lines = Lines(mapping)
        known = [place for place, column in enumerate(mapping.columns) if column.header or not column.left_out]
        self._width = max(known, default=len(mapping.columns)) + 1
        self._addresses: dict[str, tuple[int, int]] = {}  # address -> row, fingerprint
        self._numbers: dict[str, tuple[int, str]] = {}  # employee number -> row, address
        self._managers: list[tuple[int, Meaning, str]] = []  # of people whose manager was not met before

    def check_all(self, rows: Iterable[Row]) -> Iterator[Checked]:
        """Every row but the headings, up to the last one that is not blank."""
        blanks: list[int] = []
        for number, cells in rows:
            if self.mapping.is_heading(number):
                continue
            if not any(cells):
                blanks.append(number)
                continue
            for empty in blanks:
                yield Checked(empty, Verdict.SKIPPED, remarks=[Remark(empty, "blank")])
            blanks.clear()
            yield self.check(number, cells)

    def check(self, number: int, cells: list[str]) -> Checked:
        """Judge one row that is not blank."""
        code = "above_headings" if number < self.mapping.header_row else self._lines.why_nobody(cells)
        if code:
            return Checked(number, Verdict.SKIPPED, remarks=[Remark(number, code)])
        reader = _RowReader(number, cells, self._places, self._own, self.mapping)
        person = reader.person()
        kept = [cells[at] if at < len(cells) and at not in reader.hidden else "" for at in self._read]
        if person is None:
            return Checked(number, Verdict.REFUSED, None, reader.refusals, kept, reader.name, reader.keys)
        verdict, remark = self._identity(number, person)
        if remark and verdict is not Verdict.PERSON:
            return Checked(number, verdict, person, [remark], kept, keys=reader.keys)
        if any(cells[self._width :]):
            reader.warnings.append(Remark(number, "more_cells"))
        self._remember(number, person)
        return Checked(number, Verdict.PERSON, person=person, remarks=reader.warnings, cells=kept)

    def _identity(self, number: int, person: PersonRow) -> tuple[Verdict, Remark | None]:
        """Is this somebody new to the file? Whether two keys belong to one person is asked, not guessed."""
        address, staff = person.work_address, person.employee_number
        if address in self.known.left or staff in self.known.left:
            return Verdict.REFUSED, Remark(number, "has_left", "work_address" if address else "employee_number")
        if address and (held := self._addresses.get(address)):
            code = "same_again" if held[1] == _fingerprint(person) else "same_address"
            return Verdict.SKIPPED, Remark(number, code, "work_address", {"first": held[0]})
        if staff and (met := self._numbers.get(staff)):
            if met[1] == address:
                return Verdict.SKIPPED, Remark(number, "same_again", "employee_number", {"first": met[0]})
            facts = {"number": staff, "first": met[0], "other": met[1] or "–", "address": address or "–"}
            return Verdict.QUESTION, Remark(number, "number_elsewhere_in_file", "employee_number", facts)
        return self._against_known(number, address, staff)

    def _against_known(self, number: int, address: str, staff: str) -> tuple[Verdict, Remark | None]:
        known_address = self.known.address_of.get(staff, "") if staff else ""
        if known_address and address and known_address != address:
            facts: dict[str, str | int] = {"number": staff, "other": known_address, "address": address}
            return Verdict.QUESTION, Remark(number, "number_known", "employee_number", facts)
        known_number = self.known.number_of.get(address, "") if address else ""
        if known_number and staff and known_number != staff:
            facts = {"number": staff, "other": known_number, "address": address}
            return Verdict.QUESTION, Remark(number, "address_known", "work_address", facts)
        return Verdict.PERSON, None

    def _remember(self, number: int, person: PersonRow) -> None:
        if person.work_address:
            self._addresses[person.work_address] = number, _fingerprint(person)
        if person.employee_number:
            self._numbers[person.employee_number] = number, person.work_address
        if person.manager_address:
            self._managers.append((number, Meaning.MANAGER_ADDRESS, person.manager_address))
        elif person.manager_number:
            self._managers.append((number, Meaning.MANAGER_NUMBER, person.manager_number))

    def missing_managers(self) -> Iterator[Remark]:
        """After the last row: whose manager is neither in the file nor known already."""
        for number, meaning, value in self._managers:
            by_address = meaning == Meaning.MANAGER_ADDRESS
            met = value in (self._addresses if by_address else self._numbers)
            if not met and value not in (self.known.number_of if by_address else self.known.address_of):
                yield Remark(number, "unknown_manager", str(meaning), {"value": values.shown(value)})


def _fingerprint(person: PersonRow) -> int:
    return hash(person.model_dump_json().casefold())


class _RowReader:
    """Reads one row's cells into a person, or into the reasons why not."""

    def __init__(
        self,
        number: int,
        cells: list[str],
        places: dict[Meaning, list[int]],
        own: list[OwnColumn],
        mapping: Mapping,
    ) -> None:
        self.number, self._cells, self._places, self._own, self._mapping = number, cells, places, own, mapping
        self.hidden: set[int] = set()  # places of cells that are not kept
        self.refusals: list[Remark] = []
        self.warnings: list[Remark] = []
        self.name = ""
        self.keys: tuple[str, ...] = ()

    def person(self) -> PersonRow | None:
        """The person, or None with `refusals` filled."""
        self.name = self._name()
        facts: dict[str, Any] = {"name": self.name}
        for meaning in _PLAIN_TEXT:
            facts[meaning] = self._take(meaning, lambda cell, meaning=meaning: values.text(cell, meaning), "")
            self._remark_on(meaning)
        for meaning in _LISTS:
            facts[meaning] = self._take(meaning, values.listed, [])
            self._remark_on(meaning, breaks=False)
        for meaning in _REMARKED_ON:
            self._remark_on(meaning, breaks=False)
        facts["work_address"] = self._take(Meaning.WORK_ADDRESS, values.address, "")
        facts["manager_address"] = self._manager(facts["work_address"])
        facts["start_date"] = self._take(Meaning.START_DATE, self._day, None)
        facts["role"], facts["role_of_file"] = self._role()
        facts["capacity"] = self._take(Meaning.CAPACITY, values.capacity, None)
        facts["own"] = self._fields()
        self._need_keys(facts)
        self.keys = tuple(key for key in (facts["work_address"], facts["employee_number"]) if key)
        from alongside.people.roster.person import PersonRow  # noqa: PLC0415 -- brings pydantic along

        return None if self.refusals else PersonRow(**facts)

    def _cell(self, meaning: Meaning) -> str:
        found = [self._cells[place] for place in self._places.get(meaning, ()) if place < len(self._cells)]
        return ";".join(cell for cell in found if cell) if len(found) > 1 else (found[0] if found else "")

    def _take(self, meaning: Meaning, read: Callable[[str], Any], nothing: Any) -> Any:
        cell = values.blank(self._cell(meaning))
        if not cell:
            return nothing
        try:
            return read(cell)
        except Wrong as wrong:
            self._refuse(wrong.code, meaning, **wrong.facts)
            return nothing

    def _refuse(self, code: str, meaning: str, **facts: str | int) -> None:
        self.refusals.append(Remark(self.number, code, str(meaning), facts))

    def _remark_on(self, meaning: Meaning, *, breaks: bool = True) -> None:
        cell = self._cell(meaning)
        if values.is_error(cell):
            self.warnings.append(Remark(self.number, "error", str(meaning)))
        if values.would_run(cell):
            self.warnings.append(Remark(self.number, "formula", str(meaning)))
        if breaks and "\n" in cell:
            self.warnings.append(Remark(self.number, "line_break", str(meaning)))

    def _name(self) -> str:
        first, last, whole = (
            values.blank(self._cell(name)) for name in (Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.NAME)
        )
        parts = " ".join(cell for cell in (first, last) if cell)
        name = values.one_line(parts or whole)
        if len(name) > values.MOST_CHARACTERS["name"]:
            self._refuse("too_long", Meaning.NAME, most=values.MOST_CHARACTERS["name"])
        elif "@" in name or not any(letter.isalpha() for letter in name):
            self._refuse("no_name", Meaning.NAME)
        if any(letter == "?" for letter in name):
            self.warnings.append(Remark(self.number, "lost_letter", str(Meaning.NAME)))
        for meaning in _NAMES:
            self._remark_on(meaning)
        return name

    def _fields(self) -> dict[str, str]:
        said: dict[str, str] = {}
        for column in self._own:
            cell = self._cells[column.place] if column.place < len(self._cells) else ""
            if values.is_error(cell):
                self.warnings.append(Remark(self.number, "error", column.name))
            if not (cell := values.blank(cell)):
                continue
            try:
                said[column.key] = column.read(cell)
            except Wrong as wrong:
                self._refuse(wrong.code, column.name, **wrong.facts)
                self.hidden |= {column.place} if wrong.code == "protected_value" else set()
        return said

    def _day(self, cell: str) -> Any:
        return values.day(cell, month_first=self._mapping.month_first)

    def _manager(self, own: str) -> str:
        manager = self._take(Meaning.MANAGER_ADDRESS, lambda cell: values.address(cell, "bad_manager"), "")
        number = values.blank(self._cell(Meaning.MANAGER_NUMBER))
        if (manager and manager == own) or (number and number == self._cell(Meaning.EMPLOYEE_NUMBER)):
            self._refuse("own_manager", Meaning.MANAGER_ADDRESS if manager else Meaning.MANAGER_NUMBER)
        return str(manager)

    def _role(self) -> tuple[str, bool]:
        """The role, and whether only the whole file says so."""
        own = self._take(Meaning.ROLE, values.role, "")
        mentor = self._take(Meaning.IS_MENTOR, values.yes_no, False)
        mentee = self._take(Meaning.IS_MENTEE, values.yes_no, False)
        if self._take(Meaning.BOTH_ROLES, values.yes_no, False):
            return "both", False
        role = own or self._mapping.everybody_is
        mentor, mentee = mentor or role in ("mentor", "both"), mentee or role in ("mentee", "both")
        said = "both" if mentor and mentee else "mentor" if mentor else "mentee" if mentee else ""
        return said, not own and said == self._mapping.everybody_is != ""

    def _need_keys(self, facts: dict[str, Any]) -> None:
        if facts["work_address"] or any(remark.field == "work_address" for remark in self.refusals):
            return
        if not facts["employee_number"]:
            self._refuse("no_key", Meaning.WORK_ADDRESS)
        elif Meaning.WORK_ADDRESS in self._places:
            self.warnings.append(Remark(self.number, "no_address", "work_address"))
