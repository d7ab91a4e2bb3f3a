"""Reasons as values: why this pair, why not that mentor and at what cost."""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from pairing.matching import match
from pairing.problems import Cohort, Couple
from pairing.result import Result


@dataclass(frozen=True)
class Why:
    """What speaks for a pair. Ranks count from 1 among those whom rules and bans allow; equal scores share a rank."""

    score: int
    criteria: tuple[tuple[str, int], ...]
    rank_for_mentee: int
    rank_for_mentor: int


class Block(Enum):
    """Why a pair cannot be had at any cost, where no rule forbids it."""

    NO_PLACES = "no places"  # one of the two has none
    PINS = "pins"  # all places of one of the two are pinned to others


@dataclass(frozen=True)
class Cost:
    """What changes for everybody together from one pairing to another: afterwards less before.

    `worst` is over all pairs, the pinned too, and 0 where there were or are none; `total` is in score and bonus
    together. `lost` are pairs that would not be made, `gained` those made in their place.
    """

    matched: int
    worst: int
    total: int
    lost: tuple[Couple, ...]
    gained: tuple[Couple, ...]


@dataclass(frozen=True)
class WhyNot:
    """Why two people are not paired: the rules between them, a block, or else what it would cost."""

    score: int
    forbidden_by: tuple[str, ...]
    block: Block | None
    cost: Cost | None


def why(problem: Cohort, result: Result, mentee: str, mentor: str) -> Why:
    """Why two people are paired. Raises KeyError where they are not."""
    if (mentee, mentor) not in _couples(result):
        raise KeyError((mentee, mentor))
    row, column = problem.where([(mentee, mentor)])
    score = problem.scores_at(row, column)[0]
    everybody = np.arange(len(problem.mentees)), np.arange(len(problem.mentors))
    of_mentee, of_mentor = np.broadcast_arrays(row, everybody[1]), np.broadcast_arrays(everybody[0], column)
    return Why(
        score=int(score),
        criteria=problem.points(mentee, mentor),
        rank_for_mentee=1 + int((problem.allowed_at(*of_mentee) & (problem.scores_at(*of_mentee) > score)).sum()),
        rank_for_mentor=1 + int((problem.allowed_at(*of_mentor) & (problem.scores_at(*of_mentor) > score)).sum()),
    )


def why_not(problem: Cohort, result: Result, mentee: str, mentor: str) -> WhyNot:
    """Why two people are not paired, with the exact cost of insisting, found by matching anew with the pair pinned.

    Raises KeyError where they are paired, or where somebody is not in the problem.
    """
    if (mentee, mentor) in _couples(result):
        raise KeyError((mentee, mentor))
    forbidden_by, block, cost = problem.forbidding(mentee, mentor), None, None
    if not forbidden_by:
        block = _block(problem, mentee, mentor)
        insisted = replace(problem, pins=problem.pins | {(mentee, mentor)})
        cost = None if block else difference(result, match(insisted, warm=result))
    score = int(problem.scores_at(*problem.where([(mentee, mentor)]))[0])
    return WhyNot(score, forbidden_by, block, cost)


def _block(problem: Cohort, mentee: str, mentor: str) -> Block | None:
    places = int(problem.mentee_places[problem.row[mentee]]), int(problem.mentor_places[problem.column[mentor]])
    if 0 in places:
        return Block.NO_PLACES
    pinned = sum(pin[0] == mentee for pin in problem.pins), sum(pin[1] == mentor for pin in problem.pins)
    return Block.PINS if pinned[0] == places[0] or pinned[1] == places[1] else None


def difference(before: Result, after: Result) -> Cost:
    """What one result would change for everybody against another."""
    had, has = _couples(before), _couples(after)
    return Cost(
        matched=after.matched - before.matched,
        worst=_worst(after) - _worst(before) if had and has else 0,
        total=after.total + after.bonus - before.total - before.bonus,
        lost=tuple(sorted(had - has)),
        gained=tuple(sorted(has - had)),
    )


def _worst(result: Result) -> int:
    return min((pair.score for pair in result.pairs), default=0)


def _couples(result: Result) -> set[Couple]:
    return {(pair.mentee, pair.mentor) for pair in result.pairs}
