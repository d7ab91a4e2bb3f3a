"""Some of the pairs that may be made: as many as a search looks at, of all that there are."""

from dataclasses import dataclass

import numpy as np

from pairing.cells import Flags, Integers


@dataclass(frozen=True, eq=False)
class Arcs:
    """Pairs, sorted by row and then by column, each of them once.

    `values` are what pairs count in the total, which is their score and for a pair that is kept the bonus; `lots`
    decide between pairings of one total.
    """

    rows: Integers
    columns: Integers
    scores: Integers
    values: Integers
    lots: Integers

    @classmethod
    def of(cls, parts: "list[Arcs]") -> "Arcs":
        """All of several, sorted."""
        fields = zip(*((part.rows, part.columns, part.scores, part.values, part.lots) for part in parts), strict=True)
        joined = cls(*(np.concatenate(each) for each in fields))
        places = joined.rows << 32 | joined.columns
        order = np.argsort(places, kind="stable")  # quick where the parts are sorted
        fresh = np.ones(len(order), dtype=np.bool_)
        fresh[1:] = np.diff(places[order]) != 0
        return joined.where(order[fresh])

    @classmethod
    def none(cls) -> "Arcs":
        """No pair."""
        return cls(*(np.zeros(0, dtype=np.int64) for _ in range(5)))

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, which: Flags | Integers) -> "Arcs":
        """Some of them."""
        return Arcs(self.rows[which], self.columns[which], self.scores[which], self.values[which], self.lots[which])

    def beyond(self, row_prices: Integers, column_prices: Integers) -> tuple[Integers, Integers]:
        """How far each is worth more than both prices, in value and in lot. Prices have shape (2, people)."""
        value, lot = (
            part - row_prices[n][self.rows] - column_prices[n][self.columns]
            for n, part in enumerate((self.values, self.lots))
        )
        return value, lot

    def at_least(self, score: int) -> "Arcs":
        """Those of at least this score."""
        return self.where(self.scores >= score)
