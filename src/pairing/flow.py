"""The most pairs that can be made, and the proof that there cannot be more.

Augmenting paths in the bipartite graph of allowed pairs (Ford and Fulkerson, 1956), searched breadth first. Whatever a
search in vain has reached is closed for good: no later path can lead through it. What was reached in vain is at the end
one side of a smallest cut, so the proof costs nothing.
"""

from collections import defaultdict, deque
from dataclasses import dataclass

import numpy as np

from pairing.problems import Flags, Integers, indices


@dataclass(frozen=True, eq=False)
class Fullest:
    """A pairing with as many pairs as there can be.

    `chosen` is true where two are paired, shape (mentees, mentors). `rows` and `columns` are what can be reached from
    a mentee who lacks a mentor, by allowed pairs that are not made and back by pairs that are. Where a search was
    given up because `least` was out of reach, they are what was reached until then.
    """

    chosen: Flags
    rows: Flags
    columns: Flags

    @property
    def size(self) -> int:
        """How many pairs."""
        return int(self.chosen.sum())


def fullest(
    allowed: Flags, demand: Integers, places: Integers, *, start: Flags | None = None, least: int | None = None
) -> Fullest:
    """As many of the allowed pairs as the places of both sides let be.

    `demand` has a number for each row, `places` one for each column. `start` is a pairing to begin with, which keeps
    to both; `least` ends the search as soon as so many pairs are out of reach.
    """
    search = _Search(allowed, demand, places, start)
    lost = 0
    for row in indices(search.lacking > 0):
        while search.lacking[row] > 0 and search.augment(row):
            pass
        lost += int(search.lacking[row])
        if least is not None and int(demand.sum()) - lost < least:
            break
    return Fullest(search.chosen, search.closed_rows, ~search.open)


class _Search:
    """Pairs made so far, and what has been reached in vain."""

    def __init__(self, allowed: Flags, demand: Integers, places: Integers, start: Flags | None) -> None:
        self.allowed = allowed
        self.chosen = np.zeros_like(allowed) if start is None else start & allowed
        self.lacking = demand - self.chosen.sum(axis=1)
        self.left = places - self.chosen.sum(axis=0)
        self.holders: defaultdict[int, list[int]] = defaultdict(list)
        for row, column in np.argwhere(self.chosen).tolist():
            self.holders[column].append(row)
        self.open = np.ones(allowed.shape[1], dtype=np.bool_)
        self.closed_rows = np.zeros(allowed.shape[0], dtype=np.bool_)

    def augment(self, source: int) -> bool:
        """One pair more for a row, if there is a way; what was reached in vain is closed."""
        came_from: dict[int, int] = {}  # the row from which a column was reached
        through: dict[int, int] = {source: -1}  # the column from which a row was reached
        waiting = deque([source])
        while waiting:
            row = waiting.popleft()
            fresh = np.flatnonzero(self.allowed[row] & ~self.chosen[row] & self.open)
            came_from.update(dict.fromkeys(fresh.tolist(), row))
            self.open[fresh] = False
            free = fresh[self.left[fresh] > 0]
            if free.size:
                self._take(int(free[0]), came_from, through)
                self.open[list(came_from)] = True
                return True
            for column in fresh.tolist():
                for holder in self.holders[column]:
                    if holder not in through:
                        through[holder] = column
                        waiting.append(holder)
        self.closed_rows[list(through)] = True
        return False

    def _take(self, column: int, came_from: dict[int, int], through: dict[int, int]) -> None:
        self.left[column] -= 1
        while column >= 0:
            row = came_from[column]
            self.chosen[row, column] = True
            self.holders[column].append(row)
            column = through[row]
            if column >= 0:
                self.chosen[row, column] = False
                self.holders[column].remove(row)
        self.lacking[row] -= 1
