"""The most pairs, and the cover that lets there be no more."""

import numpy as np
import pytest

from pairing.flow import fullest

YES, NO = True, False


def found(allowed, demand, places, **given):
    return fullest(np.array(allowed), np.array(demand), np.array(places), **given)


def test_somebody_moves_on_so_that_one_more_is_placed():
    # The first row takes column 0, which is all that the second may have; then it moves to column 1.
    most = found([[YES, YES], [YES, NO]], [1, 1], [1, 1])
    assert most.chosen.tolist() == [[NO, YES], [YES, NO]]
    assert (most.rows.any(), most.columns.any()) == (False, False)


def test_what_was_reached_in_vain_is_the_cover():
    # Rows 0 and 1 may have column 0 alone; row 2 is not of them.
    most = found([[YES, NO], [YES, NO], [YES, YES]], [1, 1, 1], [1, 1])
    assert most.size == 2
    assert (most.rows.tolist(), most.columns.tolist()) == ([YES, YES, NO], [YES, NO])


def test_a_search_begins_with_the_pairs_that_it_is_given():
    start = np.array([[NO, YES], [NO, NO]])
    most = found([[YES, YES], [YES, YES]], [1, 1], [1, 1], start=start)
    assert most.chosen.tolist() == [[NO, YES], [YES, NO]]


@pytest.mark.parametrize(("least", "reached"), [(2, 2), (1, 3)])
def test_a_search_ends_once_too_many_are_lost(least, reached):
    # Nobody may have anybody: after two of three rows are lost, two pairs are out of reach.
    most = found([[NO], [NO], [NO]], [1, 1, 1], [3], least=least)
    assert most.rows.sum() == reached
