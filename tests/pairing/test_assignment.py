"""The best total among pairings with full rows; `match` asks for nothing else."""

import numpy as np
import pytest

from pairing.assignment import best, lexicographic


def test_a_demand_that_cannot_be_met_is_a_fault_of_the_caller():
    values = lexicographic(np.array([[5], [4]]), np.array([[0, 0]]).T)
    with pytest.raises(AssertionError, match="more demand than can be met"):
        best(values, np.array([[True], [True]]), np.array([1, 1]), np.array([1]))


def test_prices_are_those_at_which_nobody_would_change():
    # The first row has column 0 for 9; the second would give 8 - 6 for it, so that is its price.
    values = lexicographic(np.array([[9, 4], [8, 6]]), np.zeros((2, 2), dtype=int))
    found = best(values, np.ones((2, 2), dtype=bool), np.array([1, 1]), np.array([1, 1]))
    assert found.chosen.tolist() == [[True, False], [False, True]]
    assert found.column_prices.tolist() == [2, 0]
    assert found.row_prices.tolist() == [7, 6]
