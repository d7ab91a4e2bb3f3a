"""Cohorts to pair, drawn at random, and the best pairing of a small one found by trying every one."""

from itertools import chain, combinations

import numpy as np
from hypothesis import strategies as st

from pairing import Problem, problem
from pairing.draws import draws

MENTEES = ("ben", "bela", "bo", "břetislav")
MENTORS = ("amara", "anna", "ari", "阿明")


@st.composite
def cohorts(draw, most: int = 3, top: int = 3, places: int = 2) -> Problem:
    """Up to `most` people a side, mentees with up to so many places; all that a problem can hold, and many ties."""
    mentees, mentors = MENTEES[: draw(st.integers(0, most))], MENTORS[: draw(st.integers(0, most))]
    rows, columns = len(mentees), len(mentors)

    def matrix(cells):
        return draw(st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=rows, max_size=rows))

    couples = [(mentee, mentor) for mentee in mentees for mentor in mentors]
    some = st.lists(st.sampled_from(couples), max_size=2) if couples else st.just([])
    given = {
        "scores": matrix(st.integers(0, top)),
        "rules": {
            "language": matrix(st.sampled_from([True, True, False])),
            "line": matrix(st.sampled_from([True] * 4)),
        },
        "mentee_places": draw(st.lists(st.integers(0, places), min_size=rows, max_size=rows)),
        "mentor_places": draw(st.lists(st.integers(0, 2), min_size=columns, max_size=columns)),
        "bans": draw(some),
        "kept": draw(some),
        "keep_bonus": draw(st.integers(0, 2)),
        "objective": draw(st.sampled_from([("matched", "worst", "total"), ("matched", "total")])),
        "seed": draw(st.integers(0, 3)),
    }
    cohort = problem(mentees, mentors, **given)
    return problem(mentees, mentors, pins=_possible_pins(cohort, draw(some)), **given)


def _possible_pins(cohort: Problem, wished: list[tuple[str, str]]) -> list[tuple[str, str]]:
    left = dict(zip(("mentee", "mentor"), (cohort.mentee_places.copy(), cohort.mentor_places.copy()), strict=True))
    pins = []
    for mentee, mentor in sorted(set(wished)):
        row, column = cohort.row[mentee], cohort.column[mentor]
        if cohort.allowed[row, column] and left["mentee"][row] and left["mentor"][column]:
            left["mentee"][row] -= 1
            left["mentor"][column] -= 1
            pins.append((mentee, mentor))
    return pins


def shuffled(cohort: Problem, random) -> Problem:
    """The same cohort, listed in another order."""
    rows, columns = list(range(len(cohort.mentees))), list(range(len(cohort.mentors)))
    random.shuffle(rows)
    random.shuffle(columns)
    order = (np.array(rows, dtype=int)[:, None], np.array(columns, dtype=int)[None, :])
    return problem(
        [cohort.mentees[row] for row in rows],
        [cohort.mentors[column] for column in columns],
        scores=cohort.scores[order],
        rules={rule.name: rule.allows[order] for rule in cohort.rules},
        mentee_places=cohort.mentee_places[rows].tolist() if rows else [],
        mentor_places=cohort.mentor_places[columns].tolist() if columns else [],
        **{name: getattr(cohort, name) for name in ("pins", "bans", "kept", "keep_bonus", "objective", "seed")},
    )


def every_pairing(cohort: Problem) -> list[frozenset[tuple[str, str]]]:
    """Each set of pairs that rules, bans, pins and places let be."""
    couples = [(mentee, mentor) for mentee in cohort.mentees for mentor in cohort.mentors]
    free = [couple for couple in couples if not cohort.forbidding(*couple) and couple not in cohort.pins]
    chosen = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
    return [pairs for pairs in (frozenset(some) | cohort.pins for some in chosen) if _has_room(cohort, pairs)]


def _has_room(cohort: Problem, pairs: frozenset[tuple[str, str]]) -> bool:
    return all(
        sum(pair[side] == name for pair in pairs) <= number
        for side, ids, places in ((0, cohort.mentees, cohort.mentee_places), (1, cohort.mentors, cohort.mentor_places))
        for name, number in zip(ids, places, strict=True)
    )


def worth(cohort: Problem, pairs: frozenset[tuple[str, str]]) -> tuple[int, ...]:
    """What pairings are compared by, the most important first."""
    lots = draws(cohort.mentees, cohort.mentors, seed=cohort.seed)
    free = [(cohort.row[mentee], cohort.column[mentor]) for mentee, mentor in pairs - cohort.pins]
    total = sum(int(cohort.scores[cell]) for cell in free)
    total += cohort.keep_bonus * len((pairs & cohort.kept) - cohort.pins)
    worst = min((int(cohort.scores[cell]) for cell in free), default=0) if "worst" in cohort.objective else 0
    return len(pairs), worst, total, sum(int(lots[cell]) for cell in free)
