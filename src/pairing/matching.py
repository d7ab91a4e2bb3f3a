"""From a problem to the best pairing: most pairs, then the worst pair as good as can be, then the total.

A search looks at few of the pairs, and asks the others whether any of them speaks against what was found: a cover asks
for pairs that touch neither of its sides, prices ask for pairs that are worth more than both. What speaks against it is
looked at from then on, until nothing does (column generation: Ford and Fulkerson, 1958). So what is found is the best
of all pairs, however few were looked at.
"""

import numpy as np

from pairing.arcs import Arcs
from pairing.cells import Flags, Integers
from pairing.flows import Best, Fullest, best, fullest
from pairing.lowering import lowered
from pairing.market import Market, Offer
from pairing.outcome import Outcome
from pairing.problems import Cohort
from pairing.result import Result

FEW = 12  # pairs of a mentee that are looked at first
NEAR = 3  # pairs for each person among which the best are looked for once there are prices
_NO_PRICE = -(2**40)  # below any price, so that every pair is worth more


def match(problem: Cohort, *, warm: Result | None = None) -> Result:
    """The best pairing, exactly.

    First as many pairs as there can be; then, if the objective has it, the lowest score of a pair that is not pinned as
    high as can be; then the largest sum of scores and keep bonus. Between pairings that are equal in all of these, the
    largest sum of lots decides (`pairing.draws`): by the seed and by who people are, never by the order of a list.

    `warm` is the result of a cohort much like this one. It makes the search shorter and its result no other.
    """
    search = _Search(Market.of(problem), warm)
    largest = search.fullest(0)
    floor, higher, final = 0, None, largest
    if "worst" in problem.objective and largest.size:
        floor, higher = search.raise_the_worst(largest)
        final = search.fullest(floor)
    arcs, found = search.best(floor, final.size)
    return Outcome(problem, search.market, arcs, found, final).result(largest, higher)


