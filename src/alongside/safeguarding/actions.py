"""Every change of a concern: raising it, answering, deciding, holding meetings, closing."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, reads, vault
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from alongside.safeguarding import queries, rules
from alongside.safeguarding.models import (
    Case,
    CaseHold,
    Concern,
    ConcernDraft,
    Entry,
    Involvement,
    LimitsRead,
    Message,
    Signpost,
)
from alongside.safeguarding.terms import LIMITS_EDITION, LONGEST_DRAFT, CaseState, EntryKind, Involved


@dataclass(frozen=True)
class Written:
    """What somebody writes because they are worried: `happened` is needed; `opinion` is what they think of it."""

    happened: str
    when_where: str = ""
    people: str = ""
    opinion: str = ""
    urgent: bool = False


def raise_concern(written: Written, about: Collection[Membership], *, ref: str, by: Actor) -> Concern:
    """Raise a concern. The same `ref` a second time gives back what it raised.

    Raises NotPossible where nobody could read it, and says whom to turn to; without words; and for a form of somebody
    else's.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation.pk)  # the second of two clicks waits
        if earlier := Concern.objects.filter(ref=ref).first():
            return _only_own(earlier, by)
        if not written.happened.strip():
            raise NotPossible(_("Write what happened, in your own words."))
        guardians = set(queries.guardians(by.organisation).values_list("pk", flat=True))
        concerned = {held.pk for held in about}
        if reason := rules.why_not_raise(guardians, concerned):
            raise NotPossible(reason)
        away = rules.kept_away(guardians, concerned, queries.near(concerned, by.membership.pk))
        return _raise(written, concerned, away, ref, by)


def _raise(written: Written, concerned: set[int], away: set[int], ref: str, by: Actor) -> Concern:
    now = clock.now()
    case = Case(organisation=by.organisation, raised_at=now, due_at=rules.due(now))
    with event("concern.raised", by=by, about=case, urgent=written.urgent):
        case.save()
        for members, how in ((concerned, Involved.CONCERNED), (away, Involved.KEPT_AWAY)):
            Involvement.objects.bulk_create(
                Involvement(case=case, membership_id=pk, how=how) for pk in sorted(members)
            )  # fmt: skip
        concern = Concern(ref=ref, case=case, raiser=by.membership, urgent=written.urgent, at=now)
        for name in queries.REPORT:
            _seal(concern, name, getattr(written, name), case)
        concern.save()
        drop_draft(by=by)
    return concern


def _only_own(concern: Concern, by: Actor) -> Concern:
    if concern.raiser_id != by.membership.pk:
        raise NotPossible(_("Open the form again: this one has been used."))
    return concern


def _seal(row: queries.Sealed, name: str, words: str, case: Case) -> None:
    if words.strip():
        setattr(row, name, vault.seal(words.strip(), owner=case.key_owner, place=vault.place(row, name)))


def keep_draft(words: Mapping[str, Any], *, by: Actor) -> ConcernDraft:
    """Keep what somebody has begun to write, sealed with their own key.

    No event: it happens every few seconds, and nobody else ever sees it. Raises NotPossible for what is too long, and
    when its form (`ref`) has been sent: what arrives late is no draft.
    """
    text = json.dumps(dict(words), ensure_ascii=False)
    if len(text) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept. Shorten it to about twelve pages."))
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True).get(pk=by.membership.pk)
        if Concern.objects.filter(ref=words.get("ref") or "-").exists():
            raise NotPossible(_("This has been sent already."))
        draft = queries.draft_of(by) or ConcernDraft(author=by.membership)
        draft.words = vault.seal(text, owner=by.membership.key_owner, place=vault.place(draft, "words"))
        draft.kept_at = clock.now()
        draft.save()
    return draft


def drop_draft(*, by: Actor) -> None:
    """Forget what somebody has begun to write."""
    ConcernDraft.objects.filter(author=by.membership).delete()


def add(concern: Concern, words: str, *, by: Actor) -> Message:
    """Add something to what one has raised; also when it is closed. Raises NotPossible without words."""
    if concern.raiser_id != by.membership.pk:
        raise NotPossible(_("Only whoever raised a concern adds to it."))
    with transaction.atomic():
        case = Case.objects.select_for_update().select_related("organisation").get(pk=concern.case_id)
        with event("concern.added_to", by=by, about=case):
            return _message(case, words, by, from_raiser=True)


