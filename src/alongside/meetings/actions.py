"""Every change of sessions: planning, moving, cancelling, preparing, writing down, correcting, acting on them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.meetings import queries, rules
from alongside.meetings.models import ActionItem, Attendance, LogDraft, Preparation, PrivateNote, Session, Summary
from alongside.meetings.terms import LONGEST_DRAFT, Mode, SessionState
from alongside.relationships.actions import move_on_if_ready
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair


class ChangedMeanwhile(NotPossible):
    """Somebody else changed a shared text while this one was being written; nothing was overwritten."""


class WrittenAlready(NotPossible):
    """The session has been written down, by the same form sent twice or by the other one; here it is."""

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__(_("This session has been written down already."))


@dataclass(frozen=True)
class Plan:
    """When and how two people want to meet."""

    starts_at: datetime
    minutes: int
    mode: str = Mode.VIDEO
    place: str = ""
    agenda: str = ""


@dataclass(frozen=True)
class NewAction:
    """Something that one of the two will do."""

    words: str
    owner: Membership
    due_on: date | None = None


@dataclass(frozen=True)
class Record:
    """A session as somebody writes it down. `present` holds the parts of those who came; `key` makes it happen once."""

    starts_at: datetime
    minutes: int
    present: frozenset[str]
    key: str
    mode: str = Mode.VIDEO
    summary: str = ""
    note: str = ""
    actions: Sequence[NewAction] = ()
    next_at: datetime | None = None


def plan(pair: Pair, wanted: Plan, *, by: Actor, notify: bool = True) -> Session:
    """Plan a session. Raises NotPossible when it cannot be then, or one is planned for that very time."""
    with transaction.atomic():
        relationship = _writable(pair.relationship)
        _refuse(rules.fault_of_plan(wanted.starts_at, clock.now()))
        session = _planned(relationship, wanted, by)
        with event("session.planned", by=by, about=session, notify=notify):
            _save_planned(session)
            _prepare(session, wanted.place, wanted.agenda, by)
    return session


def change(session: Session, wanted: Plan, *, by: Actor) -> Session:
    """Move a planned session, or change how long and where it is; what it should be about goes along.

    A new time makes a new session, and the old one stays behind as moved. Raises NotPossible.
    """
    with transaction.atomic():
        fresh = _fresh(session, SessionState.MOVED)
        _refuse(rules.fault_of_length(wanted.minutes))
        preparation = Preparation.objects.filter(session=fresh).first()
        agenda = (vault.unseal_one(preparation.agenda, preparation.ref) or "") if preparation else ""
        if wanted.starts_at == fresh.starts_at:
            return _change_here(fresh, wanted, agenda, by)
        _refuse(rules.fault_of_plan(wanted.starts_at, clock.now()))
        new = _planned(fresh.relationship, wanted, by)
        with event("session.moved", by=by, about=new, moved_from=fresh.ref):
            _save_planned(new)
            fresh.state, fresh.moved_to = SessionState.MOVED, new
            fresh.save(update_fields=["state", "moved_to"])
            _prepare(new, wanted.place, agenda, by)
    return new


def _change_here(session: Session, wanted: Plan, agenda: str, by: Actor) -> Session:
    with event("session.changed", by=by, about=session):
        session.planned_minutes, session.mode = wanted.minutes, wanted.mode
        session.save(update_fields=["planned_minutes", "mode"])
        _prepare(session, wanted.place, agenda, by)
    return session


def cancel(session: Session, *, by: Actor) -> None:
    """Cancel a planned session. It can be planned again. Raises NotPossible when it is no longer planned."""
    with transaction.atomic():
        fresh = _fresh(session, SessionState.CANCELLED)
        with event("session.cancelled", by=by, about=fresh):
            fresh.state = SessionState.CANCELLED
            fresh.save(update_fields=["state"])


def prepare(session: Session, *, agenda: str, seen: int, by: Actor) -> None:
    """Write what a planned session should be about. `seen` is the revision that the writer began from.

    Raises ChangedMeanwhile when the other one has written since.
    """
    with transaction.atomic():
        fresh = _locked(session)
        if fresh.state != SessionState.PLANNED:
            raise NotPossible(_("This session is no longer ahead. Write what you talked about into its summary."))
        held = Preparation.objects.filter(session=fresh).first()
        if (held.revision if held else 0) != seen:
            raise ChangedMeanwhile(_("This was changed while you were writing. Put the two together and save again."))
        with event("session.prepared", by=by, about=fresh):
            place = (vault.unseal_one(held.place, held.ref) or "") if held else ""
            _prepare(fresh, place, agenda, by)


def write_down(pair: Pair, session: Session | None, record: Record, *, by: Actor) -> Session:
    """Write down a planned session, or one that was not planned (None); the same `key` twice is one session.

    When not both came, it is kept as one that did not take place. Raises WrittenAlready with the session that the
    same key, or the other one, has written down; NotPossible for what cannot have been.
    """
    with transaction.atomic():
        relationship = _writable(pair.relationship)
        before = Session.objects.filter(relationship=relationship, log_key=record.key, recorded_by=by.membership)
        if written := before.first():
            raise WrittenAlready(written)
        state = rules.outcome(party.part in record.present for party in _parties(pair))
        _refuse(rules.fault_of_record(record.starts_at, clock.now()), rules.fault_of_length(record.minutes))
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
    fresh = _locked(session)
    if fresh.state == SessionState.HELD:
        raise WrittenAlready(fresh)
    _refuse(rules.why_not_become(fresh.state, state))
    return fresh


def _record(session: Session, state: str, record: Record, by: Actor) -> None:
    session.state, session.starts_at, session.mode = state, record.starts_at, record.mode
    session.recorded_by, session.recorded_at, session.log_key = by.membership, clock.now(), record.key
    session.before_agreement = queries.is_before_agreement(session.relationship, record.starts_at)
    if session.pk is None:
        session.planned_minutes = record.minutes
    if state == SessionState.HELD:
        session.held_minutes, session.number = record.minutes, queries.next_number(session.relationship)
    _save(session, _("This form has been used already. Open it again."))


def _keep_attendance(pair: Pair, session: Session, record: Record) -> None:
    for party in _parties(pair):
        came = {"attended": party.part in record.present}
        Attendance.objects.update_or_create(session=session, party=party, defaults=came)


def _keep_texts(session: Session, record: Record, by: Actor) -> None:
    if record.summary:
        _summarise(session, record.summary, by)
    if record.note:
        _note(session, record.note, by)
    for wanted in record.actions:
        _add(session, wanted, by)


def _plan_next(pair: Pair, session: Session, record: Record, by: Actor) -> None:
    if record.next_at is not None:
        held = Preparation.objects.filter(session=session).first()
        place = (vault.unseal_one(held.place, held.ref) or "") if held else ""
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
        fresh = _written(session)
        if (fresh.starts_at, fresh.held_minutes) == (starts_at, minutes):
            return
        _refuse(rules.fault_of_record(starts_at, clock.now()), rules.fault_of_length(minutes))
        with event("session.corrected", by=by, about=fresh):
            fresh.starts_at, fresh.held_minutes = starts_at, minutes
            fresh.before_agreement = queries.is_before_agreement(fresh.relationship, starts_at)
            fresh.save(update_fields=["starts_at", "held_minutes", "before_agreement"])


def change_summary(session: Session, *, words: str, seen: int, by: Actor) -> None:
    """Change the shared summary; `seen` is the revision that the writer began from, 0 where there was none.

    Raises ChangedMeanwhile when the other one has changed it since: nothing is overwritten unseen.
    """
    with transaction.atomic():
        fresh = _written(session)
        held = Summary.objects.filter(session=fresh).first()
        if _is_same(held, words):
            return
        if (held.revision if held else 0) != seen:
            raise ChangedMeanwhile(_("This was changed while you were writing. Put the two together and save again."))
        with event("session.summary_changed", by=by, about=fresh):
            _summarise(fresh, words, by)


def change_note(session: Session, *, words: str, by: Actor) -> None:
    """Change one's own private note; empty words take it away."""
    with transaction.atomic():
        fresh = _written(session)
        held = PrivateNote.objects.filter(session=fresh, author=by.membership).first()
        if _is_same(held, words):
            return
        with event("session.note_changed", by=by, about=fresh, notify=False):
            if words:
                _note(fresh, words, by)
            elif held:
                held.delete()


