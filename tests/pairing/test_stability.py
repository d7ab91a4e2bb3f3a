"""Stable pairings: by hand, and small cohorts against every stable pairing there is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing import NotAProblem, Unmatched, blocking, problem, stable
from tests.pairing.cohorts import cohorts, every_pairing, shuffled


def couples(result):
    return frozenset((pair.mentee, pair.mentor) for pair in result.pairs)


def test_both_sides_have_a_say():
    # Both mentees would rather have amara; she would rather have bo.
    cohort = problem(["ben", "bo"], ["amara", "anna"], scores=[[0, 0], [0, 0]])
    wishes = {"mentee_wishes": [[2, 1], [2, 1]], "mentor_wishes": [[1, 1], [2, 1]]}
    result = stable(cohort, **wishes)
    assert couples(result) == {("bo", "amara"), ("ben", "anna")}
    assert blocking(cohort, couples(result), **wishes) == ()
    assert blocking(cohort, frozenset({("ben", "amara"), ("bo", "anna")}), **wishes) == (("bo", "amara"),)


def test_a_stable_pairing_can_leave_somebody_without_for_whom_the_best_has_a_mentor():
    # By score ben would go to anna, so that bo is placed; but ben and amara would rather have each other.
    cohort = problem(["ben", "bo"], ["amara", "anna"], scores=[[9, 5], [8, 0]], bans=[("bo", "anna")])
    assert stable(cohort).unmatched == (Unmatched("bo", 1),)
    assert blocking(cohort, frozenset({("ben", "anna"), ("bo", "amara")})) == (("ben", "amara"),)


@pytest.mark.parametrize("seed", range(6))
def test_whoever_would_as_gladly_go_elsewhere_makes_room(seed):
    # ben is as glad of anna as of amara, and bo may have amara alone: whoever asks first, both are placed.
    cohort = problem(["ben", "bo"], ["amara", "anna"], scores=[[5, 5], [5, 0]], bans=[("bo", "anna")], seed=seed)
    assert couples(stable(cohort)) == {("ben", "anna"), ("bo", "amara")}


def test_a_mentor_with_two_places_holds_the_two_who_are_most_welcome():
    cohort = problem(["bela", "ben", "bo"], ["amara"], scores=[[3], [5], [4]], mentor_places=2)
    assert couples(stable(cohort)) == {("ben", "amara"), ("bo", "amara")}


def test_a_pinned_pair_is_left_for_nobody():
    cohort = problem(["ben", "bo"], ["amara"], scores=[[1], [9]], pins=[("ben", "amara")])
    result = stable(cohort)
    assert couples(result) == {("ben", "amara")}
    assert blocking(cohort, couples(result)) == ()


def test_several_mentors_to_a_mentee_are_another_problem():
    with pytest.raises(NotAProblem) as caught:
        stable(problem(["ben"], ["amara"], scores=[[1]], mentee_places=2))
    assert caught.value.mentee == "ben"
    assert str(caught.value) == (
        "'ben' is to have 2 mentors. Stable pairings give each mentee one at most: lower the number, or match by score."
    )


def test_wishes_of_another_shape_are_refused():
    with pytest.raises(NotAProblem, match="mentor_wishes is not a matrix of 1 rows and 1 columns"):
        stable(problem(["ben"], ["amara"], scores=[[1]]), mentor_wishes=[[1, 2]])


def test_wishes_change_the_fingerprint():
    cohort = problem(["ben"], ["amara"], scores=[[1]])
    assert stable(cohort).fingerprint != stable(cohort, mentor_wishes=[[2]]).fingerprint


@settings(deadline=None)
@given(cohorts(most=3, places=1, top=2), st.data())
def test_nobody_would_leave_and_at_most_a_third_of_the_largest_is_missing(cohort, data):
    shape = cohort.scores.shape
    row = st.lists(st.integers(0, 2), min_size=shape[1], max_size=shape[1])
    wishes = {"mentor_wishes": data.draw(st.lists(row, min_size=shape[0], max_size=shape[0]))}
    found = couples(stable(cohort, **wishes))
    assert found in every_pairing(cohort)
    assert blocking(cohort, found, **wishes) == ()
    sizes = [len(pairs) for pairs in every_pairing(cohort) if not blocking(cohort, pairs, **wishes)]
    free = len(found - cohort.pins)
    assert 3 * free >= 2 * (max(sizes) - len(cohort.pins))


@settings(deadline=None)
@given(cohorts(most=2, places=1, top=1))
def test_a_pair_blocks_exactly_where_both_would_change(cohort):
    made = {pairs: blocking(cohort, pairs) for pairs in every_pairing(cohort)}
    for pairs, found in made.items():
        assert found == tuple(
            sorted(
                (mentee, mentor)
                for mentee in cohort.mentees
                for mentor in cohort.mentors
                if (mentee, mentor) not in pairs
                and not cohort.forbidding(mentee, mentor)
                and would_change(cohort, pairs, 0, mentee, (mentee, mentor))
                and would_change(cohort, pairs, 1, mentor, (mentee, mentor))
            )
        )


def would_change(cohort, pairs, side, name, to):
    """Does somebody have a place left, or a pair that is not pinned and has a lower score?"""
    places = (cohort.mentee_places[cohort.row[to[0]]], cohort.mentor_places[cohort.column[to[1]]])[side]
    have = [pair for pair in pairs if pair[side] == name]

    def score(pair):
        return cohort.scores[cohort.row[pair[0]], cohort.column[pair[1]]]

    return len(have) < places or any(score(pair) < score(to) for pair in have if pair not in cohort.pins)


@settings(deadline=None)
@given(cohorts(places=1), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(cohort, order):
    assert stable(shuffled(cohort, order)) == stable(cohort)
