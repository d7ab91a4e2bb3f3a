"""Cohorts whose pairs are reckoned when they are asked for: the same result as from matrices, to the last lot."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing import (
    Apart,
    Couples,
    Coverage,
    LargeProblem,
    NotAProblem,
    Problem,
    Shared,
    Table,
    TableRule,
    checking,
    fast,
    flows,
    market,
    match,
    problem,
    stable,
    verify,
    why,
    why_not,
    why_unmatched,
)

KERNELS = pytest.mark.skipif(not fast.is_here(), reason="numba, the extra `fast`, is not installed")
WORDS = [f"w{n}" for n in range(70)]  # more than one number has bits


@pytest.fixture(autouse=True)
def kernels(request, monkeypatch):
    """Whether the kernels of the extra look at pairs."""
    here = getattr(request, "param", False)
    monkeypatch.setattr(fast, "is_here", lambda: here)
    return here


def facts(chance, rows, columns, *, places=2, words=6, pins=0):
    """All that can be said of people, at random and with many ties."""
    mentees, mentors = [f"b{n}" for n in range(rows)], [f"a{n}" for n in range(columns)]

    def some(people, share):
        return [[word for word in WORDS[-words:] if chance.random() < share] for _ in people]

    def levels(people):
        return [f"l{level}" for level in chance.integers(0, 3, len(people))]

    def couples(number):
        if not rows or not columns:
            return []
        return [(mentees[chance.integers(rows)], mentors[chance.integers(columns)]) for _ in range(number)]

    wants = [{word: int(chance.integers(1, 4)) for word in each} for each in some(mentees, 0.5)]
    return {
        "mentees": mentees,
        "mentors": mentors,
        "criteria": [
            Coverage("skills", 600_000, wants, some(mentors, 0.5), without=7),
            Table("level", 300_000, levels(mentees), levels(mentors), {("l0", "l1"): 300_000, ("l2", "l1"): 0}, 1_000),
            Couples("wishes", 60_000, dict.fromkeys(couples(rows), 60_000)),
            Couples("ranks", 40_000, dict.fromkeys(couples(rows), 1)),
        ],
        "rules": [
            Shared("language", some(mentees, 0.4), some(mentors, 0.4), empty_allows=True),
            TableRule("level", levels(mentees), levels(mentors), {("l1", "l2"): False}),
            Apart("line", couples(rows)),
        ],
        "mentee_places": chance.integers(0, 3, rows).tolist(),
        "mentor_places": chance.integers(0, places + 1, columns).tolist(),
        "bans": couples(2),
        "kept": couples(3),
        "keep_bonus": 5_000,
        "seed": int(chance.integers(9)),
    }


def both(given):
    """The same cohort with matrices and without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "CELLS_LIMIT", -1)
        large = problem(**given)
    small = problem(**given)
    assert (type(small), type(large)) == (Problem, LargeProblem)
    return small, large


def same(small, large):
    """One result for both, with its proof."""
    results = match(small), match(large)
    assert verify(large, results[1]) == ()
    assert results[0] == replace(results[1], fingerprint=results[0].fingerprint)
    return results[1]


@pytest.mark.parametrize("kernels", [False, pytest.param(True, marks=KERNELS)], indirect=True)
@pytest.mark.parametrize("seed", range(6))
def test_matrices_or_not_the_pairing_and_its_proof_are_the_same(kernels, seed):
    same(*both(facts(np.random.default_rng(seed), 60, 45, words=6 + seed)))


@pytest.mark.parametrize("kernels", [False, pytest.param(True, marks=KERNELS)], indirect=True)
@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 3), (3, 0), (1, 1), (1, 400), (400, 1)])
def test_a_side_may_be_empty_or_one(kernels, rows, columns):
    same(*both(facts(np.random.default_rng(7), rows, columns)))


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32), st.integers(0, 5), st.integers(0, 5))
def test_small_cohorts_give_the_same(seed, rows, columns):
    small, large = both(facts(np.random.default_rng(seed), rows, columns))
    result = same(small, large)
    for pair in result.pairs:
        assert why(small, result, pair.mentee, pair.mentor) == why(large, result, pair.mentee, pair.mentor)
    for mentee, _lacking in result.unmatched:
        assert why_unmatched(small, result, mentee) == why_unmatched(large, result, mentee)


