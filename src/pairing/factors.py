"""Criteria and rules of people as numbers: sums over features of mentors, bits in common, single pairs.

Each factor tells the points (or whether pairs may be) of some mentees with every mentor, and of single pairs, so that
all pairs of a cohort never have to stand in memory at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.problems import Flags, Integers

Words = NDArray[np.uint64]
_TILE = 4_096


def spread(start: Integers, rows: Integers) -> tuple[Integers, Integers]:
    """The entries of some rows, those of row i from `start[i]` to `start[i + 1]`, and for each which of the rows."""
    counts = start[rows + 1] - start[rows]
    owners = np.repeat(np.arange(len(rows)), counts)
    first = np.cumsum(counts) - counts
    return np.arange(len(owners)) - first[owners] + start[rows][owners], owners


@dataclass(frozen=True, eq=False)
class Cells:
    """One number for each of some pairs: those of row i from `start[i]` to `start[i + 1]`, sorted by column."""

    shape: tuple[int, int]
    start: Integers
    columns: Integers
    numbers: Integers

    @classmethod
    def of(cls, cells: Mapping[tuple[int, int], int], shape: tuple[int, int]) -> "Cells":
        ordered = sorted(cells)
        rows, columns = np.array(ordered, dtype=np.int64).reshape(-1, 2).T
        numbers = np.array([cells[cell] for cell in ordered], dtype=np.int64)
        return cls(shape, np.searchsorted(rows, np.arange(shape[0] + 1)), columns, numbers)

    def within(self, rows: Integers) -> tuple[Integers, Integers, Integers]:
        """Those of some rows: which of the rows, column, number."""
        entries, owners = spread(self.start, rows)
        return owners, self.columns[entries], self.numbers[entries]

    def at(self, rows: Integers, columns: Integers) -> tuple[Flags, Integers]:
        """Which of some pairs are among them, and their numbers, 0 for the others."""
        every = np.repeat(np.arange(self.shape[0]), np.diff(self.start)) * self.shape[1] + self.columns
        wanted = rows * self.shape[1] + columns
        places = np.searchsorted(every, wanted)
        found = np.zeros(len(wanted), dtype=np.bool_)
        inside = places < len(every)
        found[inside] = every[places[inside]] == wanted[inside]
        numbers = np.zeros(len(wanted), dtype=np.int64)
        numbers[found] = self.numbers[places[found]]
        return found, numbers


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
