"""Compares a checked roster with the people who are there: created, changed, as before. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from alongside.foundation.identity.models import Membership, Organisation
from alongside.people import queries
from alongside.people.models import Link, OwnValue, Profile, ProfileSkill, RosterImport, RosterRow
from alongside.people.roster import own_columns
from alongside.people.roster.checking import Checked, Checker, Verdict
from alongside.people.roster.columns import Mapping
from alongside.people.roster.headers import fold
from alongside.people.roster.own_columns import OWN
from alongside.people.roster.reasons import QUESTIONS, REFUSALS, Remark, RosterRefused
from alongside.people.roster.tables import Table
from alongside.people.terms import LinkKind, Outcome, RosterRole, Side

if TYPE_CHECKING:
    from alongside.people.roster.person import PersonRow

BATCH = 1000
OF_THE_ORGANISATION = ("job_title", "grade", "department", "team", "site", "start_date")
OF_THE_PERSON = ("languages", "working_days", "headline", "career_aim")
"""What people say of themselves is theirs once they have joined: a roster changes it no more."""
OF_THE_MEMBERSHIP = ("name", "known_as", "work_address", "employee_number")
OF_THE_PROFILE = (*OF_THE_ORGANISATION, *OF_THE_PERSON, "roster_role", "roster_capacity")
MANAGER = "manager"


@dataclass
class Present:
    """One person as they are, to be compared with a row."""

    membership: Membership
    profile: Profile | None = None
    skills: set[tuple[str, str]] = field(default_factory=set)  # side, folded name
    manager: tuple[str, str] = ("", "")  # address, employee number
    own: dict[str, str] = field(default_factory=dict)  # fields of the organisation's own: key, choice as compared


@dataclass
class Tally:
    """What a check found, in numbers and sentences."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    sure: dict[int, tuple[bool, bool, int]] = field(default_factory=dict)  # row -> mentor, mentee, places
    remarks: list[Remark] = field(default_factory=list)

    def numbers(self) -> dict[str, int]:
        """The counts. `people` and what follows from it count whoever's row leaves nothing open."""
        said = list(self.sure.values())
        return {
            "rows": self.rows,
            "people": len(said),
            "created": self.outcomes[Outcome.CREATED],
            "changed": self.outcomes[Outcome.CHANGED],
            "unchanged": self.outcomes[Outcome.UNCHANGED],
            "refused": self.outcomes[Outcome.REFUSED],
            "questions": self.outcomes[Outcome.QUESTION],
            "skipped": self.outcomes[Outcome.SKIPPED],
            "mentors": sum(mentor for mentor, _mentee, _places in said),
            "mentees": sum(mentee for _mentor, mentee, _places in said),
            "places": sum(places for _mentor, _mentee, places in said),
        }

    def report(self, left_out: list[str]) -> dict[str, Any]:
        """What `import_roster --json` prints."""
        refused = [remark for remark in self.remarks if remark.code in REFUSALS]
        asked = [remark for remark in self.remarks if remark.code in QUESTIONS]
        warned = [remark for remark in self.remarks if remark.code not in REFUSALS and remark.code not in QUESTIONS]
        numbers = self.numbers()
        counts = {name: numbers[name] for name in numbers if name not in ("refused", "questions", "skipped")}
        return {
            **counts,
            "left_out_columns": left_out,
            "refused": [{"row": held.row, "field": held.field, "reason": held.words} for held in refused],
            "questions": [{"row": held.row, "question": str(held.why)} for held in asked],
            "warnings": [{"row": held.row, "field": held.field, "reason": held.words} for held in warned],
        }


