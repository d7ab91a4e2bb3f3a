"""Reasons as values: why nobody, and what would help."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np

from pairing.cells import Flags, Integers
from pairing.problems import BAN, Cohort
from pairing.result import Result

_CELLS_AT_ONCE = 2_000_000


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


def why_unmatched(problem: Cohort, result: Result, mentee: str) -> WhyUnmatched:
    """Why a mentee lacks a mentor, and the smallest changes that help. Raises KeyError where they lack none."""
    if mentee not in {unmatched.mentee for unmatched in result.unmatched}:
        raise KeyError(mentee)
    pairing, row = _Pairing(problem, result), problem.row[mentee]
    broken = _broken(problem, row)
    has = np.zeros(len(problem.mentors), dtype=np.bool_)
    has[pairing.made.within(np.array([row]))[1]] = True
    possible = ~has & ~np.any([flags for _, flags in broken], axis=0)
    reason, rows, columns = Reason.NOBODY_ALLOWED, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if possible.any():
        rows, columns = pairing.rivals(row)
        reason = Reason.TOO_FEW_PLACES if problem.mentor_places[columns].any() else Reason.NO_PLACES
    return WhyUnmatched(
        reason=reason,
        allowed=int(possible.sum()),
        kept_apart=tuple((name, int(flags.sum())) for name, flags in broken if flags.any()),
        rivals=tuple(sorted(problem.mentees[rival] for rival in rows)),
        between=tuple(sorted(problem.mentors[column] for column in columns)),
        changes=_smallest_changes(problem, row, broken, ~has, pairing.ways_to_a_free_place()),
    )


def _broken(problem: Cohort, row: int) -> list[tuple[str, Flags]]:
    """For each rule and for the bans, which mentors it keeps from a mentee."""
    rows, columns = np.full(len(problem.mentors), row), np.arange(len(problem.mentors))
    broken = [(rule.name, ~rule.at(rows, columns)) for rule in problem.rules]
    return [*broken, (BAN, problem.banned.at(rows, columns)[0])]


def _smallest_changes(
    problem: Cohort, row: int, broken: list[tuple[str, Flags]], others: Flags, has_way: Flags
) -> tuple[Change, ...]:
    needed = np.sum([flags for _, flags in broken], axis=0) + ~has_way
    least = needed[others].min(initial=len(broken) + 1)
    columns = np.flatnonzero(others & (needed == least))
    scores = problem.scores_at(np.full(len(columns), row), columns).tolist()
    changes = [
        Change(
            mentor=problem.mentors[column],
            lifts=tuple(name for name, flags in broken if flags[column]),
            places=0 if has_way[column] else 1,
            score=score,
        )
        for column, score in zip(columns, scores, strict=True)
    ]
    return tuple(sorted(changes, key=lambda change: (-change.score, change.mentor)))


class _Pairing:
    """Who has whom, and who could be moved for whom. Pinned pairs are never moved."""

    def __init__(self, problem: Cohort, result: Result) -> None:
        self.problem = problem
        couples = {(pair.mentee, pair.mentor) for pair in result.pairs}
        self.made = problem.cells(couples)
        self.movable = problem.where(couples - problem.pins)  # rows and columns
        taken = np.bincount(problem.where(couples)[1], minlength=len(problem.mentors))
        self.has_places: Flags = problem.mentor_places > taken

    def rivals(self, row: int) -> tuple[Integers, Integers]:
        """Mentees and mentors on the ways from a mentee by pairs that are allowed and back by pairs that are made."""
        rows = np.zeros(len(self.problem.mentees), dtype=np.bool_)
        columns = np.zeros(len(self.problem.mentors), dtype=np.bool_)
        rows[row], waiting = True, np.array([row])
        while len(waiting):
            columns |= self._open(waiting, ~columns, of="mentors")
            fresh = np.unique(self.movable[0][columns[self.movable[1]]])
            waiting = fresh[~rows[fresh]]
            rows[waiting] = True
        return np.flatnonzero(rows), np.flatnonzero(columns)

    def ways_to_a_free_place(self) -> Flags:
        """For each mentor: would taking one more be possible by moving others to mentors they may have?"""
        found, fresh, staying = self.has_places.copy(), self.has_places, np.unique(self.movable[0])
        while fresh.any() and len(staying):
            can_move = self._open(staying, fresh, of="mentees")
            wider = np.zeros_like(found)
            wider[self.movable[1][np.isin(self.movable[0], staying[can_move])]] = True
            staying, fresh = staying[~can_move], wider & ~found
            found |= wider
        return found

    def _open(self, rows: Integers, columns: Flags, *, of: str) -> Flags:
        """Which of these mentees have a pair that may be made and is not, with any of these mentors; or the reverse."""
        few = np.flatnonzero(columns)
        problem, made = self.problem.among(few), self.made.among(few)
        size = max(1, _CELLS_AT_ONCE // max(1, len(few)))
        by_mentee, by_mentor = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(columns), dtype=np.bool_)
        for at in range(0, len(rows), size):
            some = rows[at : at + size]
            _, allowed = problem.block(some)
            allowed = allowed.copy()
            allowed[made.within(some)[:2]] = False
            by_mentee[at : at + size] = allowed.any(axis=1)
            by_mentor[few] |= allowed.any(axis=0)
        return by_mentor if of == "mentors" else by_mentee