class _Search:
    """The pairs that are looked at, and what was found among them and holds among all."""

    def __init__(self, market: Market, warm: Result | None) -> None:
        self.market = market
        self.asking = np.flatnonzero(market.demand > 0)
        self.everybody = np.ones(len(market.places), dtype=np.bool_)
        self.few = FEW + int(market.demand.max(initial=0))
        self.cut = np.zeros(len(market.demand), dtype=np.bool_)  # of whom there may be more such pairs than were taken
        self.arcs = Arcs.none()
        if warm is None:
            self._look(self.asking, self.everybody, 0)
            self._look(self.asking, self.everybody, 0, column_prices=self._usual_worth())
        else:
            self._look(self.asking, self.everybody, 0, column_prices=market.prices(warm))
            self.arcs = Arcs.of([self.arcs, market.still(warm)])

    def fullest(self, floor: int, *, enough: int | None = None) -> Fullest:
        """As many pairs of at least this score as there can be, or as many as are enough."""
        while True:
            found = self._fullest(floor)
            if found.size == enough or not self._look(np.flatnonzero(found.rows), ~found.columns, floor):
                return found

    def raise_the_worst(self, largest: Fullest) -> tuple[int, Fullest]:
        """The highest score that all of so many pairs can have, and the proof that a point more is too much."""
        reached = self._highest(int(self.arcs.scores[largest.chosen].min()), largest.size)
        while True:
            tried = self.fullest(reached + 1, enough=largest.size)
            if tried.size < largest.size:
                return reached, tried
            reached = self._climb(reached + 1, largest.size)

    def best(self, floor: int, size: int) -> tuple[Arcs, Best]:
        """The best of so many pairs, of at least this score.

        All pairs are asked once. After that only those whose two prices have become lower together: every other pair
        that was not looked at was worth no more than its prices before, and so it is now.
        """
        before = None
        while True:
            arcs, found = self._best(self.arcs.at_least(floor), size, before)
            rows, columns = self.asking, ~self.everybody
            if before is not None:
                lower = lowered(before, found)
                rows, columns = rows[(lower[0] | self.cut)[rows]], lower[1]
            self.cut[:] = False
            grown = self._look(rows, self.everybody, floor, found.row_prices, found.column_prices)
            others = np.setdiff1d(self.asking, rows)
            grown |= self._look(others, columns, floor, found.row_prices, found.column_prices)
            if not grown:
                return arcs, found
            before = found

    def _best(self, arcs: Arcs, size: int, before: Best | None) -> tuple[Arcs, Best]:
        """The best among some pairs; with prices from before, first among those that come near them."""
        demand, places = self.market.demand, self.market.places
        near = np.ones(len(arcs), dtype=np.bool_)
        if before is not None:
            value, _ = arcs.beyond(before.row_prices, before.column_prices)
            most = min(len(arcs), NEAR * (len(demand) + len(places)))
            near = value >= min(0, np.partition(value, -most)[-most])
        while True:
            found = best(arcs.where(near), demand, places, size)
            value, lot = arcs.beyond(found.row_prices, found.column_prices)
            missing = ~near & ((value > 0) | ((value == 0) & (lot > 0)))
            if not missing.any():
                return arcs.where(near), found
            near |= missing

    def _fullest(self, floor: int) -> Fullest:
        which = self.arcs.scores >= floor
        ends = self.arcs.rows[which], self.arcs.columns[which]
        return fullest(*ends, self.market.demand, self.market.places)

    def _highest(self, reached: int, size: int) -> int:
        """Among the pairs that are looked at, by bisection."""
        scores = np.unique(self.arcs.scores[self.arcs.scores > reached])
        low, high = 0, len(scores)  # so many of the scores are known to be reached, and not more than so many
        while low < high:
            middle = (low + high) // 2
            if self._fullest(int(scores[middle])).size == size:
                low = middle + 1
            else:
                high = middle
        return int(scores[low - 1]) if low else reached

    def _climb(self, reached: int, size: int) -> int:
        """By steps that grow until one is too far, and halved from there. It is asked only where little is lacking."""
        step, beyond = 8, 0
        while not beyond or beyond - reached > 1:
            aim = (reached + beyond) // 2 if beyond else reached + step
            tried = self._fullest(aim)
            if 0 < size - tried.size <= size // 100 + 1:
                tried = self.fullest(aim, enough=size)
            if tried.size < size:
                beyond = aim
            else:
                reached, step = int(self.arcs.at_least(aim).scores[tried.chosen].min()), 8 * step
        return reached

    def _look(
        self,
        rows: Integers,
        columns: Flags,
        floor: int,
        row_prices: Integers | None = None,
        column_prices: Integers | None = None,
    ) -> bool:
        """Whether there is a pair that speaks against what was found, and that was not looked at."""
        if not len(rows) or not columns.any():
            return False
        if row_prices is None:
            row_prices = np.full((2, len(self.market.demand)), _NO_PRICE)
        if column_prices is None:
            column_prices = np.zeros((2, len(self.market.places)), dtype=np.int64)
        looked = self.market.look(Offer(rows, columns, floor, row_prices, column_prices, self.few))
        if not len(looked):
            return False
        self.cut |= np.bincount(looked.rows, minlength=len(self.cut)) == self.few
        joined = Arcs.of([self.arcs, looked])
        grown = len(joined) > len(self.arcs)
        self.arcs = joined
        return grown

    def _usual_worth(self) -> Integers:
        """As prices to begin with: what mentors are worth to some of the mentees on average, so that not all look at
        the same few mentors."""
        some = self.asking[:: max(1, len(self.asking) // 256)]
        means = self.market.cohort.block(some)[0].mean(axis=0) if len(some) else np.zeros(len(self.market.places))
        return np.stack([means.astype(np.int64), np.zeros(len(means), dtype=np.int64)])
