"""What the writer of a complaint does: sending it, adding to it, handing it on, taking it back, closing it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.records import rules
from alongside.records.models import AnswerDraft, Complaint, ComplaintAbout, ComplaintDraft, ComplaintMessage
from alongside.records.queries import complaints as queries
from alongside.records.terms import LONGEST_DRAFT, ComplaintKind, ComplaintState, Said


@dataclass(frozen=True)
class Complained:
    """What somebody writes: `happened` is needed; `wanted` is what would put it right."""

    kind: ComplaintKind
    happened: str
    wanted: str = ""


def send(written: Complained, about: Collection[Membership], to: str, *, ref: str, by: Actor) -> Complaint:
    """Send a complaint about some people to whomever `to` names (`queries.Readers.key`).

    The same `ref` a second time gives back what it sent. Raises NotPossible, before anything is kept, where nobody
    could read it, and says whom to turn to; about oneself; without words; and for a form of somebody else's.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation.pk)  # the second of two clicks waits
        if earlier := Complaint.objects.filter(ref=ref).first():
            return _only_own(earlier, by)
        named = _named(about, by)
        if not written.happened.strip():
            raise NotPossible(_("Write it down, in your own words."))
        readers = _readers(by.membership, written.kind, named, to)
        return _send(written, named, readers, ref, by)


def _named(about: Collection[Membership], by: Actor) -> set[int]:
    named = {held.pk for held in about}
    if by.membership.pk in named:
        raise NotPossible(_("You cannot complain about yourself. Write it as a question, and name nobody."))
    if any(held.organisation_id != by.organisation.pk for held in about):
        raise NotPossible(_("Nobody of that name is in this organisation."))
    return named


def _readers(writer: Membership, kind: str, named: Collection[int], to: str) -> queries.Readers:
    open_to = queries.choices(writer, kind, named)
    if not open_to:
        raise NotPossible(queries.why_nobody(writer, kind))
    for readers in open_to:
        if readers.key == to:
            return readers
    raise NotPossible(_("Whom you chose cannot read this any more. Choose again who reads it."))


def _send(written: Complained, named: Collection[int], readers: queries.Readers, ref: str, by: Actor) -> Complaint:
    made = Complaint(ref=ref, organisation=by.organisation, writer=by.membership, kind=written.kind)
    made.received_at = clock.now()
    made.due_on = rules.acknowledge_by(written.kind, clock.today(by.organisation.timezone))
    _address(made, readers)
    for name in queries.TEXTS:
        seal(made, name, getattr(written, name), made)
    with event("complaint.sent", by=by, about=made, kind=written.kind.value, to=readers.desk.value):
        made.save()
        ComplaintAbout.objects.bulk_create(ComplaintAbout(complaint=made, membership_id=pk) for pk in sorted(named))
        drop_draft(written.kind, by=by)
    return made


def _address(complaint: Complaint, readers: queries.Readers) -> None:
    complaint.desk, complaint.programme_ref = readers.desk, readers.programme_ref
    complaint.coordinator = readers.people[0] if readers.programme_ref else None


def _only_own(complaint: Complaint, by: Actor) -> Complaint:
    if complaint.writer_id != by.membership.pk:
        raise NotPossible(_("Open the form again: this one has been used."))
    return complaint


def seal(row: Complaint | ComplaintMessage, name: str, words: str, complaint: Complaint) -> None:
    """Put words into a column, sealed with the key of their complaint; what is empty stays so."""
    if words.strip():
        setattr(row, name, vault.seal(words.strip(), owner=complaint.key_owner, place=vault.place(row, name)))


def keep_draft(kind: ComplaintKind, words: Mapping[str, Any], *, by: Actor) -> ComplaintDraft:
    """Keep what somebody has begun to write, sealed with their own key.

    No event: it happens every few seconds, and nobody else ever sees it. Raises NotPossible for what is too long, and
    when its form (`ref`) has been sent: what arrives late is no draft.
    """
    text = json.dumps(dict(words), ensure_ascii=False)
    if len(text) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept. Shorten it to about six pages."))
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True).get(pk=by.membership.pk)
        if Complaint.objects.filter(ref=words.get("ref") or "-").exists():
            raise NotPossible(_("This has been sent already."))
        draft = queries.draft_of(by, kind) or ComplaintDraft(author=by.membership, kind=kind)
        draft.words = vault.seal(text, owner=by.membership.key_owner, place=vault.place(draft, "words"))
        draft.kept_at = clock.now()
        draft.save()
    return draft


