"""The extra `fast`: looks at pairs with kernels that numba compiles. What they give is the same to the last bit."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from pairing.cells import Cells, Flags, Integers
from pairing.factors import Gaps, Masks, Words
from pairing.large import LargeProblem

FAR = 2**62
_ROWS = 64  # mentees at a time


def is_here() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def distances(start: Integers, heads: Integers, lengths: Integers, source: int) -> Integers:
    """Of every node from the source; the edges of node i are those from `start[i]` to `start[i + 1]`."""
    from pairing.kernels import distances  # noqa: PLC0415 -- optional dependency

    return distances(start, heads, lengths, source, FAR)


@dataclass(frozen=True, eq=False)
class Kernel:
    """A large cohort as the kernels want it: whole rows of features and of bits, one after the other."""

    base: Integers
    start: Integers
    features: Integers
    points: NDArray[np.int32]
    has: NDArray[np.uint8]
    singles: Cells
    apart: Cells
    kept: Cells
    bonus: int
    mentee_words: Words
    mentor_words: Words
    rule_of_word: Integers
    keys: tuple[NDArray[np.uint64], NDArray[np.uint64]]

    @classmethod
    def of(
        cls, problem: LargeProblem, pinned: Cells, kept: Cells, keys: tuple[NDArray[np.uint64], NDArray[np.uint64]]
    ) -> "Kernel":
        sums, shape = problem.sums, problem.shape
        masks = [rule for rule in problem.rules if isinstance(rule, Masks)]
        gaps = [rule.cells for rule in problem.rules if isinstance(rule, Gaps)]
        no_words = np.zeros((shape[0], 0), dtype=np.uint64), np.zeros((0, shape[1]), dtype=np.uint64)
        return cls(
            base=sums.base,
            start=sums.start,
            features=sums.features,
            points=sums.points.astype(np.int32),
            has=np.ascontiguousarray(sums.has).view(np.uint8),
            singles=Cells.joined([criterion.cells for criterion in problem.singles], shape),
            apart=Cells.joined([*gaps, problem.banned, pinned], shape),
            kept=kept,
            bonus=problem.keep_bonus,
            mentee_words=np.ascontiguousarray(np.concatenate([no_words[0], *(rule.mentees for rule in masks)], axis=1)),
            mentor_words=np.ascontiguousarray(np.concatenate([no_words[1], *(rule.mentors.T for rule in masks)])),
            rule_of_word=np.repeat(
                np.arange(len(masks)), np.array([rule.mentees.shape[1] for rule in masks], dtype=np.int64)
            ),
            keys=keys,
        )

    def look(
        self, rows: Integers, columns: Flags, floor: int, row_prices: Integers, column_prices: Integers, most: int
    ) -> tuple[Integers, Integers, Integers]:
        """The best pairs of some mentees: rows, columns and scores."""
        from pairing.kernels import look  # noqa: PLC0415 -- optional dependency

        row_prices, column_prices = np.ascontiguousarray(row_prices), np.ascontiguousarray(column_prices)

        def some(at: int) -> tuple[Integers, Integers, Integers]:
            return look(
                rows[at : at + _ROWS], columns.view(np.uint8), floor, row_prices, column_prices, most,
                (self.base, self.start, self.features, self.points, self.has),
                (self.singles.start, self.singles.columns, self.singles.numbers),
                (self.apart.start, self.apart.columns),
                (self.kept.start, self.kept.columns, self.bonus),
                (self.mentee_words, self.mentor_words, self.rule_of_word),
                self.keys,
            )  # fmt: skip

        with ThreadPoolExecutor() as threads:
            parts = list(threads.map(some, range(0, max(1, len(rows)), _ROWS)))
        counts, found, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
        made = np.arange(most) < counts[:, None]
        return np.repeat(rows, counts), found[made], scores[made]
