"""A cohort with more pairs than fit in memory: people are known, and pairs are reckoned when they are asked for."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing.cells import Flags, Integers
from pairing.factors import Additive, Hard, Singles, Sums
from pairing.problems import Cohort, contents


@dataclass(frozen=True, eq=False)
class LargeProblem(Cohort):
    """A cohort to be paired, by criteria and rules of people. Made by `pairing.problem`, which checks it."""

    criteria: tuple[Additive, ...]
    rules: tuple[Hard, ...]

    def block(self, rows: Integers) -> tuple[Integers, Flags]:
        """Scores of some mentees with every mentor, and where every rule and no ban lets them be paired."""
        scores = self.sums.block(rows)
        for criterion in self.singles:
            owners, columns, numbers = criterion.cells.within(rows)
            scores[owners, columns] += numbers
        allowed = np.ones(scores.shape, dtype=np.bool_)
        for rule in self.rules:
            allowed &= rule.block(rows)
        allowed[self.banned.within(rows)[:2]] = False
        return scores, allowed

    def scores_at(self, rows: Integers, columns: Integers) -> Integers:
        """Scores of single pairs."""
        nothing = np.zeros(len(rows), dtype=np.int64)
        return sum((points for _, points in self.points_at(rows, columns)), nothing)

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that is known of pairs, with people in this order and criteria and rules in that of their names."""
        return contents(self.criteria, self.rules, rows, columns)

    def among(self, columns: Integers) -> "LargeProblem":
        """The same with some of the mentors."""
        return replace(
            self,
            **self.people_among(columns),
            criteria=tuple(criterion.among(columns) for criterion in self.criteria),
            rules=tuple(rule.among(columns) for rule in self.rules),
        )

    @cached_property
    def singles(self) -> tuple[Singles, ...]:
        """The criteria that give points to single pairs."""
        return tuple(criterion for criterion in self.criteria if isinstance(criterion, Singles))

    @cached_property
    def sums(self) -> Sums:
        """All other criteria as one: the points of a mentee's entries, whichever criterion they are from."""
        return joined([criterion for criterion in self.criteria if isinstance(criterion, Sums)], self.shape)


def joined(sums: list[Sums], shape: tuple[int, int]) -> Sums:
    """Several criteria as one, whose points are the sums of theirs."""
    owners, features, points, first = [], [], [], 0
    for each in sums:
        owners.append(np.repeat(np.arange(shape[0]), np.diff(each.start)))
        features.append(each.features + first)
        points.append(each.points)
        first += len(each.has)
    nothing = np.zeros(0, dtype=np.int64)
    of_row = np.concatenate([nothing, *owners])
    order = np.argsort(of_row, kind="stable")
    return Sums(
        name="",
        weight=sum(each.weight for each in sums),
        base=sum((each.base for each in sums), np.zeros(shape[0], dtype=np.int64)),
        start=np.searchsorted(of_row[order], np.arange(shape[0] + 1)),
        features=np.concatenate([nothing, *features])[order],
        points=np.concatenate([nothing, *points])[order],
        has=np.concatenate([np.zeros((0, shape[1]), dtype=np.bool_), *(each.has for each in sums)]),
    )