def _message(case: Case, words: str, by: Actor, *, from_raiser: bool) -> Message:
    if not words.strip():
        raise NotPossible(_("Write what you want to say."))
    message = Message(case=case, by=by.membership, from_raiser=from_raiser, at=clock.now())
    _seal(message, "words", words, case)
    message.save()
    return message


# --- by whoever handles it


def open_case(case: Case, *, by: Actor) -> queries.Opened:
    """A case with everything in it; that it was opened is remembered, and nobody whom it is about learns of it."""
    with event("case.read", by=by, about=case):
        found = queries.opened(case)
        for member in found.concerned:
            reads.note(by, subject=member, record=case, shown=False)
    return found


def acknowledge(case: Case, words: str, *, by: Actor) -> None:
    """Answer the raiser for the first time. Raises NotPossible where somebody has."""
    with transaction.atomic():
        fresh = _locked(case, by)
        if fresh.state != CaseState.RAISED:
            raise NotPossible(_("Somebody has acknowledged this already."))
        with event("case.acknowledged", by=by, about=fresh):
            fresh.state, fresh.acknowledged_at = CaseState.ACKNOWLEDGED, clock.now()
            fresh.acknowledged_by = by.membership
            fresh.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
            _message(fresh, words, by, from_raiser=False)
            _enter(fresh, EntryKind.ACKNOWLEDGED, by)


def take_step(case: Case, step: rules.Step, words: str, *, by: Actor) -> None:
    """Go on in a case: decide, pass on, watch, close, open again; with why. Raises NotPossible for a step not open."""
    with transaction.atomic():
        fresh = _locked(case, by)
        if step not in rules.steps(fresh.state):
            raise NotPossible(_("This case has gone on meanwhile. Look at it again."))
        if not words.strip():
            raise NotPossible(_("Write down why."))
        closes, was_closed = step.to == CaseState.CLOSED, fresh.state == CaseState.CLOSED
        if closes and (reason := rules.why_not_close(queries.open_holds(fresh).count())):
            raise NotPossible(reason)
        with event("case.went_on", by=by, about=fresh, to=step.to, code=step.code):
            fresh.state = step.to
            fresh.decision = step.code if step.to == CaseState.TRIAGED else fresh.decision
            fresh.closing, fresh.closed_at = (step.code, clock.now()) if closes else ("", None)
            fresh.save(update_fields=["state", "decision", "closing", "closed_at"])
            _enter(fresh, EntryKind.REOPENED if was_closed else EntryKind(step.to), by, words, step.code)


def note(case: Case, words: str, *, by: Actor) -> None:
    """Write something down in a case, for those who handle it. Raises NotPossible without words."""
    with transaction.atomic():
        fresh = _locked(case, by)
        if not words.strip():
            raise NotPossible(_("Write what is to be noted."))
        with event("case.noted", by=by, about=fresh):
            _enter(fresh, EntryKind.NOTE, by, words)


def tell_raiser(case: Case, words: str, *, by: Actor) -> None:
    """Write to whoever raised it. Raises NotPossible without words, and before it was acknowledged."""
    with transaction.atomic():
        fresh = _locked(case, by)
        if fresh.state == CaseState.RAISED:
            raise NotPossible(_("Acknowledge it first: that is the first word to whoever raised it."))
        with event("case.raiser_told", by=by, about=fresh):
            _message(fresh, words, by, from_raiser=False)


def involve(case: Case, member: Membership, *, by: Actor) -> None:
    """Name somebody else whom it is about. Raises NotPossible where nobody would be left to handle it, and twice."""
    with transaction.atomic():
        fresh = _locked(case, by)
        if member.organisation_id != fresh.organisation_id:
            raise NotPossible(_("Nobody of that name is in this organisation."))
        held = Involvement.objects.filter(case=fresh, membership=member)
        if held.filter(how=Involved.CONCERNED).exists():
            raise NotPossible(_("%(name)s is named already.") % {"name": member.name})
        left = [one for one in queries.handlers(fresh) if one.pk != member.pk]
        others = queries.guardians(fresh.organisation).exclude(pk=member.pk)
        away = Involvement.objects.filter(case=fresh).values("membership")
        if not left and not others.exclude(pk__in=away).exists():
            raise NotPossible(_("Then nobody would be left who may read this. Have another alternate named first."))
        with event("case.somebody_named", by=by, about=fresh):
            held.delete()
            Involvement.objects.create(case=fresh, membership=member, how=Involved.CONCERNED)
            _enter(fresh, EntryKind.CONCERNED, by, code=member.ref)