class Staging:
    """One check of one roster. Read `batches()` to the end, then `late()`.

    Raises RosterRefused where columns cannot be kept as fields of the organisation's own, as they were chosen.
    """

    def __init__(self, roster_import: RosterImport, table: Table, mapping: Mapping) -> None:
        self.roster_import, self.tally = roster_import, Tally()
        self._organisation = roster_import.organisation
        known = queries.known(self._organisation)
        if reason := own_columns.why_not_here(mapping.headed, known.fields):
            raise RosterRefused(reason)
        self._checker = Checker(mapping, known)
        self._table = table

    def batches(self) -> Iterator[list[RosterRow]]:
        """Staging rows, not yet kept, some hundred at a time."""
        rest = self._checker.check_all(self._table.rows())
        while batch := list(islice(rest, BATCH)):
            yield self._judged(batch)

    def _judged(self, batch: list[Checked]) -> list[RosterRow]:
        people = [checked.person for checked in batch if checked.verdict == Verdict.PERSON and checked.person]
        present = find_present(self._organisation, filter(self._checker.known.has, people))
        return [self._row(checked, present) for checked in batch]

    def _row(self, checked: Checked, present: Found) -> RosterRow:
        row = RosterRow(
            roster_import=self.roster_import,
            spreadsheet_row=checked.row,
            name=(checked.person.name if checked.person else checked.name)[:120],
            outcome=checked.verdict,
            remarks=[remark.kept() for remark in checked.remarks],
            has_doubt=any(remark.doubt for remark in checked.remarks),
        )
        if checked.verdict in (Verdict.REFUSED, Verdict.QUESTION):
            row.cells = checked.cells
        if checked.verdict is not Verdict.PERSON:
            row.keys = list(checked.keys)
        if checked.verdict in (Verdict.PERSON, Verdict.QUESTION) and checked.person:
            row.data = checked.person.model_dump(mode="json")
        if checked.verdict == Verdict.PERSON and checked.person:
            checked.person = judge(row, checked.person, present.of(checked.person))
            checked.remarks = [Remark(**kept) for kept in row.remarks]
        self._count(checked, row)
        return row

    def _count(self, checked: Checked, row: RosterRow) -> None:
        self.tally.rows += 1
        self.tally.outcomes[row.outcome] += 1
        self.tally.remarks += checked.remarks
        if checked.without_doubt and (person := checked.person):
            self.tally.sure[row.spreadsheet_row] = person.is_mentor, person.is_mentee, person.places

    def late(self) -> Iterator[Remark]:
        """After the last row: line managers who are neither in the file nor here."""
        for remark in self._checker.missing_managers():
            self.tally.sure.pop(remark.row, None)
            self.tally.remarks.append(remark)
            yield remark

    def put_right(self, row: RosterRow, remark: Remark) -> None:
        """Add a late remark to its row: a manager who is not here changes nothing about the person."""
        row.remarks = [*row.remarks, remark.kept()]
        row.has_doubt = True
        if MANAGER in row.changes:
            row.changes = [name for name in row.changes if name != MANAGER]
            if not row.changes and row.outcome == Outcome.CHANGED:
                row.outcome = Outcome.UNCHANGED
                self.tally.outcomes.subtract({Outcome.CHANGED: 1, Outcome.UNCHANGED: -1})


class Found:
    """The people of an organisation whom some rows are about, by address and by employee number."""

    def __init__(self) -> None:
        self.by_address: dict[str, Present] = {}
        self.by_number: dict[str, Present] = {}

    def of(self, person: PersonRow) -> Present | None:
        """Whoever has the row's address, else its employee number."""
        return self.by_address.get(person.work_address) or self.by_number.get(person.employee_number)


def find_present(organisation: Organisation, people: Iterable[PersonRow]) -> Found:
    """Who of these rows is here, with profile, skills, manager and own fields: six queries."""
    wanted = list(people)
    addresses = {person.work_address for person in wanted if person.work_address}
    numbers = {person.employee_number for person in wanted if person.employee_number}
    by_address = with_address(organisation).filter(folded__in=addresses)
    by_number = with_number(organisation).filter(employee_number__in=numbers)
    return present({member.pk: member for member in (*by_address, *by_number)}.values())


# An index over some rows is used where the query excludes the same rows in the same words.


def with_address(organisation: Organisation) -> QuerySet[Membership]:
    """Whoever has an address, which stands in lower case in `folded`."""
    here = Membership.objects.filter(organisation=organisation).exclude(work_address="")
    return here.annotate(folded=Lower("work_address")).order_by()


def with_number(organisation: Organisation) -> QuerySet[Membership]:
    """Whoever has an employee number."""
    return Membership.objects.filter(organisation=organisation).exclude(employee_number="").order_by()