def add_action(session: Session, wanted: NewAction, *, by: Actor) -> ActionItem:
    """Agree an action in a session that is written down."""
    with transaction.atomic():
        fresh = _written(session)
        with event("action_item.added", by=by, about=fresh):
            return _add(fresh, wanted, by)


def finish_action(item: ActionItem, *, by: Actor) -> None:
    """Tick an action as done; doing so twice changes nothing."""
    _tick(item, "action_item.done", to=True, by=by)


def reopen_action(item: ActionItem, *, by: Actor) -> None:
    """Take an action up again that was ticked."""
    _tick(item, "action_item.reopened", to=False, by=by)


def _tick(item: ActionItem, name: str, *, to: bool, by: Actor) -> None:
    with transaction.atomic():
        _writable(item.session.relationship)
        fresh = ActionItem.objects.select_for_update().get(pk=item.pk)
        if (fresh.done_at is not None) == to:
            return
        with event(name, by=by, about=fresh):
            fresh.done_at = clock.now() if to else None
            fresh.save(update_fields=["done_at"])


def keep_draft(pair: Pair, session: Session | None, words: Mapping[str, Any], *, by: Actor) -> LogDraft:
    """Keep what somebody has begun to write about a session, sealed with their own key.

    No event: it happens every few seconds and nobody else ever sees it. Raises NotPossible for what is too long,
    and when its form (`key`) has been handed in: what arrives late is no draft.
    """
    text = json.dumps(dict(words), ensure_ascii=False)
    if len(text) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept. Shorten it to about twelve pages."))
    with transaction.atomic():
        key = {"relationship": _writable(pair.relationship), "session": session, "author": by.membership}
        if Session.objects.filter(relationship=pair.relationship, log_key=words.get("key") or "-").exists():
            raise NotPossible(_("This session has been written down already."))
        draft = LogDraft.objects.filter(**key).first() or LogDraft(**key)
        draft.words = vault.seal(text, owner=by.membership.key_owner, row=draft.ref)
        draft.kept_at = clock.now()
        draft.save()
    return draft


