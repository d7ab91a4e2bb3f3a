"""A policy and what is wrong with it, the steps of seniority, and how far a round may go: pure functions."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import timedelta
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.matching.terms import (
    ALWAYS,
    FULL,
    OWN_OTHER,
    OWN_SAME,
    POINTS_OF_ONE,
    AnyCriterion,
    AnyRule,
    CriterionName,
    OwnCriterion,
    OwnLooked,
    OwnRule,
    Ready,
    RoundState,
    RuleName,
    Way,
    criterion,
    rule,
)

T = TypeVar("T")

MOST_STEPS = 10
"""How many grades a mentor may be asked to be above a mentee at most."""

MOST_LINE = 9
"""How many levels of a line of management can be kept apart: more than any organisation here has."""

WORTH_A_LOOK = 60
"""A pair that fits less than this, of a hundred that can be reached, is looked at before it is published."""

LEAST_FLOOR = 30
"""Below this a pair is always looked at: where hardly anything can be reached, hardly anything is known of a pair."""

DEFAULT_WEIGHTS: Mapping[str, int] = {
    CriterionName.SKILLS: 55,
    CriterionName.SENIORITY: 15,
    CriterionName.DEPARTMENT: 10,
    CriterionName.SITE: 10,
    CriterionName.HOURS: 10,
}


@dataclass(frozen=True)
class Policy:
    """By what a programme matches. Weights are of a hundred, by the names of criteria; rules are on or off.

    `line` says how many levels of a mentee's line of management are kept from them: 1 is the line manager, who always
    is. A mentor is `least` to `most` grades above the mentee where `ahead` is on; `ideal` gets the most points.
    `grades` is the organisation's own order of grades, the lowest first; where it is empty, their numbers decide.
    `must` are the organisation's own fields that have to say the same of both. `own` says what the fields are called
    that count or must, by their refs: a field that is renamed or removed later is still known by it.
    """

    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    line: int = 2
    team: bool = True
    language: bool = True
    hours: bool = False
    meet: bool = False
    site: bool = False
    before: bool = True
    ahead: bool = False
    least: int = 1
    most: int = MOST_STEPS
    ideal: int = 2
    grades: tuple[str, ...] = ()
    ready: str = Ready.NOBODY  # a pair can still wait until both are ready: readiness.holds_pairs
    keep: int = 5  # how much more of a hundred a pair of the last run counts when the rest is kept
    choices: int = 3  # from how many a mentee chooses, where mentees choose
    must: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        listed = {"grades": list(self.grades), "must": list(self.must)}
        return {**asdict(self), "weights": dict(self.weights), "own": dict(self.own), **listed}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Policy":
        """As it was stored; what is not there is as by default."""
        known = {one.name: kept[one.name] for one in fields(cls) if one.name in kept}
        policy = cls(**known)
        return replace(policy, grades=tuple(policy.grades), must=tuple(policy.must))

    @property
    def rules(self) -> list[AnyRule]:
        """The rules that hold, in the order of their list."""
        on = {*ALWAYS, RuleName.MANAGER, *(RuleName(name) for name in _SWITCHES if getattr(self, name))}
        own = [rule(f"{OwnRule.beginning}{held}", self.own) for held in sorted(self.must)]
        return [*(name for name in RuleName if name in on), *own]

    @property
    def criteria(self) -> list[tuple[AnyCriterion, int]]:
        """The criteria that count, with their weights, the heaviest first."""
        held = [(criterion(name, self.own), weight) for name, weight in self.weights.items() if weight]
        return sorted(held, key=lambda one: (-one[1], _place(one[0])))

    @property
    def own_fields(self) -> list[OwnLooked]:
        """The organisation's own fields that count, the heaviest first, then those that only a rule asks for."""
        held = [*(name for name, _weight in self.criteria), *self.rules]
        own = [name for name in held if isinstance(name, OwnCriterion | OwnRule)]
        return list(dict.fromkeys(OwnLooked(name.field, name.about) for name in own))


def _place(name: AnyCriterion) -> tuple[int, str]:
    order = list(CriterionName)
    return (order.index(name), "") if isinstance(name, CriterionName) else (len(order), name)