def present(memberships: Iterable[Membership]) -> Found:
    """These people as they are."""
    found, by_pk = Found(), {member.pk: Present(member) for member in memberships}
    for held in by_pk.values():
        if held.membership.work_address:
            found.by_address[held.membership.work_address.lower()] = held
        if held.membership.employee_number:
            found.by_number[held.membership.employee_number] = held
    for profile in Profile.objects.filter(membership__in=by_pk):
        by_pk[profile.membership_id].profile = profile
    skills = ProfileSkill.objects.filter(profile__membership__in=by_pk)
    said = skills.values_list("profile__membership_id", "side", "skill__folded", "skill__other_words__folded")
    for pk, side, word, other in said:  # whoever holds a skill holds every word for it
        by_pk[pk].skills |= {(side, word), (side, other or word)}
    links = Link.objects.filter(kind=LinkKind.MANAGES, target__in=by_pk, until__isnull=True)
    for pk, address, number in links.values_list("target_id", "source__work_address", "source__employee_number"):
        by_pk[pk].manager = address.lower(), number
    own = OwnValue.objects.filter(profile__membership__in=by_pk)
    for pk, key, choice in own.values_list("profile__membership_id", "field__heading", "choice__folded"):
        by_pk[pk].own[key] = choice
    return found


def judge(row: RosterRow, person: PersonRow, here: Present | None) -> PersonRow:
    """Give a row its outcome: new, changed in some fields, or as before. The person, as the row says by now."""
    if here and (so_far := _other_role(person, here)):
        person = person.model_copy(update={"role": RosterRole.BOTH.value})
        row.data = person.model_dump(mode="json")
        if so_far != RosterRole.BOTH:
            row.remarks = [*row.remarks, Remark(row.spreadsheet_row, f"{so_far}_so_far", "role").kept()]
    row.membership = here.membership if here else None
    row.changes = differences(person, here) if here else []
    row.outcome = Outcome.CREATED if here is None else Outcome.CHANGED if row.changes else Outcome.UNCHANGED
    return person


def _other_role(person: PersonRow, here: Present) -> str:
    """What somebody is so far, where a list of mentors or mentees makes them the other one too."""
    held = here.profile.roster_role if here.profile else ""
    return held if person.role_of_file and held not in ("", person.role) else ""


def differences(person: PersonRow, here: Present) -> list[str]:
    """The fields that a row would change. What it leaves empty it does not change."""
    profile, member = here.profile or Profile(), here.membership
    changed = [name for name in ("name", "employee_number") if _differs(person, member, name)]
    if person.work_address and person.work_address != member.work_address.lower():
        changed.append("work_address")
    changed += [name for name in OF_THE_ORGANISATION if _differs(person, profile, name)]
    changed += [
        theirs for ours, theirs in (("role", "roster_role"), ("capacity", "roster_capacity"))
        if getattr(person, ours) not in ("", None) and getattr(person, ours) != getattr(profile, theirs)
    ]  # fmt: skip
    if member.account_id is None:
        changed += ["known_as"] if _differs(person, member, "known_as") else []
        changed += [name for name in OF_THE_PERSON if _differs(person, profile, name)]
        changed += [name for name, _side, _missing in missing_skills(person, here.skills)]
    own = person.own.items()
    changed += [f"{OWN}{key}" for key, said in own if own_columns.compare(said) != here.own.get(key)]
    address, number = here.manager
    said, held = (person.manager_address, address) if person.manager_address else (person.manager_number, number)
    return [*changed, MANAGER] if said and said != held else changed


def _differs(person: PersonRow, kept: Any, name: str) -> bool:
    said = getattr(person, name)
    return bool(said) and said != getattr(kept, name)


def missing_skills(person: PersonRow, held: set[tuple[str, str]]) -> Iterator[tuple[str, str, list[str]]]:
    """Field, side and names of the skills that a row adds."""
    for name, side in (("skills_offered", Side.OFFERED), ("skills_wanted", Side.WANTED)):
        missing = [skill for skill in getattr(person, name) if (side, fold(skill)) not in held]
        if missing:
            yield name, side, missing
