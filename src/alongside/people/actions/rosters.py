"""A roster from the file to checked rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, files, jobs
from alongside.foundation.events import Who, event
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor, System
from alongside.foundation.identity.models import Membership, Organisation
from alongside.people import queries
from alongside.people.actions.leavers import propose_leavers
from alongside.people.engine import Found, Staging, Tally, find_present, judge, present
from alongside.people.models import RememberedColumns, RosterImport, RosterLeaver, RosterRow
from alongside.people.queries import own_fields
from alongside.people.queries.undoing import KEPT_DAYS
from alongside.people.roster import memory, own_columns
from alongside.people.roster.columns import Mapping, guess, why_not
from alongside.people.roster.headings import heading_at
from alongside.people.roster.tables import Table
from alongside.people.terms import Answer, ImportState, Outcome

if TYPE_CHECKING:
    from alongside.people.roster.person import PersonRow

SHAPES_REMEMBERED = 20
Progress = Callable[[int, int, str], None]
OPEN = (ImportState.COLUMNS, ImportState.READY, ImportState.REFUSED)
_BUSY = _("This roster is being worked on, or is done. Look at it again.")


def begin_import(
    table: Table,
    *,
    organisation: Organisation,
    by: Who,
    upload: Upload | None = None,
    programme: str = "",
    look: queries.Look | None = None,
) -> RosterImport:
    """Take a roster in hand: its columns are as last time, or guessed; nothing else happens yet.

    Raises RosterRefused.
    """
    roster = RosterImport(
        organisation=organisation,
        file_name=table.name[:200],
        upload_ref=upload.ref if upload else "",
        programme=programme,
        by=by.membership if isinstance(by, Actor) else None,
        created_at=clock.now(),
        **_seen(look or queries.first_look(organisation, table), table),
    )
    with event("roster.begun", by=by, about=roster):
        roster.save()
    return roster


def _seen(look: queries.Look, table: Table) -> dict[str, Any]:
    before = look.before
    return {
        "mapping": look.mapping.kept(),
        "sheet": table.sheet,
        "columns_by": before.by if before else None,
        "columns_at": before.at if before else None,
    }


def choose_columns(roster: RosterImport, mapping: Mapping, *, by: Who) -> None:
    """Keep what the columns mean, for this roster and the next. Raises NotPossible while they make no person,
    or once it is taken in.
    """
    held = own_fields.in_rosters(roster.organisation)
    if reason := why_not(mapping) or own_columns.why_not_here(mapping.headed, held):
        raise NotPossible(reason)
    with event("roster.columns_chosen", by=by, about=roster):
        who = by.membership if isinstance(by, Actor) else None
        changes = {"mapping": mapping.kept(), "columns_by": who, "columns_at": clock.now(), "fault": ""}
        _move(roster, OPEN, ImportState.COLUMNS, **changes)
        _remember(roster, mapping)


def _remember(roster: RosterImport, mapping: Mapping) -> None:
    RememberedColumns.objects.update_or_create(
        organisation=roster.organisation,
        shape=memory.shape_of(mapping),
        defaults={"mapping": mapping.kept(), "by": roster.columns_by, "at": roster.columns_at},
    )
    held = RememberedColumns.objects.filter(organisation=roster.organisation)
    held.exclude(pk__in=list(held.values_list("pk", flat=True)[:SHAPES_REMEMBERED])).delete()


def choose_sheet(roster: RosterImport, table: Table, *, by: Who) -> None:
    """Read another sheet of the workbook; its columns are as last time, or guessed. Raises NotPossible once it is
    taken in, and RosterRefused.
    """
    _look_again(roster, queries.first_look(roster.organisation, table), table, by=by)


def choose_heading(roster: RosterImport, table: Table, row: int, rows: int, *, by: Who) -> None:
    """Say where the headings stand. Raises NotPossible once it is taken in, and RosterRefused."""
    heading = heading_at(table.first(row), row, rows)
    _look_again(roster, queries.first_look(roster.organisation, table, heading), table, by=by)


def start_from_guesses(roster: RosterImport, table: Table, *, by: Who) -> None:
    """Put aside what was said of the columns, last time or now. Raises NotPossible once it is taken in."""
    _look_again(roster, queries.Look(guess(table)), table, by=by)


def _look_again(roster: RosterImport, look: queries.Look, table: Table, *, by: Who) -> None:
    with event("roster.columns_chosen", by=by, about=roster):
        _move(roster, OPEN, ImportState.COLUMNS, fault="", **_seen(look, table))


def _move(roster: RosterImport, allowed: tuple[ImportState, ...], to: ImportState, **changes: Any) -> None:
    """Compare and set: what work that has ended left behind counts as open."""
    held = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if queries.standing(held) not in allowed:
        raise NotPossible(_BUSY)
    RosterImport.objects.filter(pk=held.pk).update(state=to, **changes)
    roster.refresh_from_db()


def stage_roster(roster: RosterImport, table: Table, *, progress: Progress | None = None) -> Tally:
    """Check every row and keep what was found, in short transactions; earlier findings go.

    Raises RosterRefused for a file that cannot be read to its end: then no row is kept.
    """
    mapping = Mapping.from_kept(roster.mapping)
    RosterImport.objects.filter(pk=roster.pk).update(state=ImportState.CHECKING)
    total = sum(1 for _row in table.rows())
    _forget_rows(roster)
    staging = Staging(roster, table, mapping)
    for batch in staging.batches():
        RosterRow.objects.bulk_create(batch)
        if progress:
            progress(staging.tally.rows, total, str(_("Checking the rows")))
    _put_right(roster, staging)
    RosterImport.objects.filter(pk=roster.pk, state=ImportState.CHECKING).update(
        state=ImportState.READY, counts={**staging.tally.numbers(), **_how_read(table, mapping)}
    )
    roster.refresh_from_db()
    if roster.holds_everybody:
        propose_leavers(roster)
    return staging.tally


def _how_read(table: Table, mapping: Mapping) -> dict[str, Any]:
    """What the page says of the file beside its rows."""
    return {
        "left_out_columns": mapping.left_out,
        "other_sheets": [name for name in table.sheets if name != table.sheet],
        "joined": table.joined,
    }


def _forget_rows(roster: RosterImport) -> None:
    while True:
        some = list(RosterRow.objects.filter(roster_import=roster).values_list("pk", flat=True)[:5000])
        if not some:
            return
        RosterRow.objects.filter(pk__in=some).delete()


def _put_right(roster: RosterImport, staging: Staging) -> None:
    late = {remark.row: remark for remark in staging.late()}
    numbers = list(late)
    for start in range(0, len(numbers), 1000):
        rows = RosterRow.objects.filter(roster_import=roster, spreadsheet_row__in=numbers[start : start + 1000])
        changed = list(rows)
        for row in changed:
            staging.put_right(row, late[row.spreadsheet_row])
        RosterRow.objects.bulk_update(changed, ["remarks", "has_doubt", "changes", "outcome"])


_WORK = {
    "people.check_roster": (OPEN, ImportState.CHECKING),
    "people.commit_import": ((ImportState.READY,), ImportState.COMMITTING),
    "people.undo_import": ((ImportState.DONE,), ImportState.UNDOING),
}


def hand_over(roster: RosterImport, work: str, *, by: Actor, **more: bool) -> str:
    """Queue the check, the taking in or the taking back (`people.undo_import`, which takes `sparing`); the job's ref.

    Raises NotPossible while work on it is under way, and where it is not the time for this.
    """
    with transaction.atomic():
        _move(roster, *_WORK[work])
        job = jobs.enqueue(work, organisation=by.organisation_ref, by=by.ref, roster=roster.ref, **more)
        RosterImport.objects.filter(pk=roster.pk).update(job_ref=job.ref)
    roster.refresh_from_db()
    return job.ref


def give_back(roster: RosterImport, fault: str, state: str = ImportState.REFUSED) -> None:
    """After work that could not be done: say why, and let somebody mend it."""
    under_way = RosterImport.objects.filter(pk=roster.pk).exclude(state__in=(ImportState.DONE, ImportState.UNDONE))
    under_way.update(state=state, fault=fault[:300])


def answer_question(row: RosterRow, answer: str, *, by: Who) -> None:
    """Say whether two keys belong to one person. Raises NotPossible when there is nothing to answer any more."""
    with event("roster.answered", by=by, about=row.roster_import, row=row.spreadsheet_row, answer=answer):
        row = RosterRow.objects.select_for_update().select_related("roster_import__organisation").get(pk=row.pk)
        if row.outcome != Outcome.QUESTION or row.roster_import.state != ImportState.READY or not row.data:
            raise NotPossible(_("This question has been answered."))
        row.answer = Answer(answer)
        {Answer.LEAVE_OUT: _leave_out, Answer.OTHER: _somebody_else, Answer.SAME: _same_person}[row.answer](row)
        row.save()
        recount(row.roster_import)


def _leave_out(row: RosterRow) -> None:
    row.outcome = Outcome.SKIPPED


def _somebody_else(row: RosterRow) -> None:
    key = "work_address" if row.remarks[0]["code"] == "address_known" else "employee_number"
    other = "employee_number" if key == "work_address" else "work_address"
    if not row.data[other]:
        raise NotPossible(_("Without the employee number there is nothing to know this person by. Leave the row out."))
    row.data = {**row.data, key: ""}
    _judge_again(row)


def _same_person(row: RosterRow) -> None:
    remark = row.remarks[0]
    if remark["code"] != "number_elsewhere_in_file":
        key = {"number_known": "employee_number", "address_known": "work_address"}[remark["code"]]
        here = Membership.objects.get(organisation=row.roster_import.organisation, **{key: row.data[key]})
        judge(row, _person(row), next(iter(_all(present([here])))))
        return
    first = RosterRow.objects.select_for_update().get(
        roster_import=row.roster_import, spreadsheet_row=remark["facts"]["first"]
    )
    if row.data["work_address"] and first.data:
        first.data = {**first.data, "work_address": row.data["work_address"]}
        _judge_again(first)
        first.save()
    row.outcome = Outcome.SKIPPED


def _all(found: Found) -> list[Any]:
    return [*found.by_address.values(), *found.by_number.values()]


def _person(row: RosterRow) -> PersonRow:
    from alongside.people.roster.person import PersonRow  # noqa: PLC0415 -- brings pydantic along

    return PersonRow(**row.data)


def _judge_again(row: RosterRow) -> None:
    person = _person(row)
    judge(row, person, find_present(row.roster_import.organisation, [person]).of(person))


def recount(roster: RosterImport) -> None:
    """Count the outcomes anew, after an answer."""
    outcomes = list(RosterRow.objects.filter(roster_import=roster).order_by().values_list("outcome", flat=True))
    named = {Outcome.REFUSED: "refused", Outcome.QUESTION: "questions", Outcome.SKIPPED: "skipped"}
    roster.counts = {**roster.counts, **{named.get(held, held.value): outcomes.count(held) for held in Outcome}}
    RosterImport.objects.filter(pk=roster.pk).update(counts=roster.counts)


def discard_import(roster: RosterImport, *, by: Who) -> None:
    """Throw a roster away: its rows and its file go at once. Raises NotPossible once it is taken in."""
    with event("roster.discarded", by=by, about=roster):
        _move(roster, OPEN, ImportState.DISCARDED)
        RosterRow.objects.filter(roster_import=roster).delete()
        forget_file(roster)


def forget_file(roster: RosterImport) -> None:
    """Delete the uploaded file of a roster, if it is still there."""
    if upload := Upload.objects.filter(ref=roster.upload_ref).first():
        files.delete(upload)


def delete_old_rows() -> int:
    """Delete the rows of rosters that are 30 days old, and discard what was never taken in; how many rosters."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    old = RosterImport.objects.filter(created_at__lt=before, rows__isnull=False).distinct()
    count = 0
    for roster in old:
        with event("roster.rows_deleted", by=System(roster.organisation), about=roster):
            unfinished = RosterImport.objects.filter(pk=roster.pk, committed_at__isnull=True)
            unfinished.update(state=ImportState.DISCARDED)
            _forget_rows(roster)
            RosterLeaver.objects.filter(roster_import=roster).delete()
            forget_file(roster)
        count += 1
    return count
