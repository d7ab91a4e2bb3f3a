"""Reasons as values: why this pair, why not that mentor and at what cost, why nobody, and what would help."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

import numpy as np

from pairing.cells import Flags
from pairing.matching import match
from pairing.problems import BAN, Cohort, Couple, Problem, indices
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


class Reason(Enum):
    """Why a mentee lacks a mentor."""

    NOBODY_ALLOWED = "nobody allowed"  # rules and bans leave no mentor, or none further
    NO_PLACES = "no places"  # none of those allowed takes anybody
    TOO_FEW_PLACES = "too few places"  # more people than places, among those who can only have these mentors


class Change(NamedTuple):
    """A change with which a mentee gets this mentor, and everybody else can have as many mentors as now.

    `lifts` are the rules to lift for these two alone; `places` is 1 where the mentor needs one place more, kept
    for this mentee.
    """

    mentor: str
    lifts: tuple[str, ...]
    places: int
    score: int


@dataclass(frozen=True)
class WhyUnmatched:
    """Why a mentee lacks a mentor, and what would help.

    `allowed` counts the mentors whom they may have and have not; `kept_apart` counts for each rule the mentors whom it
    forbids. `rivals` are those, the mentee among them, who can have no mentors but those they have and those of
    `between`, whose places they have all taken, pinned pairs apart. `changes` are the smallest that help, those of the
    highest score first.
    """

    reason: Reason
    allowed: int
    kept_apart: tuple[tuple[str, int], ...]
    rivals: tuple[str, ...]
    between: tuple[str, ...]
    changes: tuple[Change, ...]


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
        cost = None if block else difference(result, match(insisted))
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


def why_unmatched(problem: Problem, result: Result, mentee: str) -> WhyUnmatched:
    """Why a mentee lacks a mentor, and the smallest changes that help. Raises KeyError where they lack none."""
    if mentee not in {unmatched.mentee for unmatched in result.unmatched}:
        raise KeyError(mentee)
    pairing = _Pairing(problem, result)
    row = problem.row[mentee]
    possible = problem.allowed[row] & ~pairing.chosen[row]
    reason, rows, columns = Reason.NOBODY_ALLOWED, list[int](), list[int]()
    if possible.any():
        rows, columns = pairing.rivals(row)
        reason = Reason.TOO_FEW_PLACES if problem.mentor_places[columns].any() else Reason.NO_PLACES
    return WhyUnmatched(
        reason=reason,
        allowed=int(possible.sum()),
        kept_apart=_kept_apart(problem, row),
        rivals=tuple(sorted(problem.mentees[rival] for rival in rows)),
        between=tuple(sorted(problem.mentors[column] for column in columns)),
        changes=_smallest_changes(problem, pairing, row),
    )


def _kept_apart(problem: Problem, row: int) -> tuple[tuple[str, int], ...]:
    """How many mentors each rule and the bans keep from a mentee, those that keep none left out."""
    counts = [(rule.name, int((~rule.allows[row]).sum())) for rule in problem.rules]
    counts.append((BAN, sum(mentee == problem.mentees[row] for mentee, _ in problem.bans)))
    return tuple((name, count) for name, count in counts if count)


def _smallest_changes(problem: Problem, pairing: "_Pairing", row: int) -> tuple[Change, ...]:
    mentee = problem.mentees[row]
    has_way = pairing.ways_to_a_free_place()
    changes = [
        Change(
            mentor=problem.mentors[column],
            lifts=problem.forbidding(mentee, problem.mentors[column]),
            places=0 if has_way[column] else 1,
            score=int(problem.scores[row, column]),
        )
        for column in indices(~pairing.chosen[row])
    ]
    least = min((len(change.lifts) + change.places for change in changes), default=0)
    smallest = [change for change in changes if len(change.lifts) + change.places == least]
    return tuple(sorted(smallest, key=lambda change: (-change.score, change.mentor)))


class _Pairing:
    """Who has whom, and who could be moved for whom. Pinned pairs are never moved."""

    def __init__(self, problem: Problem, result: Result) -> None:
        self.problem = problem
        self.chosen = np.zeros(problem.scores.shape, dtype=np.bool_)
        self.chosen[problem.where(frozenset(_couples(result)))] = True
        self.movable = self.chosen.copy()
        self.movable[problem.where(problem.pins)] = False

    def rivals(self, row: int) -> tuple[list[int], list[int]]:
        """Mentees and mentors on the ways from a mentee by pairs that are allowed and back by pairs that are made."""
        rows = np.zeros(len(self.problem.mentees), dtype=np.bool_)
        columns = np.zeros(len(self.problem.mentors), dtype=np.bool_)
        rows[row], waiting = True, [row]
        while waiting:
            at = waiting.pop()
            reached = self.problem.allowed[at] & ~self.chosen[at] & ~columns
            columns |= reached
            fresh = self.movable[:, reached].any(axis=1) & ~rows
            rows |= fresh
            waiting += indices(fresh)
        return indices(rows), indices(columns)

    def ways_to_a_free_place(self) -> Flags:
        """For each mentor: would taking one more be possible by moving others to mentors they may have?"""
        found: Flags = self.problem.mentor_places > self.chosen.sum(axis=0)
        while True:
            can_move = (self.problem.allowed & ~self.chosen)[:, found].any(axis=1)
            wider = found | self.movable[can_move].any(axis=0)
            if (wider == found).all():
                return found
            found = wider