def drop_draft(pair: Pair, session: Session | None, *, by: Actor) -> None:
    """Forget what somebody has begun to write about a session."""
    LogDraft.objects.filter(relationship=pair.relationship, session=session, author=by.membership).delete()


def _parties(pair: Pair) -> tuple[Any, Any]:
    return pair.mentor_party, pair.mentee_party


def _writable(relationship: Relationship) -> Relationship:
    """The pair, locked. Raises NotPossible after its end and before both have said yes."""
    fresh = Relationship.objects.select_for_update().get(pk=relationship.pk)
    if reason := rules.why_not_write(fresh.accepted_at is not None, fresh.is_open):
        raise NotPossible(reason)
    return fresh


def _locked(session: Session) -> Session:
    relationship = _writable(session.relationship)
    fresh = Session.objects.select_for_update().get(pk=session.pk)
    fresh.relationship = relationship
    return fresh


def _fresh(session: Session, to: str) -> Session:
    fresh = _locked(session)
    if reason := rules.why_not_become(fresh.state, to):
        raise NotPossible(reason)
    return fresh


def _written(session: Session) -> Session:
    fresh = _locked(session)
    if fresh.state != SessionState.HELD:
        raise NotPossible(_("Write this session down first."))
    return fresh


def _refuse(*faults: rules.Sentence | None) -> None:
    for fault in faults:
        if fault:
            raise NotPossible(fault)


def _planned(relationship: Relationship, wanted: Plan, by: Actor) -> Session:
    _refuse(rules.fault_of_length(wanted.minutes))
    return Session(
        relationship=relationship,
        starts_at=wanted.starts_at,
        planned_minutes=wanted.minutes,
        mode=wanted.mode,
        planned_by=by.membership,
    )


def _save_planned(session: Session) -> None:
    # Pressed twice, or both planned it in the same moment: the constraint lets one of them through.
    _save(session, _("A session is planned for that time already."))


def _save(session: Session, taken: rules.Sentence) -> None:
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        raise NotPossible(taken) from error


def _prepare(session: Session, place: str, agenda: str, by: Actor) -> None:
    held = Preparation.objects.filter(session=session).first()
    if held is None and not place and not agenda:
        return
    row = held or Preparation(session=session)
    owner = session.relationship.key_owner
    row.place = vault.seal(place, owner=owner, row=row.ref)
    row.agenda = vault.seal(agenda, owner=owner, row=row.ref)
    row.revision, row.edited_by, row.edited_at = row.revision + 1, by.membership, clock.now()
    row.save()


def _summarise(session: Session, words: str, by: Actor) -> None:
    held = Summary.objects.filter(session=session).first()
    row = held or Summary(session=session, revision=0)
    row.words = vault.seal(words, owner=session.relationship.key_owner, row=row.ref)
    row.revision, row.edited_by, row.edited_at = row.revision + 1, by.membership, clock.now()
    row.save()


def _note(session: Session, words: str, by: Actor) -> None:
    held = PrivateNote.objects.filter(session=session, author=by.membership).first()
    row = held or PrivateNote(session=session, author=by.membership)
    row.words, row.edited_at = vault.seal(words, owner=by.membership.key_owner, row=row.ref), clock.now()
    row.save()


def _add(session: Session, wanted: NewAction, by: Actor) -> ActionItem:
    item = ActionItem(
        session=session, owner=wanted.owner, due_on=wanted.due_on, added_by=by.membership, created_at=clock.now()
    )
    item.words = vault.seal(wanted.words, owner=session.relationship.key_owner, row=item.ref)
    item.save()
    return item


def _is_same(held: Summary | PrivateNote | None, words: str) -> bool:
    return (vault.unseal_one(held.words, held.ref) if held else "") == words
