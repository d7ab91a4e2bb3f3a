"""What whoever handles a complaint does: reading, acknowledging, looking into it, answering; and the clock."""

import json
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, reads, vault
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Membership
from alongside.records import rules
from alongside.records.actions.complaining import drop_answers, write_message
from alongside.records.models import AnswerDraft, Complaint, ComplaintMessage
from alongside.records.queries import complaints as queries
from alongside.records.terms import LONGEST_DRAFT, ComplaintState, Outcome, Said


def open_complaint(complaint: Complaint, *, by: Actor) -> queries.Opened:
    """A complaint with everything in it. Its writer sees that it was read; whom it is about, only once they know."""
    found = queries.opened(complaint)
    with transaction.atomic():
        reads.note(by, subject=complaint.writer, record=complaint)
        for one in found.about:
            reads.note(by, subject=one.membership, record=complaint, shown=one.told_at is not None)
    return found


def acknowledge(complaint: Complaint, words: str, *, by: Actor) -> None:
    """Say to its writer that it has come. Raises NotPossible where somebody has, and without words."""
    with transaction.atomic():
        fresh = _locked(complaint, by)
        _refuse(rules.why_not_move(fresh.state, ComplaintState.ACKNOWLEDGED))
        with event("complaint.acknowledged", by=by, about=fresh):
            fresh.state, fresh.acknowledged_at = ComplaintState.ACKNOWLEDGED, clock.now()
            fresh.save(update_fields=["state", "acknowledged_at"])
            write_message(fresh, words, by, kind=Said.FIRST)


def look_into(complaint: Complaint, *, by: Actor) -> None:
    """Say that it is being looked into. Raises NotPossible for what is not acknowledged, or has gone on."""
    with transaction.atomic():
        fresh = _locked(complaint, by)
        _refuse(rules.why_not_move(fresh.state, ComplaintState.LOOKED_INTO))
        with event("complaint.looked_into", by=by, about=fresh):
            fresh.state = ComplaintState.LOOKED_INTO
            fresh.save(update_fields=["state"])


def answer(complaint: Complaint, words: str, outcome: str, *, seen: str, by: Actor) -> None:
    """Answer it, with what came of it. `seen` is the last message that whoever answers has read.

    Raises NotPossible where somebody has answered, where its writer has added something since, for an outcome that
    its kind does not know, and without words.
    """
    with transaction.atomic():
        fresh = _locked(complaint, by)
        _refuse(rules.why_not_move(fresh.state, ComplaintState.ANSWERED))
        if outcome not in rules.outcomes(fresh.kind):
            raise NotPossible(_("Choose what came of it."))
        _read_to_the_end(fresh, seen)
        with event("complaint.answered", by=by, about=fresh, outcome=outcome):
            now = clock.now()
            fresh.state, fresh.outcome, fresh.answered_at = ComplaintState.ANSWERED, Outcome(outcome), now
            fresh.acknowledged_at = fresh.acknowledged_at or now
            fresh.save(update_fields=["state", "outcome", "answered_at", "acknowledged_at"])
            write_message(fresh, words, by, kind=Said.ANSWER)
            AnswerDraft.objects.filter(author=by.membership, complaint=fresh).delete()


def keep_answer(complaint: Complaint, words: Mapping[str, str], *, by: Actor) -> AnswerDraft:
    """Keep the answer that somebody has begun to write, sealed with their own key.

    No event: it happens every few seconds, and nobody else ever sees it. Raises NotPossible for what is too long, and
    once it is answered or has ended: what arrives late is no draft.
    """
    text = json.dumps(dict(words), ensure_ascii=False)
    if len(text) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept. Shorten it to about six pages."))
    with transaction.atomic():
        fresh = _locked(complaint, by)
        _refuse(rules.why_not_move(fresh.state, ComplaintState.ANSWERED))
        draft = queries.answer_draft_of(by, fresh) or AnswerDraft(author=by.membership, complaint=fresh)
        draft.words = vault.seal(text, owner=by.membership.key_owner, place=vault.place(draft, "words"))
        draft.kept_at = clock.now()
        draft.save()
    return draft


