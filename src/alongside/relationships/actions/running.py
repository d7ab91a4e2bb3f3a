"""A file of running pairs, from the upload to checked rows."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs
from alongside.foundation.events import Who, event
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor, System
from alongside.foundation.sets import handfuls
from alongside.people import queries as people
from alongside.people.actions.rosters import forget_file
from alongside.people.roster.tables import Table
from alongside.people.terms import ImportState
from alongside.programmes.models import Programme
from alongside.programmes.rules import fault_of_state
from alongside.relationships.engine import BATCH, Progress, Staging, Tally
from alongside.relationships.models import PairsImport, PairsRow
from alongside.relationships.queries import running
from alongside.relationships.running_pairs.columns import Mapping, guess, why_not

OPEN = (ImportState.COLUMNS, ImportState.READY, ImportState.REFUSED)
CHECK, COMMIT = "relationships.check_pairs", "relationships.commit_pairs"
_BUSY = _("This file is being worked on, or is done. Look at it again.")


def begin(table: Table, *, programme: Programme, by: Who, upload: Upload | None = None) -> PairsImport:
    """Take a file in hand: its columns are guessed, nothing else happens yet.

    Raises RosterRefused for an empty file, and NotPossible for a closed programme.
    """
    refuse_closed(programme)
    held = PairsImport(
        programme=programme,
        file_name=table.name[:200],
        upload_ref=upload.ref if upload else "",
        sheet=table.sheet,
        mapping=guess(table).kept(),
        by=by.membership if isinstance(by, Actor) else None,
        created_at=clock.now(),
    )
    with event("pairs_import.begun", by=by, about=held):
        held.save()
    return held


def refuse_closed(programme: Programme) -> None:
    """Raises NotPossible for a closed programme: nothing begins in it any more."""
    if reason := fault_of_state(programme.state):
        raise NotPossible(reason)


def choose_columns(held: PairsImport, mapping: Mapping, *, by: Who) -> None:
    """Keep what the columns mean. Raises NotPossible while they make no pair, or once it is taken in."""
    if reason := why_not(mapping):
        raise NotPossible(reason)
    with event("pairs_import.columns_chosen", by=by, about=held):
        _move(held, OPEN, ImportState.COLUMNS, mapping=mapping.kept(), fault="")


def choose_sheet(held: PairsImport, table: Table, *, by: Who) -> None:
    """Read another sheet of the workbook; its columns are guessed. Raises NotPossible once it is taken in."""
    with event("pairs_import.columns_chosen", by=by, about=held):
        _move(held, OPEN, ImportState.COLUMNS, mapping=guess(table).kept(), sheet=table.sheet, fault="")


def _move(held: PairsImport, allowed: tuple[ImportState, ...], to: ImportState, **changes: Any) -> None:
    """Compare and set: what work that has ended left behind counts as open."""
    locked = PairsImport.objects.select_for_update().get(pk=held.pk)
    if people.standing(locked) not in allowed:
        raise NotPossible(_BUSY)
    PairsImport.objects.filter(pk=held.pk).update(state=to, **changes)
    held.refresh_from_db(fields=["state", *changes])


def stage(held: PairsImport, table: Table, *, progress: Progress | None = None) -> Tally:
    """Check every row and keep what was found, in short transactions; earlier findings go.

    Raises RosterRefused for a file that cannot be read to its end: then no row is kept.
    """
    mapping = Mapping.from_kept(held.mapping)
    PairsImport.objects.filter(pk=held.pk).update(state=ImportState.CHECKING)
    forget_rows(held)
    staging = Staging(held, table, mapping)
    done = 0
    for rows in handfuls(staging.rows(), BATCH):
        PairsRow.objects.bulk_create(rows)
        done += len(rows)
        if progress:
            progress(done, staging.total, str(_("Checking the rows")))
    PairsImport.objects.filter(pk=held.pk, state=ImportState.CHECKING).update(
        state=ImportState.READY, counts={**staging.tally.numbers(), "left_out_columns": mapping.left_out}
    )
    held.refresh_from_db(fields=["state", "counts"])
    return staging.tally


def forget_rows(held: PairsImport) -> None:
    """Delete the rows of a file, in short transactions."""
    while found := list(PairsRow.objects.filter(pairs_import=held).values_list("pk", flat=True)[:5000]):
        PairsRow.objects.filter(pk__in=found).delete()


def hand_over(held: PairsImport, work: str, *, by: Actor) -> str:
    """Queue the check or the taking in; the job's ref.

    Raises NotPossible while work on it is under way, once it is done, and for a closed programme.
    """
    refuse_closed(held.programme)
    with transaction.atomic():
        if work == CHECK:
            _move(held, OPEN, ImportState.CHECKING)
        else:
            _move(held, (ImportState.READY,), ImportState.COMMITTING)
        job = jobs.enqueue(work, organisation=by.organisation_ref, by=by.ref, held=held.ref)
        PairsImport.objects.filter(pk=held.pk).update(job_ref=job.ref)
    held.refresh_from_db(fields=["job_ref"])
    return job.ref


def give_back(held: PairsImport, fault: str, state: str = ImportState.REFUSED) -> None:
    """After work that could not be done: say why, and let somebody mend it."""
    PairsImport.objects.filter(pk=held.pk).exclude(state=ImportState.DONE).update(state=state, fault=fault[:300])


def discard(held: PairsImport, *, by: Who) -> None:
    """Throw a file away: its rows go at once. Raises NotPossible once it is taken in."""
    with event("pairs_import.discarded", by=by, about=held):
        _move(held, OPEN, ImportState.DISCARDED)
        PairsRow.objects.filter(pairs_import=held).delete()
        forget_file(held)


def delete_old_rows() -> int:
    """Delete the rows of files that are 30 days old, and discard what was never taken in; how many files."""
    count = 0
    for held in running.old_imports():
        with event("pairs_import.rows_deleted", by=System(held.programme.organisation), about=held):
            unfinished = PairsImport.objects.filter(pk=held.pk, committed_at__isnull=True)
            unfinished.update(state=ImportState.DISCARDED)
            PairsImport.objects.filter(pk=held.pk).update(added=[], raised={})
            forget_rows(held)
            forget_file(held)
        count += 1
    return count