def names_aside(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A kept policy without what fields are called: one that is renamed makes no other policy."""
    return {name: value for name, value in kept.items() if name != "own"}


_SWITCHES = (
    RuleName.TEAM,
    RuleName.LANGUAGE,
    RuleName.HOURS,
    RuleName.MEET,
    RuleName.SITE,
    RuleName.BEFORE,
    RuleName.AHEAD,
)


def fault_of_weights(weights: Mapping[str, int]) -> str | Promise | None:
    """What is wrong with weights, and how far they are from a hundred; None where nothing is."""
    total = sum(weights.values())
    if total == FULL:
        return None
    if total < FULL:
        left = FULL - total
        return ngettext(
            "The weights add up to %(total)s. Give %(count)s more to something.",
            "The weights add up to %(total)s. Give %(count)s more to something.",
            left,
        ) % {"total": total, "count": left}
    over = total - FULL
    return ngettext(
        "The weights add up to %(total)s. Take %(count)s away from something.",
        "The weights add up to %(total)s. Take %(count)s away from something.",
        over,
    ) % {"total": total, "count": over}


def fault_of_steps(least: int, most: int, ideal: int) -> str | Promise | None:
    """What is wrong with the grades that a mentor is to be above a mentee, or None."""
    if least > most:
        return _("“At least” is more than “at most”. Change one of them.")
    if not least <= ideal <= most:
        return _("What fits best has to lie between “at least” and “at most”.")
    return None


def fault_of_own(weights: Mapping[str, int], about: Mapping[str, str]) -> str | Promise | None:
    """What is wrong with the weights of the organisation's own fields, or None."""
    for name, weight in weights.items():
        field = name.removeprefix(OWN_SAME)
        if weight and name.startswith(OWN_SAME) and weights.get(f"{OWN_OTHER}{field}"):
            words = _("“%(field)s” counts both for being the same and for not being the same. Keep one of the two.")
            return words % {"field": about.get(field, "")}
    return None


def fault_of(policy: Policy) -> str | Promise | None:
    """What is wrong with a policy, or None. Steps that no rule asks for are left alone."""
    steps = fault_of_steps(policy.least, policy.most, policy.ideal) if policy.ahead else None
    return fault_of_weights(policy.weights) or fault_of_own(policy.weights, policy.own) or steps


def hears_wishes(weights: Mapping[str, int], way: str) -> bool:
    """Does what people ask for count, where both sides say whom they would like?"""
    return way != Way.RANKING or weights.get(CriterionName.WISHES, 0) > 0


# --- seniority

_NUMBER = re.compile(r"\d+")


def in_order(grades: Iterable[str], said: Sequence[str] = ()) -> list[str]:
    """Grades, the lowest first: as the organisation says, the rest by the number in them.

    A grade without a number that nobody has placed is left out: it says nothing of who is above whom.
    """
    found = {grade for grade in grades if grade}
    first = [grade for grade in said if grade in found or not found]
    numbered = [grade for grade in found - set(said) if _NUMBER.search(grade)]
    if said:
        return first
    return sorted(numbered, key=lambda grade: ([int(part) for part in _NUMBER.findall(grade)], grade))


def steps_between(mentee: str, mentor: str, order: Sequence[str]) -> int | None:
    """How many grades a mentor is above a mentee; None where one of the two is not in the order."""
    if mentee not in order or mentor not in order:
        return None
    return order.index(mentor) - order.index(mentee)


def share_for_steps(steps: int | None, ideal: int) -> float:
    """Which part of the weight that many grades are worth: all of it at the ideal, less by a third for each one off.

    Nothing for somebody who is not above; a half where it is not known.
    """
    if steps is None:
        return 0.5
    return max(0.0, 1 - abs(steps - ideal) / 3) if steps > 0 else 0.0


# --- a round


MOVES: Mapping[str, Collection[str]] = {
    RoundState.DRAFT: (RoundState.REVIEWED, RoundState.DISCARDED),
    RoundState.REVIEWED: (RoundState.DRAFT, RoundState.LOCKED, RoundState.DISCARDED),
    RoundState.LOCKED: (RoundState.DRAFT, RoundState.PUBLISHED, RoundState.DISCARDED),
    RoundState.PUBLISHED: (RoundState.UNDONE,),
    RoundState.UNDONE: (),
    RoundState.DISCARDED: (),
}


def may_move(state: str, to: str) -> bool:
    """May a round go from one state to the other?"""
    return to in MOVES[state]


def floor_of(reach: int) -> int:
    """Below how many points of a hundred a pair is worth a look, where `reach` points of a million can be got."""
    return max(LEAST_FLOOR, WORTH_A_LOOK * reach // (FULL * POINTS_OF_ONE))


def worth_a_look(score: int, floor: int) -> bool:
    """Should a person look at a pair with so many points of a million before it is published?"""
    return score < floor * POINTS_OF_ONE


# --- after it is published

LEAST_CHOICES = 2
"""From how many a mentee chooses at least, where so many fit."""

KEPT_FOR = timedelta(days=7)
"""How long a place is kept for a mentee who chooses out of a few."""

MOST_WISHES = 5
"""Whom somebody can say that they would like to be paired with, at most."""


def moved(named: Sequence[T], one: T, how: str) -> list[T]:
    """A list of wishes with one put at its end, taken off, or moved up or down by one place."""
    held = [other for other in named if other != one]
    if how == "remove":
        return held
    if one not in named:
        return [*held, one]
    at = named.index(one) + {"up": -1, "down": 1}.get(how, 0)
    at = min(max(at, 0), len(held))
    return [*held[:at], one, *held[at:]]
