"""The part of a problem that is open to choice, and its pairs looked at some mentees at a time."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pairing import fast
from pairing.arcs import Arcs
from pairing.cells import Cells, Flags, Integers
from pairing.draws import keys, lots
from pairing.fast import Kernel
from pairing.large import LargeProblem
from pairing.problems import Cohort, Couple
from pairing.result import Result

_CELLS_AT_ONCE = 2_000_000


class Offer(NamedTuple):
    """Which pairs are looked for: of these mentees, with these mentors, of at least this score, worth more than both
    prices. Prices have shape (2, people), for values and for lots. At most so many of a mentee, the best first.
    """

    rows: Integers
    columns: Flags
    floor: int
    row_prices: Integers
    column_prices: Integers
    most: int


@dataclass(frozen=True, eq=False)
class Market:
    """What the pins leave over of a cohort: `demand` of each mentee, `places` of each mentor."""

    cohort: Cohort
    demand: Integers
    places: Integers
    pinned: Cells
    kept: Cells
    keys: tuple[NDArray[np.uint64], NDArray[np.uint64]]

    @classmethod
    def of(cls, cohort: Cohort) -> "Market":
        rows, columns = cohort.where(cohort.pins)
        return cls(
            cohort=cohort,
            demand=cohort.mentee_places - np.bincount(rows, minlength=len(cohort.mentees)),
            places=cohort.mentor_places - np.bincount(columns, minlength=len(cohort.mentors)),
            pinned=cohort.cells(cohort.pins),
            kept=cohort.cells(cohort.kept),
            keys=(
                keys(cohort.mentees, side="mentee", seed=cohort.seed),
                keys(cohort.mentors, side="mentor", seed=cohort.seed),
            ),
        )

    @cached_property
    def kernel(self) -> Kernel | None:
        """What looks at pairs of a large cohort where the extra `fast` is installed."""
        if isinstance(self.cohort, LargeProblem) and fast.is_here():
            return Kernel.of(self.cohort, self.pinned, self.kept, self.keys)
        return None

    def look(self, offer: Offer) -> Arcs:
        """The pairs that an offer is about."""
        some = np.flatnonzero(offer.columns)
        if 2 * len(some) < len(offer.columns):
            return self._look_among(some, offer)
        if self.kernel is not None:
            return Arcs.of([self.arcs(*self.kernel.look(*offer))])
        size = max(1, _CELLS_AT_ONCE // max(1, len(self.places)))
        rows = offer.rows
        parts = [self._look_at(rows[at : at + size], offer) for at in range(0, len(rows), size)]
        return Arcs.of([Arcs.none(), *parts])

    def _look_among(self, columns: Integers, offer: Offer) -> Arcs:
        """The same where it is about few of the mentors: in a cohort of only those."""
        narrow = replace(
            self,
            cohort=self.cohort.among(columns),
            places=self.places[columns],
            pinned=self.pinned.among(columns),
            kept=self.kept.among(columns),
            keys=(self.keys[0], self.keys[1][columns]),
        )
        everybody = np.ones(len(columns), dtype=np.bool_)
        found = narrow.look(offer._replace(columns=everybody, column_prices=offer.column_prices[:, columns]))
        return replace(found, columns=columns[found.columns])

    def _look_at(self, rows: Integers, offer: Offer) -> Arcs:
        scores, usable = self.cohort.block(rows)
        usable = usable & (scores >= offer.floor) & offer.columns
        usable[self.pinned.within(rows)[:2]] = False
        more = scores - offer.column_prices[0]
        more[self.kept.within(rows)[:2]] += self.cohort.keep_bonus
        more -= offer.row_prices[0][rows][:, None]
        usable &= more >= _about_the_best(np.where(usable, more, -1), offer.most)[:, None]
        at, columns = np.nonzero(usable)
        found = self.arcs(rows[at], columns, scores[at, columns])
        return _best(found, offer)

    def arcs(self, rows: Integers, columns: Integers, scores: Integers) -> Arcs:
        """Pairs of known scores."""
        kept, _ = self.kept.at(rows, columns)
        values = scores + self.cohort.keep_bonus * kept
        return Arcs(rows, columns, scores, values, lots(self.keys[0][rows], self.keys[1][columns]))

    def still(self, earlier: Result) -> Arcs:
        """The pairs of an earlier result that may be made again."""
        ids = self.cohort.row, self.cohort.column
        both_here = [
            (pair.mentee, pair.mentor) for pair in earlier.pairs if pair.mentee in ids[0] and pair.mentor in ids[1]
        ]
        rows, columns = self.cohort.where(both_here)
        open_pairs = self.cohort.allowed_at(rows, columns) & ~self.pinned.at(rows, columns)[0] & (self.demand[rows] > 0)
        rows, columns = rows[open_pairs], columns[open_pairs]
        return self.arcs(rows, columns, self.cohort.scores_at(rows, columns))

    def prices(self, earlier: Result) -> Integers:
        """What mentors were worth in an earlier result, 0 for those who are new: prices to begin with.

        What every pair paid is in the prices of scarce mentors alone, and left out here.
        """
        scarce, priced = earlier.certificate.final.mentors, earlier.certificate.mentor_prices
        paid = min((priced[mentor].value for mentor in scarce), default=0)
        values = [
            priced[mentor].value - paid * (mentor in scarce) if mentor in priced else 0
            for mentor in self.cohort.mentors
        ]
        return np.array([values, [0] * len(values)], dtype=np.int64).reshape(2, -1)

    def couples(self, arcs: Arcs) -> frozenset[Couple]:
        """Pairs by ids."""
        ids = self.cohort.mentees, self.cohort.mentors
        both = zip(arcs.rows.tolist(), arcs.columns.tolist(), strict=True)
        return frozenset((ids[0][row], ids[1][column]) for row, column in both)


def _about_the_best(more: Integers, most: int) -> Integers:
    """For each row, what its best pairs are worth at least: no less than 0."""
    if most >= more.shape[1]:
        return np.zeros(len(more), dtype=np.int64)
    return np.maximum(np.partition(more, -most, axis=1)[:, -most], 0)


def _best(arcs: Arcs, offer: Offer) -> Arcs:
    """Those worth more than both prices, and of each row at most so many."""
    value, lot = arcs.beyond(offer.row_prices, offer.column_prices)
    worth = (value > 0) | ((value == 0) & (lot > 0))
    arcs, value, lot = arcs.where(worth), value[worth], lot[worth]
    order = np.lexsort((arcs.columns, -lot, -value, arcs.rows))
    rows = arcs.rows[order]
    first = np.searchsorted(rows, rows)
    return arcs.where(order[np.arange(len(rows)) - first < offer.most])