def test_a_pinned_pair_stays():
    given = facts(np.random.default_rng(3), 30, 30)
    large = both(given)[1]
    couple = next((pair.mentee, pair.mentor) for pair in match(large).pairs)
    assert match(both(given | {"pins": [couple]})[1]).pairs[0].pinned


def test_a_stable_pairing_needs_matrices():
    with pytest.raises(NotAProblem, match="2 mentees and 2 mentors are too many for a stable pairing"):
        stable(both(facts(np.random.default_rng(3), 2, 2))[1])


def test_what_insisting_costs_is_the_same():
    small, large = both(facts(np.random.default_rng(3), 12, 9))
    result = match(large)
    made = {(pair.mentee, pair.mentor) for pair in result.pairs}
    couple = next((b, a) for b in large.mentees for a in large.mentors if (b, a) not in made)
    assert why_not(large, result, *couple) == why_not(small, match(small), *couple)


def test_the_order_of_the_lists_changes_nothing():
    people = facts(np.random.default_rng(5), 40, 30)
    large = both(people)[1]
    mentees, mentors = list(range(40))[::-1], list(range(30))[::-1]

    def turned(each):
        changes = {}
        for name, order in (("mentees", mentees), ("wants", mentees), ("mentors", mentors), ("offers", mentors)):
            if hasattr(each, name):
                changes[name] = [getattr(each, name)[place] for place in order]
        return replace(each, **changes)

    other = both(
        people
        | {
            "mentees": people["mentees"][::-1],
            "mentors": people["mentors"][::-1],
            "mentee_places": people["mentee_places"][::-1],
            "mentor_places": people["mentor_places"][::-1],
            "criteria": [turned(each) for each in people["criteria"]],
            "rules": [turned(each) for each in people["rules"]],
        }
    )[1]
    assert match(other) == match(large)


@pytest.mark.parametrize("change", [{"seed": 10}, {"criteria": 1}, {"rules": 1}])
def test_the_fingerprint_tells_large_cohorts_apart(change):
    people = facts(np.random.default_rng(5), 20, 20)
    other = {name: people[name][change[name] :] if name != "seed" else change[name] for name in change}
    if "criteria" in other:
        other["criteria"].append(Coverage("skills", 600_000, [{}] * 20, [[]] * 20))
    assert match(both(people)[1]).fingerprint != match(both(people | other)[1]).fingerprint


@pytest.mark.parametrize(
    ("which", "said"),
    [(slice(1, None), "The weights of the criteria sum to 400,000"), (slice(0), "Give either scores or criteria")],
)
def test_criteria_whose_weights_do_not_sum_are_refused(which, said):
    people = facts(np.random.default_rng(5), 2, 2)
    with pytest.raises(NotAProblem, match=said):
        both(people | {"criteria": people["criteria"][which]})


# --- the kernels of the extra


@KERNELS
@pytest.mark.parametrize("seed", range(4))
def test_kernels_find_what_numpy_finds_to_the_last_bit(seed, monkeypatch):
    chance = np.random.default_rng(seed)
    cohort = market.Market.of(both(facts(chance, 90, 4_200, words=(6, 70)[seed % 2]))[1])  # more than a tile of mentors
    offer = market.Offer(
        rows=np.flatnonzero(chance.random(90) < 0.8),
        columns=chance.random(4_200) < 0.9,
        floor=int(chance.integers(0, 300_000)),
        row_prices=chance.integers(0, (300_000, 2)[seed // 2], (2, 90)),
        column_prices=chance.integers(0, 3, (2, 4_200)),
        most=5,
    )
    found = cohort.look(offer)
    monkeypatch.setattr(fast, "is_here", lambda: True)
    compiled = market.Market.of(cohort.cohort).look(offer)
    assert len(found) > 50
    for name in ("rows", "columns", "scores", "values", "lots"):
        assert np.array_equal(getattr(found, name), getattr(compiled, name)), name


@KERNELS
def test_compiled_distances_are_those_of_numpy(monkeypatch):
    given = facts(np.random.default_rng(2), 60, 45)
    expected = match(both(given)[1])
    monkeypatch.setattr(fast, "is_here", lambda: True)
    monkeypatch.setattr(flows, "_COMPILED", 0)
    assert match(both(given)[1]) == expected
