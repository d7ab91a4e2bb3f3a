"""Compares a file of running pairs with the people and pairs that are there. Writes nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE
from alongside.foundation.sets import handfuls
from alongside.people.engine import with_address, with_number
from alongside.people.models import Link, Profile
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Table
from alongside.people.terms import LinkKind
from alongside.programmes import advice
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part
from alongside.relationships.models import PairsImport, PairsRow, Party, Relationship
from alongside.relationships.running_pairs.columns import Mapping
from alongside.relationships.running_pairs.judging import Facts, Held, Judge, Person
from alongside.relationships.running_pairs.reading import PairRow, Read, Reader
from alongside.relationships.running_pairs.reasons import PairRemark
from alongside.relationships.terms import PairPart, RowOutcome

BATCH, MOST_PAIRS = 1000, 6000
_TOO_MANY = format_lazy(_("The file has more than {most} pairs. Split it into several files."), most=MOST_PAIRS)
Progress = Callable[[int, int, str], None]


# --- the people and pairs that are there


def facts_of(programme: Programme, rows: Iterable[PairRow]) -> Facts:
    """Whom these rows name, as the programme knows them."""
    keys = sorted({key for row in rows for key in (*row.mentor, *row.mentee)})
    facts, organisation = Facts(), programme.organisation
    for handful in handfuls(key for key in keys if "@" in key):
        found = with_address(organisation).filter(folded__in=handful)
        facts.by_address.update(found.values_list("folded", "pk"))
    for handful in handfuls(key for key in keys if "@" not in key):
        found = with_number(organisation).filter(employee_number__in=handful)
        facts.by_number.update(found.values_list("employee_number", "pk"))
    return _filled(facts, programme, {*facts.by_address.values(), *facts.by_number.values()})


def facts_about(programme: Programme, members: Iterable[int]) -> Facts:
    """The same for people who are known already."""
    return _filled(Facts(), programme, set(members))


def _filled(facts: Facts, programme: Programme, members: set[int]) -> Facts:
    for handful in handfuls(sorted(members)):
        people = Membership.objects.filter(pk__in=handful).order_by()
        facts.people |= {
            pk: Person(name, state in GONE) for pk, name, state in people.values_list("pk", "name", "state")
        }
        links = Link.objects.filter(kind=LinkKind.MANAGES, target__in=handful, until__isnull=True)
        facts.managers.update(links.values_list("source", "target"))
        said = Profile.objects.filter(membership__in=handful, roster_capacity__isnull=False)
        facts.places.update(said.values_list("membership", "roster_capacity"))
    mentors = Participation.objects.filter(programme=programme, part=Part.MENTOR, until__isnull=True)
    facts.places.update(mentors.values_list("membership", "capacity"))
    _add_pairs(facts, programme)
    return facts


def _add_pairs(facts: Facts, programme: Programme) -> None:
    two: dict[int, dict[str, int]] = {}
    parties = Party.objects.filter(relationship__programme=programme).order_by()
    for pair, part, member, until in parties.values_list("relationship", "part", "participation__membership", "until"):
        two.setdefault(pair, {})[part] = member
        if until is None and part == PairPart.MENTOR:
            facts.mentees_of[member] += 1
        elif until is None:
            facts.mentored.add(member)
    zone = ZoneInfo(programme.organisation.timezone)
    for held in Relationship.objects.filter(programme=programme).select_related("carried_over").order_by():
        who = two[held.pk]
        facts.pairs.setdefault((who[PairPart.MENTOR], who[PairPart.MENTEE]), []).append(_held(held, zone))


def _held(held: Relationship, zone: ZoneInfo) -> Held:
    if carried := held.carried:
        return Held(held.state, held.ending, was_carried=True, started_on=carried.started_on)
    began = held.accepted_at or held.proposed_at
    return Held(held.state, held.ending, started_on=began.astimezone(zone).date())


# --- one check of one file


@dataclass
class Tally:
    """What a check found, in numbers and sentences."""

    outcomes: Counter[str] = field(default_factory=Counter)
    ended: int = 0
    remarks: list[PairRemark] = field(default_factory=list)

    def numbers(self) -> dict[str, int]:
        """The counts. Lines of totals and repeated headers are no rows."""
        counts = {outcome.value: self.outcomes[outcome] for outcome in RowOutcome}
        rows = sum(self.outcomes.values()) - counts[RowOutcome.SKIPPED]
        return {"rows": rows, **counts, "ended": self.ended}

    def report(self) -> dict[str, Any]:
        """What `import_pairs --json` prints."""
        refused = [
            {"row": held.row, "field": held.field, "reason": held.words} for held in self.remarks if held.is_refusal
        ]
        return {
            "rows": self.numbers()["rows"],
            "created": self.outcomes[RowOutcome.CREATED],
            "unchanged": self.outcomes[RowOutcome.UNCHANGED],
            "refused": refused,
        }


def today_of(programme: Programme) -> date:
    """The day where the organisation is."""
    return clock.today(programme.organisation.timezone)


class Staging:
    """One check of one file: `rows()` gives staging rows, not yet kept, and fills the tally."""

    def __init__(self, held: PairsImport, table: Table, mapping: Mapping) -> None:
        self.held, self.tally = held, Tally()
        programme = held.programme
        reader = Reader(mapping, advice.model(programme), today_of(programme))
        # All of it at once: who has a mentor already is known only from the whole file.
        self._read = list(islice(reader.all(table), MOST_PAIRS + 1))
        if len(self._read) > MOST_PAIRS:
            raise RosterRefused(_TOO_MANY)
        self._judge = Judge(facts_of(programme, [read.pair for read in self._read if read.pair]))

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self._read)

    def rows(self) -> Iterator[PairsRow]:
        """Each row of the file, judged."""
        for read in self._read:
            yield self._row(read)

    def _row(self, read: Read) -> PairsRow:
        row = PairsRow(pairs_import=self.held, spreadsheet_row=read.row, outcome=RowOutcome.REFUSED)
        remarks = read.remarks
        if read.pair:
            judged = self._judge.judge(read.pair)
            row.outcome, row.mentor_id, row.mentee_id = judged.outcome, judged.mentor, judged.mentee
            remarks = judged.remarks if row.outcome != RowOutcome.CREATED else (*remarks, *judged.remarks)
        elif not any(remark.is_refusal for remark in remarks):
            row.outcome = RowOutcome.SKIPPED
        if row.outcome == RowOutcome.REFUSED:
            row.cells = list(read.cells)
            remarks = tuple(remark for remark in remarks if remark.is_refusal)
        elif read.pair:
            row.data = read.pair.kept()
        row.remarks = [remark.kept() for remark in remarks]
        self.tally.outcomes[row.outcome] += 1
        self.tally.ended += int(row.outcome == RowOutcome.CREATED and bool(read.pair and read.pair.ended))
        self.tally.remarks += remarks
        return row


def judged_again(held: PairsImport, rows: list[PairsRow]) -> Iterator[RowOutcome]:
    """What would become of staged rows now: people and pairs may have changed since they were checked."""
    members = {member for row in rows for member in (row.mentor_id, row.mentee_id)}
    judge = Judge(facts_about(held.programme, members))
    for row in rows:
        pair = PairRow.from_kept(row.spreadsheet_row, row.data)
        yield judge.judge_two(pair, row.mentor_id, row.mentee_id).outcome


def seats_of(programme: Programme) -> tuple[dict[tuple[int, str], Participation], dict[int, set[int]]]:
    """Who takes part as what, and which places are taken, by participation."""
    held = Participation.objects.filter(programme=programme, until__isnull=True).exclude(part=Part.COORDINATOR)
    seats = {(one.membership_id, one.part): one for one in held.select_related("membership")}
    taken: dict[int, set[int]] = {}
    parties = Party.objects.filter(participation__programme=programme, until__isnull=True)
    for participation, place in parties.values_list("participation", "place_no"):
        taken.setdefault(participation, set()).add(place)
    return seats, taken
