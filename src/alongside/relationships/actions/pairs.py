"""Every change of a pair: proposing, answering, moving, ending."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.events import Who, event
from alongside.foundation.hooks import Need, gates
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE
from alongside.guidance.terms import Stage
from alongside.people.queries.room import room
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part, ProgrammeState
from alongside.relationships import queries, rules
from alongside.relationships.actions.holds import locked
from alongside.relationships.actions.learned import keep_learned
from alongside.relationships.models import Move, Party, Reason, Relationship
from alongside.relationships.terms import Answer, Ending, PairPart, State


class NotYet(NotPossible):
    """A move that is not open: its first sentence says why; `needs` holds everything it asks for."""

    def __init__(self, needs: list[Need]) -> None:
        self.needs = needs
        super().__init__(next(need.words for need in needs if not need.met))


def propose(mentor: Participation, mentee: Participation, *, by: Who, notify: bool = True) -> Relationship:
    """Propose a pair to both. Raises NotPossible when the programme does not run, or no place is free.

    Without `notify` nobody is told: whoever proposes many at once tells each person once.
    """
    relationship = Relationship(programme_id=mentor.programme_id, proposed_at=clock.now())
    try:
        with event("relationship.proposed", by=by, about=relationship, notify=notify):
            mentor, mentee = _as_they_are(mentor, mentee)
            refuse_impossible(
                mentor,
                mentee,
                manages=mentor.membership_id in queries.managers_of(mentee.membership),
                apart=queries.holds.are_apart(mentor.membership, mentee.membership),
            )
            _refuse_without_room(mentor.membership)
            relationship.save()
            for participation, part in ((mentor, PairPart.MENTOR), (mentee, PairPart.MENTEE)):
                _take_place(relationship, participation, part)
    except IntegrityError as error:  # somebody else took the place in the same moment
        raise NotPossible(_("That place was taken a moment ago. Look at the lists again.")) from error
    return relationship


def _as_they_are(mentor: Participation, mentee: Participation) -> tuple[Participation, Participation]:
    # The programme's row is locked first, as by whoever closes it or ends a part.
    Programme.objects.select_for_update().get(pk=mentor.programme_id)
    held = Participation.objects.select_related("programme", "membership").in_bulk([mentor.pk, mentee.pk])
    return held[mentor.pk], held[mentee.pk]


def refuse_impossible(mentor: Participation, mentee: Participation, *, manages: bool, apart: bool) -> None:
    """Raises NotPossible with why two cannot be proposed to each other, whatever room the mentor has.

    `manages`: the mentor manages the mentee. `apart`: contact between the two is on hold in some pair of theirs.
    """
    if mentor.programme.state == ProgrammeState.CLOSED:
        raise NotPossible(_("This programme is closed. Nobody can be paired in it any more."))
    if mentor.programme.state != ProgrammeState.RUNNING:
        raise NotPossible(_("Launch the programme first: people are told of their pair at once."))
    if (mentor.part, mentee.part) != (Part.MENTOR, Part.MENTEE) or mentor.programme_id != mentee.programme_id:
        raise NotPossible(_("A pair is a mentor and a mentee of the same programme."))
    if not (mentor.in_force and mentee.in_force):
        raise NotPossible(_("One of the two no longer takes part."))
    if {mentor.membership.state, mentee.membership.state} & GONE:
        raise NotPossible(_("One of the two is suspended or has left."))
    if mentor.membership_id == mentee.membership_id:
        raise NotPossible(_("Nobody can be their own mentor."))
    if manages:
        raise NotPossible(_("Nobody can be mentor and line manager of the same person."))
    if apart:
        raise NotPossible(_("These two cannot be proposed to each other for now."))


def _refuse_without_room(mentor: Membership) -> None:
    # Whoever proposes the same person in another programme waits here: the most they want is over all of them.
    Membership.objects.select_for_update(no_key=True).get(pk=mentor.pk)
    if reason := room(mentor).why_not(queries.mentees_of([mentor.pk]).get(mentor.pk, 0)):
        raise NotPossible(reason)


def _take_place(relationship: Relationship, participation: Participation, part: PairPart) -> None:
    place = rules.free_place(queries.taken_places(participation), participation.capacity)
    if place is None:
        raise NotPossible(why_no_place(participation, part))
    Party.objects.create(
        relationship=relationship, participation=participation, part=part, place_no=place, since=clock.now()
    )


def why_no_place(participation: Participation, part: PairPart) -> str:
    """Why somebody cannot be put into a new pair: every place of theirs is taken."""
    words = _("%(name)s has no free place.") if part == PairPart.MENTOR else _("%(name)s has a mentor already.")
    return str(words % {"name": participation.membership.name})


def accept(pair: queries.Pair, *, by: Actor, by_mail: bool = False) -> None:
    """Say yes to a proposed pair. When both have, it begins. `by_mail`: without signing in, by the link in a mail."""
    how = {"by_mail": True} if by_mail else {}
    with event("relationship.answered", by=by, about=pair.relationship, answer=Answer.ACCEPTED.value, **how):
        party = _answer(pair, Answer.ACCEPTED)
        others = Party.objects.filter(relationship=pair.relationship).exclude(pk=party.pk)
        if not others.exclude(answer=Answer.ACCEPTED).exists():
            _begin(pair.relationship, by=by)


def _begin(relationship: Relationship, *, by: Actor) -> None:
    with event("relationship.accepted", by=by, about=relationship):
        relationship.state, relationship.accepted_at = State.ACCEPTED, clock.now()
        relationship.save(update_fields=["state", "accepted_at"])
        move_on_if_ready(relationship, by=by)


def decline(pair: queries.Pair, *, by: Actor, reason: str = "", share: bool = False, by_mail: bool = False) -> None:
    """Say no to a proposed pair. No reason is needed; one that is given stays the writer's unless they share it.

    `by_mail`: without signing in, by the link in a mail. Then they are told, in case somebody else pressed the button.
    """
    how = {"by_mail": True} if by_mail else {}
    answer = Answer.DECLINED.value
    with event("relationship.answered", by=by, about=pair.relationship, answer=answer, notify=by_mail, **how):
        _answer(pair, Answer.DECLINED)
        _keep_reason(pair.relationship, by.membership, reason, share)
        _end(pair.relationship, Ending.DECLINED, by=by)


def _answer(pair: queries.Pair, answer: Answer) -> Party:
    party, relationship = pair.my_party, locked(pair.relationship)
    if party is None or relationship.state != State.PROPOSED:
        raise NotPossible(_("There is nothing to answer here any more."))
    answered = Party.objects.filter(pk=party.pk, answer=Answer.WAITING).update(answer=answer, answered_at=clock.now())
    if not answered:
        raise NotPossible(_("You have answered already."))
    return party


def withdraw(pair: queries.Pair, *, by: Actor) -> None:
    """Take a proposal back before both have answered."""
    with event("relationship.withdrawn", by=by, about=pair.relationship, notify=False):
        state = _locked(pair.relationship).state
        if state == State.ENDED:
            raise NotPossible(_("This proposal has ended already."))
        if state != State.PROPOSED:
            raise NotPossible(_("Both have answered. Only they can end it now."))
        _end(pair.relationship, Ending.WITHDRAWN, by=by)


def withdraw_whole(
    relationship: Relationship,
    *,
    by: Who,
    only_proposed: bool = False,
    no_fault: bool = False,
    at: datetime | None = None,
    notify: bool = True,
) -> None:
    """End a pair because of the programme or of who takes part in it, as of now or of `at`; what is ended stays ended.

    With `only_proposed`, a pair that both accepted meanwhile goes on. With `no_fault` it is one of the two who leaves.
    Without `notify` nobody is told: whoever ends many at once tells each person once.
    """
    with transaction.atomic():
        fresh = _locked(relationship)
        if fresh.state == State.PROPOSED or (fresh.is_open and not only_proposed):
            left = no_fault and fresh.state != State.PROPOSED
            _end(fresh, Ending.NO_FAULT if left else Ending.WITHDRAWN, by=by, at=at, notify=notify)


def resume(relationship: Relationship, *, by: Who) -> bool:
    """A pair ended because one of the two left, and that was a mistake: it goes on where it stood.

    False where it cannot: one of the two takes no part any more, or the place has been given to somebody else.
    """
    with transaction.atomic():
        fresh = _locked(relationship)
        parties = list(Party.objects.filter(relationship=fresh).select_related("participation__membership"))
        if fresh.ending != Ending.WITHDRAWN or not all(_may_go_on(party) for party in parties):
            return False
        with event("relationship.resumed", by=by, about=fresh, notify=not fresh.is_on_hold):
            fresh.state, fresh.ending, fresh.ended_at = rules.state_at(fresh.stage, bool(fresh.accepted_at)), "", None
            fresh.save(update_fields=["state", "ending", "ended_at"])
            Party.objects.filter(relationship=fresh).update(until=None)
    return True


def _may_go_on(party: Party) -> bool:
    held = party.participation
    is_free = party.place_no not in queries.taken_places(held)
    return held.in_force and held.membership.state not in GONE and is_free


def end(pair: queries.Pair, *, by: Actor, reason: str = "", share: bool = False, next_time: Iterable[str] = ()) -> None:
    """End a pair without fault, at any time, by either of the two. No reason is needed.

    `next_time` is what may be used to find whoever ends it somebody who fits better, of `NextTime`.
    """
    with transaction.atomic():
        if pair.my_party is None or _locked(pair.relationship).state not in (State.ACCEPTED, State.ACTIVE):
            raise NotPossible(_("This has ended already."))
        with event("relationship.left", by=by, about=pair.relationship, notify=False):
            _keep_reason(pair.relationship, by.membership, reason, share)
            keep_learned(pair, next_time)
            _end(pair.relationship, Ending.NO_FAULT, by=by)


def needs_for(relationship: Relationship, to: str) -> list[Need]:
    """What every package asks for before the move to `to`, met and unmet."""
    return [need for gate in gates for need in gate(relationship, to)]


def move(relationship: Relationship, to: str, *, by: Who) -> None:
    """Move a pair along its path. Raises NotYet with the sentences of whatever is missing."""
    with transaction.atomic():
        fresh = locked(relationship)
        if not fresh.is_open or not rules.may_move(fresh.stage, to):
            raise NotPossible(_("That step is not open from here."))
        needs = needs_for(fresh, to)
        if any(not need.met for need in needs):
            raise NotYet(needs)
        relationship.state = fresh.state  # the caller's copy may be older than what somebody else just did
        _step(relationship, fresh.stage, Stage(to), needs, by=by)


def move_on_if_ready(relationship: Relationship, *, by: Who) -> None:
    """Take every step that is taken by itself and lacks nothing. Later packages call this after their action."""
    with transaction.atomic():
        fresh = _locked(relationship)  # the caller's copy may be older than what somebody else just did
        relationship.stage, relationship.state = fresh.stage, fresh.state
        while to := rules.next_by_itself(relationship.stage):
            needs = needs_for(relationship, to)
            if fresh.is_on_hold or not relationship.is_open or any(not need.met for need in needs):
                return
            _step(relationship, relationship.stage, to, needs, by=by)


def begin_waiting(relationships: QuerySet[Any], *, by: Who) -> None:
    """Of these pairs, let those begin that both accepted and that waited only for what is there now."""
    waiting = Relationship.objects.filter(pk__in=relationships, state=State.ACCEPTED, stage=Stage.PREPARE)
    for relationship in waiting.order_by("pk"):
        move_on_if_ready(relationship, by=by)


def _step(relationship: Relationship, stage: str, to: Stage, needs: list[Need], *, by: Who) -> None:
    with event("relationship.moved", by=by, about=relationship, stage=stage, to=to.value):
        Move.objects.create(
            relationship=relationship,
            from_stage=stage,
            to_stage=to,
            evidence=sorted({str(need.code) for need in needs if need.code}),
            by=getattr(by, "membership", None),
            at=clock.now(),
        )
        relationship.stage = to
        if to == Stage.DIRECT and relationship.state == State.ACCEPTED:
            relationship.state = State.ACTIVE
        relationship.save(update_fields=["stage", "state"])
        if to == Stage.AFTER:
            _end(relationship, Ending.COMPLETED, by=by)


def _end(
    relationship: Relationship, ending: Ending, *, by: Who, at: datetime | None = None, notify: bool = True
) -> None:
    at = at or clock.now()
    with event("relationship.ended", by=by, about=relationship, ending=ending.value, notify=notify):
        relationship.state, relationship.ending, relationship.ended_at = State.ENDED, ending, at
        relationship.save(update_fields=["state", "ending", "ended_at"])
        Party.objects.filter(relationship=relationship, until__isnull=True).update(until=at)


def _locked(relationship: Relationship) -> Relationship:
    return Relationship.objects.select_for_update().get(pk=relationship.pk)


def _keep_reason(relationship: Relationship, author: Membership, words: str, share: bool) -> None:
    if words.strip():
        reason = Reason(relationship=relationship, author=author, shared=share, at=clock.now())
        reason.words = vault.seal(words.strip(), owner=author.key_owner, place=vault.place(reason, "words"))
        reason.save()
