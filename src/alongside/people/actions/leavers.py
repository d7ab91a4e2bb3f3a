"""Who is not in a roster that holds everybody: proposed, chosen, and let go one by one after the people are in.

Leaving is a step of its own, after the taking in: taking in tells nobody anything, while leaving ends pairs and tells
partners and coordinators. By then the new people are there to be paired with, and each leaving is a short transaction.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from alongside.foundation import jobs, sets
from alongside.foundation.events import Who, event
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people import queries
from alongside.people.engine import with_address, with_number
from alongside.people.models import RosterImport, RosterLeaver, RosterRow
from alongside.people.queries import leavers as reads
from alongside.people.queries.people import GONE
from alongside.people.terms import ImportState, Outcome

_AT_ONCE = 500


def say_everybody(roster: RosterImport, everybody: bool, *, by: Who) -> None:
    """Say whether a file holds everybody. If it does, whoever is here and not in it is proposed to leave.

    Raises NotPossible for a roster of a programme, and while it is worked on.
    """
    with event("roster.everybody", by=by, about=roster, everybody=everybody) as happened:
        held = RosterImport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=roster.pk)
        if not reads.may_hold_everybody(held):
            raise NotPossible(_("A roster for one programme says nothing of those who are not in it."))
        if queries.standing(held) not in (ImportState.READY, ImportState.DONE) or reads.is_letting_go(held):
            raise NotPossible(_("This roster is being worked on, or was taken back. Look at it again."))
        RosterImport.objects.filter(pk=held.pk).update(holds_everybody=everybody)
        happened.codes["count"] = propose_leavers(held) if everybody else _propose_nobody(held)
    roster.refresh_from_db()


def _propose_nobody(roster: RosterImport) -> int:
    RosterLeaver.objects.filter(roster_import=roster, left_at__isnull=True).delete()
    return 0


def propose_leavers(roster: RosterImport) -> int:
    """List anew who is not in the file, besides those who have left because of it. How many there are."""
    _propose_nobody(roster)
    held = RosterLeaver.objects.filter(roster_import=roster)
    missing = reads.missing_from(roster).exclude(pk__in=held.values("membership"))
    empty = {"perhaps_row": None, "chosen": False, "state_before": "", "left_at": None}
    sets.insert_from(RosterLeaver, missing, roster_import=roster.pk, membership=F("pk"), **empty)
    for rows in _some_at_once(_rows_that_are_nobody(roster)):
        _spare_whom_rows_speak_of(roster, rows)
    return held.count()


def _rows_that_are_nobody(roster: RosterImport) -> Iterable[RosterRow]:
    rows = RosterRow.objects.filter(roster_import=roster, membership__isnull=True)
    rows = rows.exclude(outcome=Outcome.CREATED).exclude(keys=[], name="")
    return rows.only("keys", "name", "spreadsheet_row", "outcome").order_by("spreadsheet_row").iterator(_AT_ONCE)


def _some_at_once(rows: Iterable[RosterRow]) -> Iterator[list[RosterRow]]:
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _spare_whom_rows_speak_of(roster: RosterImport, rows: list[RosterRow]) -> None:
    """A row that is not taken in still names somebody: by address or number surely, by name perhaps."""
    keys = {key for row in rows for key in row.keys}
    here = roster.organisation
    for people in (with_address(here).filter(folded__in=keys), with_number(here).filter(employee_number__in=keys)):
        RosterLeaver.objects.filter(roster_import=roster, membership__in=people.values("pk"), chosen=False).delete()
    named = {row.name: row.spreadsheet_row for row in rows if row.name and row.outcome != Outcome.SKIPPED}
    perhaps = list(reads.undecided(roster).filter(membership__name__in=list(named)))
    for leaver in perhaps:
        leaver.perhaps_row = named[leaver.membership.name]
    RosterLeaver.objects.bulk_update(perhaps, ["perhaps_row"])


def let_leave(roster: RosterImport, refs: Iterable[str] | None, *, by: Actor) -> str:
    """Have the chosen ones leave, one after the other, by work that is queued; the job's ref. None means all.

    Raises NotPossible where nobody can be chosen, and for whoever cannot leave.
    """
    with event("roster.leavers_chosen", by=by, about=roster) as happened:
        held = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster.pk)
        if held.state != ImportState.DONE or not held.holds_everybody:
            raise NotPossible(_("Take the people in first; then those who are not in the file can leave."))
        if reads.is_letting_go(held):
            raise NotPossible(_("Others are leaving at this moment. Wait until that is done."))
        chosen = reads.all_undecided(held, by) if refs is None else reads.undecided(held)
        people = list(chosen if refs is None else chosen.filter(membership__ref__in=list(refs)))
        _refuse_impossible(people, by)
        RosterLeaver.objects.filter(pk__in=[leaver.pk for leaver in people]).update(chosen=True)
        job = jobs.enqueue("people.let_leave", organisation=by.organisation_ref, by=by.ref, roster=roster.ref)
        RosterImport.objects.filter(pk=held.pk).update(job_ref=job.ref)
        happened.codes["count"] = len(people)
    return job.ref


def _refuse_impossible(people: list[RosterLeaver], by: Actor) -> None:
    if not people:
        raise NotPossible(_("Tick the people who leave first."))
    for reason in reads.why_not_leave(by, [leaver.membership for leaver in people]).values():
        raise NotPossible(reason)


def leave_one(leaver: RosterLeaver, *, by: Actor) -> bool:
    """Let one of the chosen leave, in a transaction of its own; False where they cannot any more."""
    try:
        with transaction.atomic():
            held = RosterLeaver.objects.select_for_update().get(pk=leaver.pk)
            member = (
                Membership.objects.select_for_update(of=("self",))
                .select_related("organisation")
                .get(pk=held.membership_id)
            )
            if held.left_at:
                return True
            if member.state in GONE:  # by another way meanwhile
                held.delete()
                return False
            held.state_before = member.state
            held.left_at = identity.leave(member, by=by)
            held.save(update_fields=["state_before", "left_at"])
    except NotPossible:
        RosterLeaver.objects.filter(pk=leaver.pk).update(chosen=False)
        return False
    return True


def keep_the_others(roster: RosterImport, *, by: Who) -> None:
    """Nobody else leaves: whoever is still undecided stays, and is asked about no more."""
    with event("roster.others_stay", by=by, about=roster) as happened:
        if reads.is_letting_go(RosterImport.objects.select_for_update().get(pk=roster.pk)):
            raise NotPossible(_("Others are leaving at this moment. Wait until that is done."))
        happened.codes["count"] = reads.undecided(roster).count()
        _propose_nobody(roster)
