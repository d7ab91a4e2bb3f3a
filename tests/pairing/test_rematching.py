"""Matching again beside pairs that were made earlier."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing import match, problem, rematch, verify
from tests.pairing.cohorts import cohorts


def couples(result):
    return {(pair.mentee, pair.mentor) for pair in result.pairs}


def test_earlier_pairs_stay_and_the_rest_is_matched_around_them():
    # bo is new and would suit amara better: 4 + 9 in place of 5 + 6.
    cohort = problem(["ben", "bo"], ["amara", "anna"], scores=[[5, 4], [9, 6]], objective=("matched", "total"))
    again = rematch(cohort, [("ben", "amara")], fixed=True)
    assert couples(again.result) == {("ben", "amara"), ("bo", "anna")}
    assert (again.undone, again.cost.matched, again.cost.total) == ((), 0, -2)


@pytest.mark.parametrize(("bonus", "undone"), [(1, (("ben", "amara"),)), (3, ())])
def test_a_bonus_keeps_an_earlier_pair_where_it_outweighs_the_gain(bonus, undone):
    cohort = problem(
        ["ben", "bo"],
        ["amara", "anna"],
        scores=[[5, 4], [9, 6]],
        keep_bonus=bonus,
        objective=("matched", "total"),
    )
    again = rematch(cohort, [("ben", "amara")], fixed=False)
    assert (again.undone, again.cost.total) == (undone, 0 if undone else -2)


def test_pairs_of_people_who_left_or_may_not_meet_are_undone():
    cohort = problem(["ben", "bo"], ["amara"], scores=[[5], [4]], bans=[("bo", "amara")])
    earlier = [("ben", "ari"), ("cy", "amara"), ("bo", "amara")]
    again = rematch(cohort, earlier, fixed=True)
    assert again.undone == tuple(sorted(earlier))
    assert couples(again.result) == {("ben", "amara")}


def test_where_places_became_fewer_the_best_pairs_stay():
    cohort = problem(["ben", "bo"], ["amara", "anna"], scores=[[5, 9], [6, 9]])
    again = rematch(cohort, [("ben", "amara"), ("bo", "amara")], fixed=True)
    assert again.undone == (("ben", "amara"),)
    assert couples(again.result) == {("bo", "amara"), ("ben", "anna")}


@settings(deadline=None)
@given(cohorts(), cohorts(), st.booleans())
def test_matching_again_is_proven_and_what_could_stay_stays(cohort, other, fixed):
    earlier = couples(match(other))
    again = rematch(cohort, earlier, fixed=fixed)
    assert rematch(cohort, earlier, fixed=fixed, warm=match(other)).result == again.result
    assert verify(again.problem, again.result) == ()
    assert set(again.undone) == earlier - couples(again.result)
    assert again.cost.matched <= 0
    if fixed and earlier <= couples(match(cohort)):
        assert again.undone == ()
