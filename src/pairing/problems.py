"""What is to be paired: people, places, scores and rules, checked once and frozen."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing.cells import Cells, Flags, Integers

Couple = tuple[str, str]  # a mentee's id and a mentor's

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

    def at(self, rows: Integers, columns: Integers) -> Integers:
        """Points of single pairs."""
        return self.points[rows, columns]

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that it holds, with people in this order."""
        return [self.points[np.ix_(rows, columns)]]


@dataclass(frozen=True, eq=False)
class Rule:
    """What two people must meet to be paired at all: `allows` is true where they do, shape (mentees, mentors)."""

    name: str
    allows: Flags

    def at(self, rows: Integers, columns: Integers) -> Flags:
        """Where single pairs meet the rule."""
        return self.allows[rows, columns]

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that it holds, with people in this order."""
        return [self.allows[np.ix_(rows, columns)]]


@dataclass(frozen=True, eq=False)
class Cohort(ABC):
    """Who is to be paired, in the order in which they were given, whatever is known of their pairs.

    `mentee_places` says how many mentors a mentee is to have, `mentor_places` how many mentees a mentor takes. A pinned
    pair is made whatever its score, a banned one never. A pair of `kept` counts `keep_bonus` more than its score when
    totals are compared.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    mentee_places: Integers
    mentor_places: Integers
    pins: frozenset[Couple]
    bans: frozenset[Couple]
    kept: frozenset[Couple]
    keep_bonus: int
    objective: tuple[str, ...]
    seed: int
    criteria: tuple[Any, ...]
    rules: tuple[Any, ...]

    @abstractmethod
    def block(self, rows: Integers) -> tuple[Integers, Flags]:
        """Scores of some mentees with every mentor, and where every rule and no ban lets them be paired."""

    @abstractmethod
    def scores_at(self, rows: Integers, columns: Integers) -> Integers:
        """Scores of single pairs."""

    @abstractmethod
    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that is known of pairs, with people in this order and criteria and rules in that of their names."""

    @abstractmethod
    def among(self, columns: Integers) -> "Cohort":
        """The same with some of the mentors."""

    @property
    def shape(self) -> tuple[int, int]:
        """How many mentees and how many mentors."""
        return len(self.mentees), len(self.mentors)

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each mentee."""
        return {name: place for place, name in enumerate(self.mentees)}

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each mentor."""
        return {name: place for place, name in enumerate(self.mentors)}

    @cached_property
    def banned(self) -> Cells:
        """The pairs of the bans."""
        return self.cells(self.bans)

    def people_among(self, columns: Integers) -> dict[str, Any]:
        """What `among` changes that is not of pairs."""
        mentors = tuple(self.mentors[column] for column in columns.tolist())
        here = set(mentors)
        some = {
            name: {couple for couple in getattr(self, name) if couple[1] in here} for name in ("pins", "bans", "kept")
        }
        return {
            "mentors": mentors,
            "mentor_places": self.mentor_places[columns],
            **{name: frozenset(couples) for name, couples in some.items()},
        }

    def where(self, couples: Collection[Couple]) -> tuple[Integers, Integers]:
        """Rows and columns of some pairs, sorted by id, to index a matrix with."""
        ordered = sorted(couples)
        rows = np.array([self.row[mentee] for mentee, _ in ordered], dtype=np.int64)
        return rows, np.array([self.column[mentor] for _, mentor in ordered], dtype=np.int64)

    def cells(self, couples: Collection[Couple]) -> Cells:
        """Some pairs, row by row."""
        return Cells.of({(self.row[mentee], self.column[mentor]): 0 for mentee, mentor in couples}, self.shape)

    def allowed_at(self, rows: Integers, columns: Integers) -> Flags:
        """Where every rule and no ban lets single pairs be."""
        allowed = ~self.banned.at(rows, columns)[0]
        for rule in self.rules:
            allowed &= rule.at(rows, columns)
        return allowed

    def points_at(self, rows: Integers, columns: Integers) -> list[tuple[str, Integers]]:
        """Each criterion's points for single pairs, by name; empty where scores were given without criteria."""
        return [(criterion.name, criterion.at(rows, columns)) for criterion in self.criteria]

    def points(self, mentee: str, mentor: str) -> tuple[tuple[str, int], ...]:
        """Each criterion's points for a pair, by name; empty where scores were given without criteria."""
        return tuple((name, int(points[0])) for name, points in self.points_at(*self.where([(mentee, mentor)])))

    def forbidding(self, mentee: str, mentor: str) -> tuple[str, ...]:
        """The names of the rules that keep two people apart, and `BAN` where the pair is banned."""
        rows, columns = self.where([(mentee, mentor)])
        names = [rule.name for rule in self.rules if not rule.at(rows, columns)[0]]
        return tuple(names + [BAN] * ((mentee, mentor) in self.bans))


@dataclass(frozen=True, eq=False)
class Problem(Cohort):
    """A cohort to be paired whose every pair fits in memory. Made by `pairing.problem`, which checks it.

    Matrices have a row for each mentee and a column for each mentor.
    """

    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    scores: Integers

    @cached_property
    def allowed(self) -> Flags:
        """Where every rule and no ban lets two people be paired."""
        allowed = np.ones(self.scores.shape, dtype=np.bool_)
        for rule in self.rules:
            allowed &= rule.allows
        allowed[self.where(self.bans)] = False
        return frozen(allowed)

    def block(self, rows: Integers) -> tuple[Integers, Flags]:
        """Scores of some mentees with every mentor, and where every rule and no ban lets them be paired."""
        return self.scores[rows], self.allowed[rows]

    def scores_at(self, rows: Integers, columns: Integers) -> Integers:
        """Scores of single pairs."""
        return self.scores[rows, columns]

    def among(self, columns: Integers) -> "Problem":
        """The same with some of the mentors."""
        return replace(
            self,
            **self.people_among(columns),
            scores=self.scores[:, columns],
            criteria=tuple(replace(each, points=each.points[:, columns]) for each in self.criteria),
            rules=tuple(replace(each, allows=each.allows[:, columns]) for each in self.rules),
        )

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that is known of pairs, with people in this order and criteria and rules in that of their names."""
        return [self.scores[np.ix_(rows, columns)], *contents(self.criteria, self.rules, rows, columns)]


def contents(
    criteria: tuple[Any, ...], rules: tuple[Any, ...], rows: Integers, columns: Integers
) -> list[NDArray[Any]]:
    """What criteria and rules hold, in the order of their names, with people in this order."""
    named = [*sorted(criteria, key=lambda each: each.name), *sorted(rules, key=lambda each: each.name)]
    return [array for each in named for array in each.ordered(rows, columns)]


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The array, which can no longer be written to."""
    array.setflags(write=False)
    return array
