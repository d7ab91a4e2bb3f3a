"""The largest flow with its cover, and the best one with its prices, among pairs that are looked at."""

import numpy as np
import pytest

from pairing.arcs import Arcs
from pairing.flows import best, fullest


def arcs(values, lots=None):
    """All pairs that have a value."""
    rows, columns = np.nonzero(np.array(values) >= 0)
    numbers = np.array(values)[rows, columns]
    drawn = np.zeros_like(numbers) if lots is None else np.array(lots)[rows, columns]
    return Arcs(rows, columns, numbers, numbers, drawn)


def couples(some, found):
    made = some.where(found.chosen)
    return list(zip(made.rows.tolist(), made.columns.tolist(), strict=True))


ONE, NO = np.array([1, 1]), -1


def test_somebody_moves_on_so_that_one_more_is_placed():
    # The second may have column 0 alone, so the first has column 1.
    some = arcs([[0, 0], [0, NO]])
    found = fullest(some.rows, some.columns, ONE, ONE)
    assert couples(some, found) == [(0, 1), (1, 0)]
    assert (found.rows.any(), found.columns.any()) == (False, False)


def test_what_was_reached_in_vain_is_the_cover():
    # Rows 0 and 1 may have column 0 alone; row 2 is not of them.
    some = arcs([[0, NO], [0, NO], [0, 0]])
    found = fullest(some.rows, some.columns, np.array([1, 1, 1]), ONE)
    assert found.size == 2
    assert (found.rows.tolist(), found.columns.tolist()) == ([True, True, False], [True, False])


def test_prices_are_the_lowest_at_which_nobody_would_change():
    # The first row has column 0 for 9; the second would give 8 - 6 for it, so that is its price.
    some = arcs([[9, 4], [8, 6]])
    found = best(some, ONE, np.array([1, 2]), 2)
    assert couples(some, found) == [(0, 0), (1, 1)]
    assert (found.column_prices[0].tolist(), found.row_prices[0].tolist()) == ([2, 0], [7, 6])


@pytest.mark.parametrize(("lots", "made"), [([[1, 0], [0, 1]], [(0, 0), (1, 1)]), ([[1, 2], [1, 1]], [(0, 1), (1, 0)])])
def test_lots_decide_between_equal_totals(lots, made):
    some = arcs([[5, 5], [5, 5]], lots)
    assert couples(some, best(some, ONE, ONE, 2)) == made


def test_a_lot_never_outweighs_a_point():
    some = arcs([[5, 4], [4, 4]], [[0, 2**31 - 1], [2**31 - 1, 0]])
    assert couples(some, best(some, ONE, ONE, 2)) == [(0, 0), (1, 1)]


def test_a_size_that_cannot_be_met_is_a_fault_of_the_caller():
    with pytest.raises(AssertionError, match="no pairing of this size"):
        best(arcs([[5], [4]]), ONE, np.array([1]), 2)
