"""Criteria and rules of people as numbers: sums over features of mentors, bits in common, single pairs.

Each factor tells the points (or whether pairs may be) of some mentees with every mentor, and of single pairs, so that
all pairs of a cohort never have to stand in memory at once.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing.cells import Cells, Flags, Integers, spread

Words = NDArray[np.uint64]
_TILE = 4_096


@dataclass(frozen=True, eq=False)
class Sums:
    """Points that are a sum over what a mentor has.

    A pair has the `base` of the mentee, and for each of the mentee's entries (those from `start[i]` to `start[i + 1]`)
    its points where the mentor has its feature. `has` has shape (features, mentors).
    """

    name: str
    weight: int
    base: Integers
    start: Integers
    features: Integers
    points: Integers
    has: Flags

    def block(self, rows: Integers) -> Integers:
        """Points of some mentees with every mentor, shape (rows, mentors)."""
        weights = self._weights(rows)
        found = np.empty((len(rows), self.has.shape[1]), dtype=np.int64)
        for left in range(0, self.has.shape[1], _TILE):
            tile = slice(left, left + _TILE)
            # A product of 32-bit floats, and exact: whole numbers whose sums stay below 2**24.
            found[:, tile] = weights @ self.has[:, tile].astype(np.float32)
        return found + self.base[rows, None]

    def at(self, rows: Integers, columns: Integers) -> Integers:
        """Points of single pairs."""
        entries, owners = spread(self.start, rows)
        added = np.where(self.has[self.features[entries], columns[owners]], self.points[entries], 0)
        return self.base[rows] + np.bincount(owners, weights=added, minlength=len(rows)).astype(np.int64)

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that it holds, with people in this order."""
        entries, owners = spread(self.start, rows)
        return [self.base[rows], owners, self.features[entries], self.points[entries], self.has[:, columns]]

    def among(self, columns: Integers) -> "Sums":
        """The same of some mentors."""
        return replace(self, has=self.has[:, columns])

    def _weights(self, rows: Integers) -> NDArray[np.float32]:
        dense = np.zeros((len(rows), len(self.has)), dtype=np.float32)
        entries, owners = spread(self.start, rows)
        dense[owners, self.features[entries]] = self.points[entries]
        return dense


@dataclass(frozen=True, eq=False)
class Singles:
    """Points of single pairs; all others have none."""

    name: str
    weight: int
    cells: Cells

    def block(self, rows: Integers) -> Integers:
        """Points of some mentees with every mentor, shape (rows, mentors)."""
        found = np.zeros((len(rows), self.cells.shape[1]), dtype=np.int64)
        owners, columns, numbers = self.cells.within(rows)
        found[owners, columns] = numbers
        return found

    def at(self, rows: Integers, columns: Integers) -> Integers:
        """Points of single pairs."""
        return self.cells.at(rows, columns)[1]

    def among(self, columns: Integers) -> "Singles":
        """The same of some mentors."""
        return replace(self, cells=self.cells.among(columns))

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that it holds, with people in this order."""
        return self.cells.ordered(rows, columns)


@dataclass(frozen=True, eq=False)
class Masks:
    """A rule that two people meet where they have a bit in common, shapes (mentees, words) and (mentors, words)."""

    name: str
    mentees: Words
    mentors: Words

    def block(self, rows: Integers) -> Flags:
        """Where some mentees meet the rule with every mentor, shape (rows, mentors)."""
        met = np.zeros((len(rows), len(self.mentors)), dtype=np.bool_)
        for mentees, mentors in zip(self.mentees[rows].T, self.mentors.T, strict=True):
            met |= (mentees[:, None] & mentors[None, :]) != 0
        return met

    def at(self, rows: Integers, columns: Integers) -> Flags:
        """Where single pairs meet the rule."""
        met: Flags = ((self.mentees[rows] & self.mentors[columns]) != 0).any(axis=1)
        return met

    def among(self, columns: Integers) -> "Masks":
        """The same of some mentors."""
        return replace(self, mentors=self.mentors[columns])

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that it holds, with people in this order."""
        return [self.mentees[rows], self.mentors[columns]]


@dataclass(frozen=True, eq=False)
class Gaps:
    """A rule that all meet but single pairs."""

    name: str
    cells: Cells

    def block(self, rows: Integers) -> Flags:
        """Where some mentees meet the rule with every mentor, shape (rows, mentors)."""
        met = np.ones((len(rows), self.cells.shape[1]), dtype=np.bool_)
        owners, columns, _numbers = self.cells.within(rows)
        met[owners, columns] = False
        return met

    def at(self, rows: Integers, columns: Integers) -> Flags:
        """Where single pairs meet the rule."""
        return ~self.cells.at(rows, columns)[0]

    def among(self, columns: Integers) -> "Gaps":
        """The same of some mentors."""
        return replace(self, cells=self.cells.among(columns))

    def ordered(self, rows: Integers, columns: Integers) -> list[NDArray[Any]]:
        """All that it holds, with people in this order."""
        return self.cells.ordered(rows, columns)


Additive = Sums | Singles
Hard = Masks | Gaps


def bits(sets: list[set[int]], size: int) -> Words:
    """Sets of numbers below `size`, as bits, shape (people, words)."""
    found = np.zeros((len(sets), (size + 63) // 64), dtype=np.uint64)
    owners = np.repeat(np.arange(len(sets)), np.array([len(each) for each in sets], dtype=np.int64))
    numbers = np.array([number for each in sets for number in each], dtype=np.uint64)
    places = (owners, (numbers >> np.uint64(6)).astype(np.int64))
    np.bitwise_or.at(found, places, np.uint64(1) << (numbers & np.uint64(63)))
    return found
