"""More mentors: how many people more would be paired, small enough to be counted by hand or by trying everything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing import match, more_mentors, problem
from pairing.widening import widened
from tests.pairing.cohorts import cohorts, every_pairing

# amara has one place, and bela alone may not have her.
COHORT = problem(["bela", "ben", "bo"], ["amara"], scores=[[0], [5], [3]], rules={"line": [[False], [True], [True]]})
BEST = match(COHORT)


def test_a_mentor_for_somebody_who_has_one_frees_the_place_for_another():
    assert [pair.mentee for pair in BEST.pairs] == ["ben"]
    assert more_mentors(COHORT, BEST, ["ben"]) == (1,)  # ben goes to the new one, bo to amara


def test_places_are_given_while_there_is_somebody_to_take_them():
    assert more_mentors(COHORT, BEST, ["bela", "ben"]) == (1, 2)
    assert more_mentors(COHORT, BEST, ["bela", "ben"], places=2) == (2,)
    assert more_mentors(COHORT, BEST, ["bela", "ben"], most=1) == (1,)


def test_who_is_nobodys_mentor_places_nobody():
    assert more_mentors(COHORT, BEST, []) == ()


def test_two_who_stay_together_stay():
    cohort = problem(["ben", "bo"], ["amara"], scores=[[5], [3]], pins=[("ben", "amara")])
    assert more_mentors(cohort, match(cohort), ["ben"]) == ()


def test_a_mentor_may_be_called_as_new_ones_are():
    cohort = problem(["ben", "bo"], ["new 0"], scores=[[5], [3]])
    assert more_mentors(cohort, match(cohort), ["bo"]) == (1,)


def test_somebody_who_is_not_here_is_a_mistake():
    with pytest.raises(KeyError):
        more_mentors(COHORT, BEST, ["elin"])


@settings(deadline=None)
@given(cohorts(most=2), st.data())
def test_no_other_pairing_with_so_many_mentors_more_would_pair_more(cohort, data):
    some = data.draw(st.lists(st.sampled_from(cohort.mentees), unique=True)) if cohort.mentees else []
    before = match(cohort)
    gains = [
        max(len(pairs) for pairs in every_pairing(widened(cohort, some, places=1, count=count))) - before.matched
        for count in (1, 2)
    ]
    found = more_mentors(cohort, before, some, most=2)
    assert [*found, *[found[-1] if found else 0] * (2 - len(found))] == gains
