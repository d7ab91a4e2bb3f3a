"""Arrays that say something of some pairs only, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


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
        rows, columns = np.array(ordered, dtype=np.int64).reshape(-1, 2).T.copy()
        numbers = np.array([cells[cell] for cell in ordered], dtype=np.int64)
        return cls(shape, np.searchsorted(rows, np.arange(shape[0] + 1)), columns, numbers)

    @classmethod
    def joined(cls, several: "list[Cells]", shape: tuple[int, int]) -> "Cells":
        """All of several; one that is in two of them stands there twice."""
        nothing = np.zeros(0, dtype=np.int64)
        rows = np.concatenate([nothing, *(np.repeat(np.arange(shape[0]), np.diff(each.start)) for each in several)])
        columns = np.concatenate([nothing, *(each.columns for each in several)])
        numbers = np.concatenate([nothing, *(each.numbers for each in several)])
        order = np.lexsort((columns, rows))
        return cls(shape, np.searchsorted(rows[order], np.arange(shape[0] + 1)), columns[order], numbers[order])

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

    def among(self, columns: Integers) -> "Cells":
        """Those of some columns, counted anew."""
        place = np.full(self.shape[1], -1)
        place[columns] = np.arange(len(columns))
        kept = place[self.columns] >= 0
        start = np.concatenate([[0], np.cumsum(kept)])[self.start]
        return Cells((self.shape[0], len(columns)), start, place[self.columns[kept]], self.numbers[kept])

    def ordered(self, rows: Integers, columns: Integers) -> list[Integers]:
        """All of them, with people in this order."""
        place = np.empty(self.shape[1], dtype=np.int64)
        place[columns] = np.arange(len(columns))
        owners, at, numbers = self.within(rows)
        order = np.lexsort((place[at], owners))
        return [owners[order], place[at][order], numbers[order]]
