"""How many more would be paired if there were more mentors: found by matching anew, never reckoned from prices."""

from collections.abc import Collection

import numpy as np

from pairing.checking import problem
from pairing.matching import match
from pairing.problems import Cohort, Problem
from pairing.result import Result
from pairing.verifying import verify


def more_mentors(
    cohort: Problem, result: Result, mentees: Collection[str], *, places: int = 1, most: int = 3
) -> tuple[int, ...]:
    """How many pairs more there can be with one mentor more, with two more, and so on to `most` at most.

    The new mentors have so many places each, and may have these mentees and nobody else; for everybody else rules,
    bans, pins and places stay. Each number is proven, as any result is. They end before the first mentor with whom
    there would be no pair more: with those after it there would be none either.
    """
    found: list[int] = []
    while len(found) < most:
        more = widened(cohort, mentees, places=places, count=len(found) + 1)
        again = match(more)
        gained = again.matched - result.matched
        if gained <= (found[-1] if found else 0) or verify(more, again):
            break
        found.append(gained)
    return tuple(found)


def widened(cohort: Cohort, mentees: Collection[str], *, places: int, count: int) -> Cohort:
    """The same cohort with so many mentors more, whom only these mentees may have. How well anybody fits is left out.

    Raises KeyError where one of them is not in the cohort.
    """
    rows = np.array(sorted(cohort.row[mentee] for mentee in mentees), dtype=np.int64)
    held = cohort.block(np.arange(len(cohort.mentees)))[1]
    new = np.zeros((len(cohort.mentees), count), dtype=np.bool_)
    new[rows] = True
    allowed = np.hstack([held, new])
    return problem(
        cohort.mentees,
        [*cohort.mentors, *_names(cohort, count)],
        scores=np.zeros(allowed.shape, dtype=np.int64),
        rules={"allowed": allowed},
        mentee_places=cohort.mentee_places.tolist(),
        mentor_places=[*cohort.mentor_places.tolist(), *[places] * count],
        pins=cohort.pins,
        objective=("matched", "total"),
        seed=cohort.seed,
    )


def _names(cohort: Cohort, count: int) -> list[str]:
    """Ids that nobody has."""
    free = (f"new {number}" for number in range(len(cohort.mentors) + count))
    return [name for name in free if name not in cohort.column][:count]