def drop_draft(kind: ComplaintKind, *, by: Actor) -> None:
    """Forget what somebody has begun to write."""
    ComplaintDraft.objects.filter(author=by.membership, kind=kind).delete()


def drop_answers(complaint: Complaint) -> None:
    """Forget the answers that were begun: it has ended."""
    AnswerDraft.objects.filter(complaint=complaint).delete()


def add(complaint: Complaint, words: str, *, by: Actor, ref: str = "") -> ComplaintMessage:
    """Add something to what one has sent, until it ends. The same `ref` a second time adds nothing.

    Raises NotPossible without words, and for what has ended.
    """
    with transaction.atomic():
        fresh = _own(complaint, by)
        if earlier := ComplaintMessage.objects.filter(ref=ref, complaint=fresh, by=by.membership).first():
            return earlier
        if fresh.state in rules.ENDED:
            raise NotPossible(_("This has ended. If it begins again, write anew."))
        with event("complaint.added_to", by=by, about=fresh):
            return write_message(fresh, words, by, ref)


def write_message(
    complaint: Complaint, words: str, by: Actor, ref: str = "", kind: Said = Said.WORDS
) -> ComplaintMessage:
    """Write one message. Raises NotPossible without words, and for a form of somebody else's."""
    if not words.strip():
        raise NotPossible(_("Write what you want to say."))
    if ref and ComplaintMessage.objects.filter(ref=ref).exists():
        raise NotPossible(_("Open the form again: this one has been used."))
    message = ComplaintMessage(complaint=complaint, by=by.membership, kind=kind, at=clock.now(), ref=ref or new_ref())
    seal(message, "words", words, complaint)
    message.save()
    if by.membership.pk != complaint.writer_id:
        Complaint.objects.filter(pk=complaint.pk).update(has_news=True)
    return message


def note_opened(complaint: Complaint, *, by: Actor) -> None:
    """Its writer looks at it: no news waits any more. No event: nobody else sees whether they have."""
    Complaint.objects.filter(pk=complaint.pk, writer=by.membership, has_news=True).update(has_news=False)


def take_back(complaint: Complaint, *, by: Actor) -> None:
    """Have nobody else read it from now on. Raises NotPossible once it has been answered, or has ended."""
    _end(complaint, ComplaintState.TAKEN_BACK, "complaint.taken_back", by)


def settle(complaint: Complaint, *, by: Actor) -> None:
    """The answer settles it for its writer. Raises NotPossible where it is not answered, or has ended."""
    _end(complaint, ComplaintState.CLOSED, "complaint.closed", by)


def _end(complaint: Complaint, state: ComplaintState, name: str, by: Actor) -> None:
    with transaction.atomic():
        fresh = _own(complaint, by)
        if reason := rules.why_not_move(fresh.state, state):
            raise NotPossible(reason)
        with event(name, by=by, about=fresh):
            fresh.state, fresh.ended_at = state, clock.now()
            fresh.save(update_fields=["state", "ended_at"])
            drop_answers(fresh)


def hand_on(complaint: Complaint, to: str, *, by: Actor) -> None:
    """Have others handle it from now on, as the first step of a new look at it: they read all of it.

    Raises NotPossible for what has ended or is about data, and where nobody else could read it.
    """
    with transaction.atomic():
        fresh = _own(complaint, by)
        if reason := rules.why_not_hand_on(fresh.state, fresh.kind):
            raise NotPossible(reason)
        named = set(queries.concerned(fresh).values_list("membership", flat=True))
        readers = _readers(fresh.writer, fresh.kind, named, to)
        if queries.is_at(fresh, readers):
            raise NotPossible(_("They have it already."))
        with event("complaint.handed_on", by=by, about=fresh, to=readers.desk.value):
            _address(fresh, readers)
            fresh.state, fresh.outcome = ComplaintState.RECEIVED, ""
            fresh.acknowledged_at = fresh.answered_at = fresh.unread_told_at = None
            fresh.save()


def _own(complaint: Complaint, by: Actor) -> Complaint:
    """One's own complaint as it is now."""
    fresh = Complaint.objects.select_for_update(of=("self",)).select_related("organisation", "writer__organisation")
    held = fresh.get(pk=complaint.pk)
    if held.writer_id != by.membership.pk:
        raise NotPossible(_("Only whoever wrote it can do this."))
    return held
