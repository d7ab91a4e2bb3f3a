"""What is to be paired: people, places, scores and rules, checked once and frozen."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Couple = tuple[str, str]  # a mentee's id and a mentor's
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

FULL = 1_000_000  # what the weights of criteria sum to
BAN = "ban"
OBJECTIVES = (("matched", "worst", "total"), ("matched", "total"))


@dataclass(frozen=True, eq=False)
class Criterion:
    """What speaks for a pair, in points.

    `points` are whole numbers from 0 to `weight`, shape (mentees, mentors). A pair's score is the sum of its points,
    and the weights of all criteria sum to 1,000,000: nothing is rounded, so every score can be added up by hand.
    """

    name: str
    weight: int
    points: Integers


@dataclass(frozen=True, eq=False)
class Rule:
    """What two people must meet to be paired at all: `allows` is true where they do, shape (mentees, mentors)."""

    name: str
    allows: Flags


@dataclass(frozen=True, eq=False)
class Problem:
    """A cohort to be paired, in the order in which it was given. Made by `pairing.problem`, which checks it.

    Matrices have a row for each mentee and a column for each mentor. `mentee_places` says how many mentors a mentee is
    to have, `mentor_places` how many mentees a mentor takes. A pinned pair is made whatever its score, a banned one
    never. A pair of `kept` counts `keep_bonus` more than its score when totals are compared.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    scores: Integers
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    mentee_places: Integers
    mentor_places: Integers
    pins: frozenset[Couple]
    bans: frozenset[Couple]
    kept: frozenset[Couple]
    keep_bonus: int
    objective: tuple[str, ...]
    seed: int

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each mentee."""
        return {name: place for place, name in enumerate(self.mentees)}

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each mentor."""
        return {name: place for place, name in enumerate(self.mentors)}

    @cached_property
    def allowed(self) -> Flags:
        """Where every rule and no ban lets two people be paired."""
        allowed = np.ones(self.scores.shape, dtype=np.bool_)
        for rule in self.rules:
            allowed &= rule.allows
        allowed[self.where(self.bans)] = False
        return frozen(allowed)

    @cached_property
    def values(self) -> Integers:
        """What a pair counts when totals are compared: its score, and the bonus where it is kept."""
        values = self.scores.copy()
        values[self.where(self.kept)] += self.keep_bonus
        return frozen(values)

    def where(self, couples: frozenset[Couple]) -> tuple[list[int], list[int]]:
        """Rows and columns of some pairs, to index a matrix with."""
        ordered = sorted(couples)
        return [self.row[mentee] for mentee, _ in ordered], [self.column[mentor] for _, mentor in ordered]

    def points(self, mentee: str, mentor: str) -> tuple[tuple[str, int], ...]:
        """Each criterion's points for a pair, by name; empty where scores were given without criteria."""
        cell = self.row[mentee], self.column[mentor]
        return tuple((criterion.name, int(criterion.points[cell])) for criterion in self.criteria)

    def forbidding(self, mentee: str, mentor: str) -> tuple[str, ...]:
        """The names of the rules that keep two people apart, and `BAN` where the pair is banned."""
        cell = self.row[mentee], self.column[mentor]
        names = [rule.name for rule in self.rules if not rule.allows[cell]]
        return tuple(names + [BAN] * ((mentee, mentor) in self.bans))


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The array, which can no longer be written to."""
    array.setflags(write=False)
    return array


def indices(flags: Flags) -> list[int]:
    """The places at which a row of flags is true, as plain integers."""
    return [int(place) for place in np.flatnonzero(flags)]
