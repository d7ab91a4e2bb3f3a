"""Writing a session down, and correcting what is written."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actors import Actor
from alongside.meetings import queries, rules
from alongside.meetings.actions.base import (
    ChangedMeanwhile,
    Plan,
    Record,
    WrittenAlready,
    keep_action,
    keep_note,
    keep_summary,
    locked,
    refuse,
    save,
    writable,
    written,
)
from alongside.meetings.actions.planning import plan
from alongside.meetings.models import Attendance, LogDraft, Preparation, PrivateNote, Session, Summary
from alongside.meetings.terms import SessionState
from alongside.relationships.actions import move_on_if_ready
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair


def write_down(pair: Pair, session: Session | None, record: Record, *, by: Actor) -> Session:
    """Write down a planned session, or one that was not planned (None); the same `key` twice is one session.

    When not both came, it is kept as one that did not take place. Raises WrittenAlready with the session that the
    same key, or the other one, has written down; NotPossible for what cannot have been.
    """
    with transaction.atomic():
        relationship = writable(pair.relationship)
        before = Session.objects.filter(relationship=relationship, log_key=record.key, recorded_by=by.membership)
        if same := before.first():
            raise WrittenAlready(same)
        state = rules.outcome(party.part in record.present for party in _parties(pair))
        refuse(rules.fault_of_record(record.starts_at, clock.now()), rules.fault_of_length(record.minutes))
        fresh = _to_be_written(relationship, session, state)
        with event("session.written_down", by=by, about=fresh, outcome=state.value):
            _record(fresh, state, record, by)
            _keep_attendance(pair, fresh, record)
            _keep_texts(fresh, record, by)
            _plan_next(pair, fresh, record, by)
            LogDraft.objects.filter(relationship=relationship, session=session, author=by.membership).delete()
            if state == SessionState.HELD:
                move_on_if_ready(pair.relationship, by=by)
    return fresh


def _to_be_written(relationship: Relationship, session: Session | None, state: str) -> Session:
    if session is None:
        return Session(relationship=relationship, planned_by=None)
    fresh = locked(session)
    if fresh.state == SessionState.HELD:
        raise WrittenAlready(fresh)
    refuse(rules.why_not_become(fresh.state, state))
    return fresh


def _record(session: Session, state: str, record: Record, by: Actor) -> None:
    session.state, session.starts_at, session.mode = state, record.starts_at, record.mode
    session.recorded_by, session.recorded_at, session.log_key = by.membership, clock.now(), record.key
    session.before_agreement = queries.is_before_agreement(session.relationship, record.starts_at)
    if session.pk is None:
        session.planned_minutes = record.minutes
    if state == SessionState.HELD:
        session.held_minutes, session.number = record.minutes, queries.next_number(session.relationship)
    save(session, _("This form has been used already. Open it again."))


def _keep_attendance(pair: Pair, session: Session, record: Record) -> None:
    for party in _parties(pair):
        came = {"attended": party.part in record.present}
        Attendance.objects.update_or_create(session=session, party=party, defaults=came)


def _keep_texts(session: Session, record: Record, by: Actor) -> None:
    if record.summary:
        keep_summary(session, record.summary, by)
    if record.note:
        keep_note(session, record.note, by)
    for wanted in record.actions:
        keep_action(session, wanted, by)


def _plan_next(pair: Pair, session: Session, record: Record, by: Actor) -> None:
    if record.next_at is not None:
        held = Preparation.objects.filter(session=session).first()
        place = queries.text_of(held, "place")
        plan(pair, Plan(record.next_at, record.minutes, record.mode, place), by=by, notify=False)


def edit(session: Session, *, starts_at: datetime, minutes: int, summary: str, seen: int, note: str, by: Actor) -> None:
    """Correct a session, its shared summary and one's own note in one go, and forget the draft of it.

    Raises ChangedMeanwhile when the other one has changed the summary since; then nothing is changed.
    """
    with transaction.atomic():
        correct(session, starts_at=starts_at, minutes=minutes, by=by)
        change_summary(session, words=summary, seen=seen, by=by)
        change_note(session, words=note, by=by)
        LogDraft.objects.filter(session=session, author=by.membership).delete()


def correct(session: Session, *, starts_at: datetime, minutes: int, by: Actor) -> None:
    """Correct when a session was and how long it took. Nothing happens where both are as they were."""
    with transaction.atomic():
        fresh = written(session)
        if (fresh.starts_at, fresh.held_minutes) == (starts_at, minutes):
            return
        refuse(rules.fault_of_record(starts_at, clock.now()), rules.fault_of_length(minutes))
        with event("session.corrected", by=by, about=fresh):
            fresh.starts_at, fresh.held_minutes = starts_at, minutes
            fresh.before_agreement = queries.is_before_agreement(fresh.relationship, starts_at)
            fresh.save(update_fields=["starts_at", "held_minutes", "before_agreement"])


def change_summary(session: Session, *, words: str, seen: int, by: Actor) -> None:
    """Change the shared summary; `seen` is the revision that the writer began from, 0 where there was none.

    Raises ChangedMeanwhile when the other one has changed it since: nothing is overwritten unseen.
    """
    with transaction.atomic():
        fresh = written(session)
        held = Summary.objects.filter(session=fresh).first()
        if _is_same(held, words):
            return
        if (held.revision if held else 0) != seen:
            raise ChangedMeanwhile(_("This was changed while you were writing. Put the two together and save again."))
        with event("session.summary_changed", by=by, about=fresh):
            keep_summary(fresh, words, by)


def change_note(session: Session, *, words: str, by: Actor) -> None:
    """Change one's own private note; empty words take it away."""
    with transaction.atomic():
        fresh = written(session)
        held = PrivateNote.objects.filter(session=fresh, author=by.membership).first()
        if _is_same(held, words):
            return
        with event("session.note_changed", by=by, about=fresh, notify=False):
            if words:
                keep_note(fresh, words, by)
            elif held:
                held.delete()


def _is_same(held: Summary | PrivateNote | None, words: str) -> bool:
    return (queries.unsealed([(held, "words")])[0] if held else "") == words


def _parties(pair: Pair) -> tuple[Any, Any]:
    return pair.mentor_party, pair.mentee_party
