"""Pairings that no two people would leave for each other, where both sides say whom they would rather have.

With ties, stable pairings differ in size and the largest is hard to find. Promotion (Király, 2013) is never more than a
third below it: who is turned down by everybody asks a second time, and then goes before others of the same rank; and
whoever could as gladly go to a mentor with places left makes room.
"""

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np

from pairing.checking import SCORE_LIMIT, matrix_of
from pairing.faults import NotAProblem
from pairing.fingerprint import fingerprint
from pairing.open_part import OpenPart
from pairing.outcome import pairs_of, unmatched_in
from pairing.problems import Cohort, Couple, Flags, Integers, Problem
from pairing.result import Pair, Unmatched


@dataclass(frozen=True)
class Stable:
    """A stable pairing. `fingerprint` is of the problem and of what both sides wish."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    fingerprint: str


def stable(problem: Cohort, *, mentee_wishes: Any = None, mentor_wishes: Any = None) -> Stable:
    """A weakly stable pairing with at least two thirds of the pairs of the largest one.

    Wishes are whole numbers from 0 to 1,000,000,000, shape (mentees, mentors): the higher, the sooner the mentee (the
    mentor) would have the other; equal ones are equally welcome. Without them the scores are taken. Pins are made
    first. Ties are broken by the seed and by who people are.

    Raises NotAProblem where a mentee is to have more than one mentor, wishes are no such matrix, or the cohort is too
    large for matrices.
    """
    if not isinstance(problem, Problem):
        raise NotAProblem(
            f"{len(problem.mentees):,} mentees and {len(problem.mentors):,} mentors are too many for a stable pairing. "
            "Split the cohort, or match by score.",
            about="mentees",
        )
    many = np.flatnonzero(problem.mentee_places > 1)
    if many.size:
        mentee = problem.mentees[many[0]]
        raise NotAProblem(
            f"{mentee!r} is to have {problem.mentee_places[many[0]]} mentors. Stable pairings give each mentee one at "
            "most: lower the number, or match by score.",
            about="mentee_places",
            mentee=mentee,
        )
    wishes = _wishes(problem, "mentee_wishes", mentee_wishes), _wishes(problem, "mentor_wishes", mentor_wishes)
    part = OpenPart.of(problem)
    courtship = _Courtship(part, wishes[0][part.order], wishes[1][part.order])
    couples = part.couples(courtship.run()) | problem.pins
    pairs = pairs_of(problem, couples)
    return Stable(pairs, unmatched_in(problem, pairs), fingerprint(problem, *wishes))


def blocking(
    problem: Problem, couples: frozenset[Couple], *, mentee_wishes: Any = None, mentor_wishes: Any = None
) -> tuple[Couple, ...]:
    """Pairs that would rather have each other: a stable pairing has none. Pinned pairs are not left for others.

    The mentee lacks a mentor or has one that is less welcome; the mentor has a place left or somebody less welcome.
    """
    by_mentee = _wishes(problem, "mentee_wishes", mentee_wishes)
    by_mentor = _wishes(problem, "mentor_wishes", mentor_wishes)
    chosen = np.zeros(problem.scores.shape, dtype=np.bool_)
    chosen[problem.where(couples)] = True
    movable = chosen.copy()
    movable[problem.where(problem.pins)] = False
    lacks = chosen.sum(axis=1) < problem.mentee_places
    has_room = chosen.sum(axis=0) < problem.mentor_places
    least = np.where(movable, by_mentee, SCORE_LIMIT + 1).min(axis=1, initial=SCORE_LIMIT + 1)
    last = np.where(movable, by_mentor, SCORE_LIMIT + 1).min(axis=0, initial=SCORE_LIMIT + 1)
    gladly = lacks[:, None] | (least[:, None] < by_mentee)
    welcome = has_room[None, :] | (last[None, :] < by_mentor)
    found = np.argwhere(problem.allowed & ~chosen & gladly & welcome).tolist()
    return tuple(sorted((problem.mentees[row], problem.mentors[column]) for row, column in found))


def _wishes(problem: Problem, called: str, given: Any) -> Integers:
    if given is None:
        return problem.scores
    return matrix_of(called, given, problem.mentees, problem.mentors, SCORE_LIMIT)


class _Courtship:
    """Mentees ask, best first; mentors hold whom they would rather have, until somebody better asks."""

    def __init__(self, part: OpenPart, mentee_wishes: Integers, mentor_wishes: Integers) -> None:
        self.part, self.mentor_wishes = part, mentor_wishes
        self.left = part.places.copy()
        self.holders: list[list[int]] = [[] for _ in part.mentors]
        self.ranks = [_ranks(wishes, allowed) for wishes, allowed in zip(mentee_wishes, part.allowed, strict=True)]
        self.asking: list[list[int]] = [[] for _ in part.mentees]  # of the rank at which somebody is, those left to ask
        self.at = [-1] * len(part.mentees)
        self.promoted = [False] * len(part.mentees)

    def run(self) -> Flags:
        """Who is paired in the end, shape (mentees, mentors)."""
        waiting = deque(np.flatnonzero(self.part.demand > 0).tolist())
        while waiting:
            turned_down = self._ask(waiting.popleft())
            if turned_down is not None:
                waiting.append(turned_down)
        chosen = np.zeros(self.part.allowed.shape, dtype=np.bool_)
        for column, rows in enumerate(self.holders):
            chosen[rows, column] = True
        return chosen

    def _ask(self, row: int) -> int | None:
        """Somebody asks the best mentor who is left to ask; answers with who has to ask on, if anybody has."""
        asking = self._best_left(row)
        if not asking:
            return None
        column = next((column for column in asking if self.left[column] > 0), asking[0])
        if self.left[column] > 0:
            self.left[column] -= 1
            self.holders[column].append(row)
            return None
        loser = self._who_goes(column, row)
        if loser == row or not self._has_room_elsewhere(loser):
            self.asking[loser].remove(column)
        if loser != row:
            self.holders[column].remove(loser)
            self.holders[column].append(row)
        return loser

    def _best_left(self, row: int) -> list[int]:
        """Of those whom a mentee has not been turned down by, the equally best; nobody once all have, twice."""
        while not self.asking[row]:
            self.at[row] += 1
            if self.at[row] == len(self.ranks[row]):
                if self.promoted[row] or not self.ranks[row]:
                    return []
                self.promoted[row], self.at[row] = True, 0
            self.asking[row] = list(self.ranks[row][self.at[row]])
        return self.asking[row]

    def _who_goes(self, column: int, row: int) -> int:
        """Of a full mentor's mentees and the one who asks: who would do as well elsewhere, or else is least welcome."""
        for holder in self.holders[column]:
            if self._has_room_elsewhere(holder):
                return holder
        return min([row, *self.holders[column]], key=lambda each: self._welcome(each, column))

    def _has_room_elsewhere(self, row: int) -> bool:
        return any(self.left[column] > 0 for column in self.asking[row])

    def _welcome(self, row: int, column: int) -> tuple[int, bool]:
        return int(self.mentor_wishes[row, column]), self.promoted[row]


def _ranks(wishes: Integers, allowed: Flags) -> list[list[int]]:
    """The columns that are allowed, those of equal wishes together, best first."""
    columns = np.flatnonzero(allowed)
    of_columns = wishes[columns]
    return [columns[of_columns == wish].tolist() for wish in np.unique(of_columns)[::-1]]