def write(complaint: Complaint, words: str, *, by: Actor, ref: str = "") -> ComplaintMessage:
    """Write to whoever wrote it. The same `ref` a second time writes nothing.

    Raises NotPossible without words, before it was acknowledged, and for what has ended.
    """
    with transaction.atomic():
        fresh = _locked(complaint, by)
        if earlier := ComplaintMessage.objects.filter(ref=ref, complaint=fresh, by=by.membership).first():
            return earlier
        if fresh.state == ComplaintState.RECEIVED:
            raise NotPossible(_("Acknowledge it first: that is the first word to whoever wrote it."))
        if fresh.state in rules.ENDED:
            raise NotPossible(_("This has ended. Nothing more can be written."))
        with event("complaint.written_to", by=by, about=fresh):
            return write_message(fresh, words, by, ref)


def close(complaint: Complaint, *, seen: str, by: Actor) -> None:
    """End it once it is answered. `seen` as of an answer. Raises NotPossible where it is not answered, or has ended."""
    with transaction.atomic():
        fresh = _locked(complaint, by)
        _refuse(rules.why_not_move(fresh.state, ComplaintState.CLOSED))
        _read_to_the_end(fresh, seen)
        with event("complaint.closed", by=by, about=fresh):
            fresh.state, fresh.ended_at = ComplaintState.CLOSED, clock.now()
            fresh.save(update_fields=["state", "ended_at"])
            drop_answers(fresh)


def note_told(complaint: Complaint, member: Membership, *, by: Actor) -> None:
    """Somebody whom it is about was told of it, outside Alongside: from now on they see who read it. Once."""
    with transaction.atomic():
        fresh = _locked(complaint, by)
        held = queries.concerned(fresh).filter(membership=member).first()
        if held is None:
            raise NotPossible(_("This is about nobody of that name."))
        if held.told_at:
            return
        with event("complaint.person_told", by=by, about=fresh, to=member.ref):
            held.told_at = clock.now()
            held.save(update_fields=["told_at"])
            reads.reveal(member, fresh)


def _refuse(reason: rules.Sentence | None) -> None:
    if reason:
        raise NotPossible(reason)


def _read_to_the_end(complaint: Complaint, seen: str) -> None:
    if queries.last_word(complaint) != seen:
        raise NotPossible(_("Something was written meanwhile. Read it first, and then press again."))


def _locked(complaint: Complaint, by: Actor) -> Complaint:
    """The complaint as it is now, for whoever handles it still."""
    fresh = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if not queries.visible_to(by).filter(pk=complaint.pk).exists():
        raise NotPossible(_("You do not handle this any more."))
    return fresh


# --- by itself


def watch() -> int:
    """Tell whoever handles it of what is late, and its writer where nobody is left who reads it; how many."""
    late = _tell(queries.late_and_untold(), "complaint.overdue", "overdue_told_at", queries.is_late)
    return late + _tell(queries.unread_and_untold(), "complaint.unread", "unread_told_at", queries.is_unread)


def _tell(found: Iterable[Complaint], name: str, column: str, still: Callable[[Complaint], bool]) -> int:
    count = 0
    for held in found:
        with transaction.atomic():
            fresh = Complaint.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=held.pk)
            if not still(fresh) or getattr(fresh, column) is not None:
                continue
            with event(name, by=SYSTEM, about=fresh) as happened:
                setattr(fresh, column, happened.at)
                fresh.save(update_fields=[column])
            count += 1
    return count


def forget_words(complaints: QuerySet[Complaint]) -> int:
    """Destroy the keys of complaints whose day has come, so that backups hold nothing of them either; how many."""
    found = list(complaints)
    for held in found:
        vault.destroy(held.key_owner)
    return len(found)
