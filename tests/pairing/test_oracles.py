"""The same optimum as other people's solvers find, on cohorts too large to try every pairing."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from pairing import match, matching, problem, verify


def cohort(seed, rows, columns, *, density=1.0, places=1, top=1_000_000, objective=("matched", "worst", "total")):
    numbers = np.random.default_rng(seed)
    return problem(
        [f"b{number}" for number in range(rows)],
        [f"a{number}" for number in range(columns)],
        scores=numbers.integers(0, top + 1, (rows, columns)),
        rules={"language": numbers.random((rows, columns)) < density},
        mentor_places=numbers.integers(0, places + 1, columns).tolist() if places > 1 else 1,
        mentee_places=numbers.integers(0, places, rows).tolist() if places > 1 else 1,
        objective=objective,
    )


@pytest.mark.parametrize(("rows", "columns"), [(30, 30), (20, 40), (40, 20)])
def test_the_total_is_that_of_scipys_assignment(rows, columns):
    case = cohort(rows, rows, columns, objective=("matched", "total"))
    result = match(case)
    assert verify(case, result) == ()
    assert result.total == case.scores[linear_sum_assignment(case.scores, maximize=True)].sum()


@pytest.mark.parametrize("seed", range(3))
def test_as_many_are_placed_as_scipys_matching_places(seed):
    case = cohort(seed, 60, 40, density=0.05)
    placed = maximum_bipartite_matching(csr_array(case.allowed.astype(int)), perm_type="column") >= 0
    assert match(case).matched == placed.sum()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("top", [3, 1_000_000])
def test_every_step_of_the_objective_is_that_of_highs(seed, top):
    case = cohort(seed, 14, 10, density=0.4, places=3, top=top)
    result = match(case)
    assert verify(case, result) == ()
    pairs = np.ones(case.scores.shape)
    assert result.matched == highs(case, pairs, case.allowed)
    assert highs(case, pairs, case.allowed & (case.scores > result.worst)) < result.matched
    usable = case.allowed & (case.scores >= result.worst)
    assert result.total == highs(case, case.scores, usable, size=result.matched)


@pytest.mark.parametrize("top", [2, 40, 1_000_000])
@pytest.mark.parametrize("seed", range(8))
def test_however_few_pairs_are_looked_at_first_the_result_is_the_same(seed, top, monkeypatch):
    case = cohort(seed, 70, (50, 90)[seed % 2], density=(1.0, 0.3)[seed // 4], places=(1, 3)[seed // 2 % 2], top=top)
    with monkeypatch.context() as patch:
        patch.setattr(matching, "FEW", 1_000)  # all of them
        expected = match(case)
    monkeypatch.setattr(matching, "FEW", 1)
    monkeypatch.setattr(matching, "NEAR", 1)
    result = match(case)
    assert result == expected
    assert verify(case, result) == ()


def highs(case, gains, usable, *, size=0):
    """The largest sum of gains over the usable pairs, with at least `size` of them, by HiGHS."""
    rows, columns = case.scores.shape
    of_rows = np.kron(np.eye(rows), np.ones(columns))
    of_columns = np.kron(np.ones(rows), np.eye(columns))
    limits = [
        LinearConstraint(of_rows, ub=case.mentee_places),
        LinearConstraint(of_columns, ub=case.mentor_places),
        LinearConstraint(np.ones((1, rows * columns)), lb=size),
    ]
    found = milp(-gains.ravel(), constraints=limits, bounds=Bounds(0, usable.ravel().astype(float)), integrality=1)
    assert found.success
    return round(-found.fun)
