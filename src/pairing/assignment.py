"""The best total among pairings in which every row is full, with the prices that prove it.

Shortest augmenting paths with prices (Edmonds and Karp, 1972; Tomizawa, 1971), dense as in Jonker and Volgenant (1987),
with places on both sides. Values are complex: the real part is what a pair counts, the imaginary part its lot.
numpy compares complex numbers by the real part first and by the imaginary part where that is equal, so ties are broken
by the largest sum of lots in the same pass. Both parts stay whole numbers below 2**53, where floating point is exact:
a path has at most 6,001 steps (at most 3,000 people on the smaller side), each of at most 1,000,000,000.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.problems import Flags, Integers

Lexicographic = NDArray[np.complex128]
_NEVER = complex(2.0**52, 0.0)


@dataclass(frozen=True, eq=False)
class Assignment:
    """Who is paired, and prices by which no other pairing with full rows is better.

    `chosen` has shape (rows, columns). Where a pair is made, its value is at least the sum of the two prices; where
    one could be made and is not, at most. The price of a column is never below zero, and zero where it has places left.
    """

    chosen: Flags
    row_prices: Lexicographic
    column_prices: Lexicographic


def best(values: Lexicographic, usable: Flags, demand: Integers, places: Integers) -> Assignment:
    """The pairing of the largest value, by usable pairs only, among those in which every row has all that it demands.

    There must be such a pairing.
    """
    work = _Paths(values, usable, places)
    for row in range(len(demand)):
        work.enter(row)
        for _ in range(int(demand[row])):
            work.augment(row)
    return Assignment(work.chosen, work.row_prices, work.column_prices)


class _Paths:
    """Pairs and prices so far: the pairing is always the best one for the demand that has been met until now."""

    def __init__(self, values: Lexicographic, usable: Flags, places: Integers) -> None:
        self.costs = np.where(usable, -values, _NEVER)
        self.chosen = np.zeros_like(usable)
        self.left = places.copy()
        self.holders: list[list[int]] = [[] for _ in places]
        self.row_prices = np.zeros(usable.shape[0], dtype=np.complex128)
        self.column_prices = np.zeros(usable.shape[1], dtype=np.complex128)

    def enter(self, row: int) -> None:
        """The price of a new row is what its best pair would leave it; 0 for a row that nobody may be paired with."""
        left_over = self.costs[row] + self.column_prices
        if left_over.size and left_over.min().real < _NEVER.real / 2:
            self.row_prices[row] = -left_over.min()

    def augment(self, source: int) -> None:
        """The cheapest way to give a row one pair more."""
        search = _Search(self, source)
        column, distance = search.run()
        settled = search.settled
        self.column_prices[settled] += distance - search.distances[settled]
        for row, at in search.rows.items():
            self.row_prices[row] -= distance - at
        self.left[column] -= 1
        while column >= 0:
            row = int(search.came_from[column])
            self.chosen[row, column] = True
            self.holders[column].append(row)
            column = search.through[row]
            if column >= 0:
                self.chosen[row, column] = False
                self.holders[column].remove(row)

    def reduced(self, row: int) -> Lexicographic:
        """What each pair of a row costs beyond the prices: at least zero where it is not made."""
        return self.costs[row] + self.row_prices[row] + self.column_prices


class _Search:
    """Dijkstra's method from one row, over costs beyond the prices, to the nearest column that has a place left."""

    def __init__(self, paths: _Paths, source: int) -> None:
        columns = len(paths.left)
        self.paths = paths
        self.distances = np.full(columns, _NEVER)  # of every column reached
        self.waiting = np.full(columns, _NEVER)  # the same, but `_NEVER` once a column is settled
        self.came_from = np.full(columns, -1)
        self.settled: list[int] = []
        self.is_settled = np.zeros(columns, dtype=np.bool_)
        self.rows: dict[int, complex] = {}  # rows whose pairs were looked at, with their distance
        self.through: dict[int, int] = {source: -1}
        self.heap: list[tuple[float, float, int, int]] = [(0.0, 0.0, source, -1)]

    def run(self) -> tuple[int, complex]:
        """The column, and how far it is."""
        while True:
            column = int(self.waiting.argmin())
            nearest = self.waiting[column]
            if self.heap and self.heap[0][:2] <= (nearest.real, nearest.imag):
                self._look_from_the_nearest_row()
                continue
            if nearest.real >= _NEVER.real / 2:
                raise AssertionError("a row has more demand than can be met")
            self._settle(column)
            if self.paths.left[column] > 0:
                return column, complex(nearest)

    def _look_from_the_nearest_row(self) -> None:
        real, imaginary, row, through = heapq.heappop(self.heap)
        if row in self.rows:
            return
        at = complex(real, imaginary)
        self.rows[row], self.through[row] = at, through
        found = self.paths.reduced(row) + at
        nearer = (found < self.distances) & ~self.paths.chosen[row] & ~self.is_settled
        self.distances[nearer] = found[nearer]
        self.waiting[nearer] = found[nearer]
        self.came_from[nearer] = row

    def _settle(self, column: int) -> None:
        self.settled.append(column)
        self.is_settled[column] = True
        self.waiting[column] = _NEVER
        if self.paths.left[column] > 0:
            return
        for row in self.paths.holders[column]:
            if row not in self.rows:
                back = self.paths.costs[row, column] + self.paths.row_prices[row] + self.paths.column_prices[column]
                at = complex(self.distances[column] - back)
                heapq.heappush(self.heap, (at.real, at.imag, row, column))


def whole(prices: Lexicographic) -> tuple[Integers, Integers]:
    """Both parts of prices, as whole numbers."""
    return prices.real.astype(np.int64), prices.imag.astype(np.int64)


def lexicographic(values: Integers, lots: Integers) -> Lexicographic:
    """Values with their lots, as numpy compares them."""
    joined = np.empty(values.shape, dtype=np.complex128)
    joined.real, joined.imag = values, lots
    return joined
