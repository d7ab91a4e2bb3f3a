"""Reads of rosters on their way in."""

from dataclasses import dataclass

from django.db.models import Case, OuterRef, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, Lower

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import OPEN as OPEN_JOBS
from alongside.people import policy
from alongside.people.models import RememberedColumns, RosterImport, RosterRow
from alongside.people.queries import own_fields
from alongside.people.queries.staged import Said
from alongside.people.roster import memory
from alongside.people.roster.checking import Known
from alongside.people.roster.columns import Mapping, guess
from alongside.people.roster.headings import Heading
from alongside.people.roster.tables import Table
from alongside.people.terms import ImportState, Outcome


def imports_visible_to(actor: Actor) -> QuerySet[RosterImport]:
    """The rosters of the organisation, for whoever may bring people in."""
    if not policy.manages_people(actor, None):
        return RosterImport.objects.none()
    return RosterImport.objects.filter(organisation=actor.organisation)


def known(organisation: Organisation) -> Known:
    """Who is in an organisation, as the check of a roster needs it."""
    number_of: dict[str, str] = {}
    address_of: dict[str, str] = {}
    left: set[str] = set()
    people = Membership.objects.filter(organisation=organisation).exclude(state=MembershipState.ERASED)
    for address, number, state in people.values_list("work_address", "employee_number", "state").iterator(5000):
        address = address.lower()
        if address:
            number_of[address] = number
        if number:
            address_of[number] = address
        if state == MembershipState.LEFT:
            left |= {key for key in (address, number) if key}
    return Known(number_of, address_of, frozenset(left), own_fields.in_rosters(organisation))


def rows_of(roster_import: RosterImport, outcome: str = "") -> QuerySet[RosterRow]:
    """The checked rows of a roster in the file's order, of one outcome if asked."""
    rows = RosterRow.objects.filter(roster_import=roster_import)
    return (rows.filter(outcome=outcome) if outcome else rows).order_by("spreadsheet_row")


def remarked(roster_import: RosterImport) -> QuerySet[RosterRow]:
    """The rows that are people, with something said about them."""
    taken = (Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED)
    return rows_of(roster_import).filter(outcome__in=taken).exclude(remarks=[])


def people_of(roster_import: RosterImport) -> QuerySet[RosterRow]:
    """The rows of a committed roster that are people, each with its membership: what import steps read."""
    return rows_of(roster_import).filter(membership__isnull=False, data__isnull=False).select_related("membership")


def new_managers(roster_import: RosterImport) -> QuerySet[RosterRow]:
    """The rows that give somebody who is here another line manager who is here too, with `manager`: a membership."""
    here = Membership.objects.filter(organisation=roster_import.organisation_id)
    address = here.exclude(work_address="").annotate(folded=Lower("work_address"))
    number = here.exclude(employee_number="").filter(employee_number=OuterRef("manager_number"))
    by_address = Subquery(address.filter(folded=OuterRef("manager_address")).order_by().values("pk"))
    found = Case(When(manager_address="", then=Subquery(number.order_by().values("pk"))), default=by_address)
    rows = RosterRow.objects.filter(roster_import=roster_import, outcome=Outcome.CHANGED, membership__isnull=False)
    said = {name: Said(name) for name in ("manager_address", "manager_number")}
    rows = rows.annotate(changed=Cast("changes", TextField())).filter(changed__contains='"manager"')
    return rows.annotate(**said).annotate(manager=found).order_by()


def standing(roster: RosterImport) -> str:
    """How far a roster has come. What a job left behind that ended early counts as before the job."""
    before = {
        ImportState.CHECKING: ImportState.COLUMNS,
        ImportState.COMMITTING: ImportState.READY,
        ImportState.UNDOING: ImportState.DONE,
    }
    if roster.state in before and not Job.objects.filter(ref=roster.job_ref, state__in=OPEN_JOBS).exists():
        return str(before[ImportState(roster.state)])
    return str(roster.state)


@dataclass(frozen=True)
class Look:
    """What a file's columns mean at first sight, and whose earlier choice that follows, if anybody's."""

    mapping: Mapping
    before: RememberedColumns | None = None


def first_look(organisation: Organisation, table: Table, heading: Heading | None = None) -> Look:
    """The columns as last time where somebody has been through nearly the same ones, else guessed.

    Raises RosterRefused.
    """
    guessed = guess(table, heading=heading)
    before = remembered(organisation, guessed)
    if before is None:
        return Look(guessed)
    return Look(guess(table, heading=heading, before=Mapping.from_kept(before.mapping)), before)


def remembered(organisation: Organisation, mapping: Mapping) -> RememberedColumns | None:
    """What was last said of the columns of a file that looks nearly the same."""
    held = list(RememberedColumns.objects.filter(organisation=organisation).select_related("by"))
    place = memory.likest(mapping, [Mapping.from_kept(one.mapping) for one in held])
    return None if place is None else held[place]
