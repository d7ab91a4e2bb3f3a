"""The part of a problem that is open to choice, in an order of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.cells import Flags, Integers
from pairing.draws import keys
from pairing.problems import Couple, Problem


@dataclass(frozen=True, eq=False)
class OpenPart:
    """What the pins leave over, in an order that depends on the seed and on who people are.

    `order` picks that order out of a matrix of the problem.
    """

    order: tuple[NDArray[np.intp], NDArray[np.intp]]
    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    allowed: Flags
    demand: Integers
    places: Integers

    @classmethod
    def of(cls, problem: Problem) -> "OpenPart":
        rows = _ordered(problem.mentees, side="mentee", seed=problem.seed)
        columns = _ordered(problem.mentors, side="mentor", seed=problem.seed)
        mentees, mentors = tuple(problem.mentees[row] for row in rows), tuple(problem.mentors[at] for at in columns)
        pinned = np.zeros(problem.scores.shape, dtype=np.bool_)
        pinned[problem.where(problem.pins)] = True
        order = (np.array(rows, dtype=np.intp)[:, None], np.array(columns, dtype=np.intp)[None, :])
        return cls(
            order=order,
            mentees=mentees,
            mentors=mentors,
            allowed=(problem.allowed & ~pinned)[order],
            demand=(problem.mentee_places - pinned.sum(axis=1))[order[0][:, 0]],
            places=(problem.mentor_places - pinned.sum(axis=0))[order[1][0]],
        )

    def couples(self, chosen: Flags) -> frozenset[Couple]:
        """The pairs of a matrix, by ids."""
        return frozenset((self.mentees[row], self.mentors[column]) for row, column in np.argwhere(chosen).tolist())


def _ordered(ids: Sequence[str], *, side: str, seed: int) -> list[int]:
    stirred = keys(ids, side=side, seed=seed).tolist()
    return sorted(range(len(ids)), key=lambda place: (stirred[place], ids[place]))
