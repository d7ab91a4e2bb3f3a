"""Every change of a goal. They are the mentee's: written, shared, marked and let go by nobody else."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.goals import rules
from alongside.goals.models import Goal, GoalMark
from alongside.goals.terms import GoalState
from alongside.relationships.actions import locked, move_on_if_ready
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import PairPart


class Wanted(NamedTuple):
    """What a mentee writes about a goal."""

    words: str
    start: int
    hope: int
    why: str = ""
    signs: str = ""
    start_words: str = ""
    target_on: date | None = None


def add(pair: Pair, wanted: Wanted, *, by: Actor, shared: bool = False, ref: str = "") -> Goal:
    """A new goal of the pair's mentee, private unless `shared`.

    `ref` names the form that was sent, so that sending it twice makes one goal. Raises NotPossible when the pair
    is not open, the writer is not its mentee, or the numbers or the date cannot be.
    """
    goal = Goal(ref=ref or new_ref(), owner=by.membership, created_at=clock.now())
    with transaction.atomic():
        goal.relationship = _writable(pair.relationship)
        if pair.standing.part != PairPart.MENTEE:
            raise NotPossible(_("Goals are written by the mentee."))
        earlier = Goal.objects.filter(ref=goal.ref).first()
        if earlier is not None:
            return _the_same(earlier, goal)
        with event("goal.added", by=by, about=goal, pair=pair.ref):
            _fill(goal, wanted, by)
            goal.save(force_insert=True)
            if shared:
                share(goal, by=by)
            move_on_if_ready(goal.relationship, by=by)
    return goal


def _the_same(earlier: Goal, goal: Goal) -> Goal:
    if (earlier.owner_id, earlier.relationship_id) != (goal.owner_id, goal.relationship_id):
        raise NotPossible(_("Open the form again: this one has been used."))
    return earlier


def change(goal: Goal, wanted: Wanted, *, by: Actor) -> None:
    """Change a goal's words, numbers or date. Its starting point stays once it has been marked."""
    with event("goal.changed", by=by, about=goal):
        held = _locked(goal, by)
        before = vault.unseal_one(held.start_words, vault.place(held, "start_words"))
        restarts = (wanted.start, wanted.start_words.strip()) != (held.start, before)
        _refuse(rules.why_not_restart(restarts, held.marks.exists()))
        _fill(held, wanted, by)
        held.save()


def _fill(goal: Goal, wanted: Wanted, by: Actor) -> None:
    _refuse(rules.fault_of_scale(wanted.start, wanted.hope))
    _refuse(rules.fault_of_target(wanted.target_on, goal.target_on, clock.today(by.account.timezone)))
    if not wanted.words.strip():
        raise NotPossible(_("Write what you want in your own words."))
    goal.start, goal.hope, goal.target_on = wanted.start, wanted.hope, wanted.target_on
    for field in ("words", "why", "signs", "start_words"):
        text, place = getattr(wanted, field).strip(), vault.place(goal, field)
        setattr(goal, field, vault.seal(text, owner=by.membership.key_owner, place=place))


def share(goal: Goal, *, by: Actor) -> None:
    """Let the mentor read a goal; nothing happens where they can already."""
    _set_shared(goal, True, by)


def unshare(goal: Goal, *, by: Actor) -> None:
    """Keep a goal to oneself again; the mentor may have read it."""
    _set_shared(goal, False, by)


def _set_shared(goal: Goal, shared: bool, by: Actor) -> None:
    with transaction.atomic():
        held = _locked(goal, by)
        if held.shared == shared:
            return
        with event("goal.shared" if shared else "goal.unshared", by=by, about=goal):
            goal.shared = held.shared = shared
            held.save(update_fields=["shared"])


def mark(goal: Goal, *, value: int, by: Actor, words: str = "") -> GoalMark:
    """Say how far a goal has come today; a second mark on a day takes the first one's place."""
    today = clock.today(by.account.timezone)
    with event("goal.marked", by=by, about=goal):
        held = _locked(goal, by)
        _refuse(rules.why_not_mark(value, held.state))
        made = GoalMark.objects.filter(goal=held, on=today).first() or GoalMark(goal=held, on=today)
        made.value, made.at = value, clock.now()
        made.words = vault.seal(words.strip(), owner=by.membership.key_owner, place=vault.place(made, "words"))
        made.save()
    return made


def reach(goal: Goal, *, by: Actor) -> None:
    """Say that a goal is reached."""
    _become(goal, GoalState.REACHED, "goal.reached", by)


def let_go(goal: Goal, *, by: Actor) -> None:
    """Let go of a goal; its words and marks stay."""
    _become(goal, GoalState.LET_GO, "goal.let_go", by)


def reopen(goal: Goal, *, by: Actor) -> None:
    """Take a goal up again."""
    _become(goal, GoalState.ACTIVE, "goal.reopened", by)


def _become(goal: Goal, to: GoalState, name: str, by: Actor) -> None:
    with event(name, by=by, about=goal):
        held = _locked(goal, by)
        _refuse(rules.why_not_become(held.state, to))
        goal.state = held.state = to
        goal.settled_at = held.settled_at = None if to == GoalState.ACTIVE else clock.now()
        held.save(update_fields=["state", "settled_at"])
        move_on_if_ready(held.relationship, by=by)


def _locked(goal: Goal, by: Actor) -> Goal:
    """The goal as it is now, in a pair that may still be written in, for its owner alone."""
    relationship = _writable(Relationship(pk=goal.relationship_id))
    held = Goal.objects.select_for_update().get(pk=goal.pk)
    if held.owner_id != by.membership.pk:
        raise NotPossible(_("Goals are written by the mentee."))
    held.relationship = relationship
    return held


def _writable(relationship: Relationship) -> Relationship:
    held = locked(relationship)
    _refuse(rules.why_not_write(held.accepted_at is not None, held.is_open))
    return held


def _refuse(reason: rules.Sentence | None) -> None:
    if reason:
        raise NotPossible(reason)
