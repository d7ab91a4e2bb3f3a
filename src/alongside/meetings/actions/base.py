"""What every change of a session rests on: what is asked for, the lock, and how texts are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.meetings import rules
from alongside.meetings.models import ActionItem, Preparation, PrivateNote, Session, Summary
from alongside.meetings.terms import Mode, SessionState
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship


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


def writable(relationship: Relationship) -> Relationship:
    """The pair, locked. Raises NotPossible after its end, before both have said yes, and while it is on hold."""
    fresh = relationships.locked(relationship)
    if reason := rules.why_not_write(fresh.accepted_at is not None, fresh.is_open):
        raise NotPossible(reason)
    return fresh


def locked(session: Session) -> Session:
    """The session, locked with its pair. Raises NotPossible where nothing can be written."""
    relationship = writable(session.relationship)
    fresh = Session.objects.select_for_update().get(pk=session.pk)
    fresh.relationship = relationship
    return fresh


def ready_for(session: Session, to: str) -> Session:
    """The session, locked. Raises NotPossible when it cannot become `to`."""
    fresh = locked(session)
    if reason := rules.why_not_become(fresh.state, to):
        raise NotPossible(reason)
    return fresh


def written(session: Session) -> Session:
    """A session that was held, locked. Raises NotPossible before it is written down."""
    fresh = locked(session)
    if fresh.state != SessionState.HELD:
        raise NotPossible(_("Write this session down first."))
    return fresh


def refuse(*faults: rules.Sentence | None) -> None:
    """Raise NotPossible with the first sentence that a rule gave."""
    for fault in faults:
        if fault:
            raise NotPossible(fault)


def save(session: Session, taken: rules.Sentence) -> None:
    """Save a session. Raises NotPossible with `taken` when a constraint lets another one through."""
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        raise NotPossible(taken) from error


def keep_preparation(session: Session, place: str, agenda: str, by: Actor) -> None:
    """Seal where to meet and what to talk about with the pair’s key."""
    held = Preparation.objects.filter(session=session).first()
    if held is None and not place and not agenda:
        return
    row = held or Preparation(session=session)
    owner = session.relationship.key_owner
    row.place = vault.seal(place, owner=owner, place=vault.place(row, "place"))
    row.agenda = vault.seal(agenda, owner=owner, place=vault.place(row, "agenda"))
    row.revision, row.edited_by, row.edited_at = row.revision + 1, by.membership, clock.now()
    row.save()


def keep_summary(session: Session, words: str, by: Actor) -> None:
    """Seal the shared summary with the pair’s key."""
    held = Summary.objects.filter(session=session).first()
    row = held or Summary(session=session, revision=0)
    row.words = vault.seal(words, owner=session.relationship.key_owner, place=vault.place(row, "words"))
    row.revision, row.edited_by, row.edited_at = row.revision + 1, by.membership, clock.now()
    row.save()


def keep_note(session: Session, words: str, by: Actor) -> None:
    """Seal a private note with its author’s own key."""
    held = PrivateNote.objects.filter(session=session, author=by.membership).first()
    row = held or PrivateNote(session=session, author=by.membership)
    row.words = vault.seal(words, owner=by.membership.key_owner, place=vault.place(row, "words"))
    row.edited_at = clock.now()
    row.save()


def keep_action(session: Session, wanted: NewAction, by: Actor) -> ActionItem:
    """Seal an action with the pair’s key."""
    item = ActionItem(
        session=session, owner=wanted.owner, due_on=wanted.due_on, added_by=by.membership, created_at=clock.now()
    )
    item.words = vault.seal(wanted.words, owner=session.relationship.key_owner, place=vault.place(item, "words"))
    item.save()
    return item