def hold_pair(case: Case, relationship: Relationship, *, by: Actor) -> None:
    """Put meetings of somebody concerned on hold. Nothing there says that it is because of a case.

    Raises NotPossible where this case holds them already, or the pair is nobody's whom it is about.
    """
    with transaction.atomic():
        fresh = _locked(case, by)
        theirs = queries.pairs.holds.pairs_of([held.pk for held in queries.concerned(fresh)])
        if not theirs.filter(pk=relationship.pk).exists():
            raise NotPossible(_("Only meetings of those whom this is about can be put on hold."))
        if queries.open_holds(fresh).filter(relationship_ref=relationship.ref).exists():
            raise NotPossible(_("These meetings are on hold already."))
        with event("case.pair_held", by=by, about=fresh, pair=relationship.ref):
            relationships.hold_apart(relationship)
            CaseHold.objects.create(case=fresh, relationship_ref=relationship.ref, at=clock.now())
            _enter(fresh, EntryKind.HELD, by, code=relationship.ref)


def release_pair(case: Case, relationship: Relationship, *, by: Actor) -> bool:
    """End this case's hold; False where meetings stay on hold, as somebody else holds them too."""
    with transaction.atomic():
        fresh = _locked(case, by)
        # Whoever ends the hold of another case at this moment goes first, or waits.
        Relationship.objects.select_for_update().get(pk=relationship.pk)
        mine = queries.open_holds(fresh).filter(relationship_ref=relationship.ref)
        with event("case.pair_released", by=by, about=fresh, pair=relationship.ref):
            if not mine.update(ended_at=clock.now()):
                raise NotPossible(_("This case holds no meetings of these two."))
            _enter(fresh, EntryKind.RELEASED, by, code=relationship.ref)
            return not queries.others_hold(fresh, relationship) and relationships.release_apart(relationship)


def reveal(case: Case, member: Membership, *, by: Actor) -> None:
    """Let somebody whom it is about see from now on, among who has read about them, that a case was read."""
    with transaction.atomic():
        fresh = _locked(case, by)
        if member not in queries.concerned(fresh):
            raise NotPossible(_("This is about nobody of that name."))
        with event("case.revealed", by=by, about=fresh, to=member.ref):
            reads.reveal(member, fresh)
            _enter(fresh, EntryKind.REVEALED, by, code=member.ref)


def _locked(case: Case, by: Actor) -> Case:
    """The case as it is now, for whoever handles it still."""
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    if not queries.visible_to(by).filter(pk=case.pk).exists():
        raise NotPossible(_("You do not handle this case any more."))
    return fresh


def _enter(case: Case, kind: EntryKind, by: Actor | None, words: str = "", code: str = "") -> None:
    entry = Entry(case=case, kind=kind, code=code, by=by.membership if by else None, at=clock.now())
    _seal(entry, "words", words, case)
    entry.save()


# --- by itself, and by the organisation


def escalate() -> int:
    """Tell the alternate of every concern that nobody has acknowledged in time; how many."""
    count = 0
    for case in queries.unanswered(clock.now()):
        with transaction.atomic():
            fresh = Case.objects.select_for_update().get(pk=case.pk)
            if fresh.state != CaseState.RAISED or fresh.escalated_at is not None:
                continue
            with event("case.escalated", by=SYSTEM, about=fresh) as happened:
                fresh.escalated_at = happened.at
                fresh.save(update_fields=["escalated_at"])
                _enter(fresh, EntryKind.ESCALATED, None)
            count += 1
    return count


def confirm_limits(*, by: Actor) -> None:
    """Somebody has read what stays between two people, and what cannot; a second time nothing happens."""
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True).get(pk=by.membership.pk)
        if queries.limits_read_at(by):
            return
        with event("limits.read", by=by, about=by.membership, edition=LIMITS_EDITION) as happened:
            LimitsRead.objects.create(membership=by.membership, edition=LIMITS_EDITION, at=happened.at)


def set_signposts(said: dict[str, tuple[str, str]], *, by: Actor) -> None:
    """Say whom people can turn to: name and how to reach them, by kind; an empty name takes one away."""
    with event("signposts.changed", by=by, about=by.organisation, notify=False):
        for kind, (name, reach) in said.items():
            held = Signpost.objects.filter(organisation=by.organisation, kind=kind)
            if not name:
                held.delete()
                continue
            Signpost.objects.update_or_create(
                organisation=by.organisation, kind=kind, defaults={"name": name, "reach": reach}
            )
