"""The best pairing: examples that can be checked by hand, and small cohorts against every pairing there is."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing import Criterion, Unmatched, match, problem, verify
from tests.pairing.cohorts import cohorts, every_pairing, shuffled, worth


def couples(result):
    return [(pair.mentee, pair.mentor) for pair in result.pairs]


def proven(cohort):
    """The best pairing, once its proof was checked."""
    result = match(cohort)
    assert verify(cohort, result) == ()
    assert result.gap == 0
    return result


# --- by hand


def test_the_total_decides_where_all_are_placed_either_way():
    # ben-amara and bo-anna make 5 + 4; the other way round 6 + 1.
    result = proven(problem(["ben", "bo"], ["amara", "anna"], scores=[[5, 6], [1, 4]], objective=("matched", "total")))
    assert couples(result) == [("ben", "amara"), ("bo", "anna")]
    assert (result.total, result.worst, result.matched, result.unmatched) == (9, 4, 2, ())


def test_the_worst_pair_comes_before_the_total():
    # 9 + 1 is more, 4 + 4 leaves nobody with 1.
    scores = [[9, 4], [4, 1]]
    assert proven(problem(["ben", "bo"], ["amara", "anna"], scores=scores)).total == 8
    only_total = proven(problem(["ben", "bo"], ["amara", "anna"], scores=scores, objective=("matched", "total")))
    assert (only_total.total, only_total.worst) == (10, 1)


def test_placing_everybody_comes_before_the_worst_pair():
    # Only amara may take bo, however good she would be for ben.
    cohort = problem(
        ["ben", "bo"], ["amara", "anna"], scores=[[9, 1], [2, 9]], rules={"language": [[True, True], [True, False]]}
    )
    assert couples(proven(cohort)) == [("ben", "anna"), ("bo", "amara")]


def test_a_forbidden_pair_is_no_pair_with_a_low_score():
    cohort = problem(["ben"], ["amara", "anna"], scores=[[9, 0]], bans=[("ben", "amara")])
    assert couples(proven(cohort)) == [("ben", "anna")]


def test_a_mentor_takes_as_many_as_have_places():
    result = proven(problem(["bela", "ben", "bo"], ["amara"], scores=[[3], [5], [4]], mentor_places=2))
    assert couples(result) == [("ben", "amara"), ("bo", "amara")]
    assert result.unmatched == (Unmatched("bela", 1),)


def test_a_mentee_may_have_several_mentors_and_each_of_them_once():
    result = proven(problem(["ben"], ["amara", "anna"], scores=[[3, 5]], mentee_places=3, mentor_places=2))
    assert couples(result) == [("ben", "amara"), ("ben", "anna")]
    assert result.unmatched == (Unmatched("ben", 1),)


def test_a_pin_is_kept_whatever_it_costs_and_does_not_count_as_the_worst():
    result = proven(problem(["ben", "bo"], ["amara", "anna"], scores=[[0, 9], [9, 5]], pins=[("ben", "amara")]))
    assert couples(result) == [("ben", "amara"), ("bo", "anna")]
    assert (result.worst, result.total) == (5, 5)
    assert [pair.pinned for pair in result.pairs] == [True, False]


@pytest.mark.parametrize(("bonus", "mentor"), [(0, "anna"), (1, "anna"), (3, "amara")])
def test_a_pair_is_kept_where_the_bonus_outweighs_the_loss(bonus, mentor):
    result = proven(
        problem(
            ["ben"],
            ["amara", "anna"],
            scores=[[5, 7]],
            kept=[("ben", "amara")],
            keep_bonus=bonus,
            objective=("matched", "total"),
        )
    )
    assert couples(result) == [("ben", mentor)]
    assert result.bonus == (bonus if mentor == "amara" else 0)


def test_points_of_criteria_sum_to_the_score():
    criteria = [Criterion("skills", 600_000, [[600_000, 150_000]]), Criterion("place", 400_000, [[0, 400_000]])]
    (pair,) = proven(problem(["ben"], ["amara", "anna"], criteria=criteria)).pairs
    assert (pair.mentor, pair.score, pair.criteria) == ("amara", 600_000, (("skills", 600_000), ("place", 0)))


def test_a_scarce_place_has_the_price_of_whom_it_would_place_best():
    # amara's one place goes to ben; one place more would add bo's 4.
    result = proven(problem(["ben", "bo"], ["amara"], scores=[[5], [4]], objective=("matched", "total")))
    assert result.certificate.final.mentors == {"amara"}
    assert match(problem(["ben", "bo"], ["amara"], scores=[[5], [4]], mentor_places=2)).total == 9


# --- edges


@pytest.mark.parametrize(
    ("mentees", "mentors", "scores"), [([], [], []), (["ben"], [], [[]]), ([], ["amara"], []), (["ben"], [], [])]
)
def test_an_empty_side_pairs_nobody(mentees, mentors, scores):
    result = proven(problem(mentees, mentors, scores=scores))
    assert (result.pairs, result.total, result.worst) == ((), 0, None)
    assert result.unmatched == tuple(Unmatched(mentee, 1) for mentee in mentees)


def test_nobody_is_paired_where_a_rule_forbids_all():
    result = proven(problem(["ben"], ["amara"], scores=[[7]], rules={"language": [[False]]}))
    assert (result.pairs, result.unmatched) == ((), (Unmatched("ben", 1),))


def test_a_mentor_without_places_takes_nobody():
    assert couples(proven(problem(["ben"], ["amara", "anna"], scores=[[9, 1]], mentor_places=[0, 1]))) == [
        ("ben", "anna")
    ]


def test_a_mentee_who_asks_for_nobody_is_not_unmatched():
    result = proven(problem(["ben"], ["amara"], scores=[[9]], mentee_places=0))
    assert (result.pairs, result.unmatched) == ((), ())


@pytest.mark.parametrize("objective", [("matched", "worst", "total"), ("matched", "total")])
def test_scores_at_the_limit_are_added_exactly(objective):
    top = 1_000_000_000
    scores = [[top, top - 1, top], [top, top, top - 1], [top - 1, top, top - 1]]
    result = proven(problem(["bela", "ben", "bo"], ["amara", "anna", "ari"], scores=scores, objective=objective))
    assert (result.total, result.worst) == (3 * top, top)


def test_one_mentee_gets_the_best_of_very_many_mentors():
    mentors = [f"amara-{number}" for number in range(100_000)]
    scores = np.arange(100_000)[None, :] % 99_999
    assert couples(proven(problem(["ben"], mentors, scores=scores))) == [("ben", "amara-99998")]


def test_very_many_mentees_share_one_mentor():
    mentees = [f"ben-{number}" for number in range(3_000)]
    result = proven(problem(mentees, ["amara"], scores=np.arange(3_000)[:, None], mentor_places=2))
    assert couples(result) == [("ben-2998", "amara"), ("ben-2999", "amara")]


def test_the_same_name_on_both_sides_and_in_any_script_is_nobody_else():
    ids = ["Zoë", "Zoe", "مرشد", "導師", "ben\0", "🙂"]
    result = proven(problem(ids, ids, scores=np.eye(6, dtype=int)))
    assert couples(result) == sorted((name, name) for name in ids)


# --- ties


def test_ties_are_broken_by_the_seed_and_every_way_comes_up():
    ways = {
        tuple(couples(proven(problem(["ben", "bo"], ["amara", "anna"], scores=[[5, 5], [5, 5]], seed=seed))))
        for seed in range(20)
    }
    assert len(ways) == 2


@settings(deadline=None)
@given(cohorts(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(cohort, order):
    assert match(shuffled(cohort, order)) == match(cohort)


def test_a_larger_cohort_full_of_ties_gives_the_same_whatever_the_order():
    numbers = np.random.default_rng(7)
    ids = [f"b{number}" for number in range(40)], [f"a{number}" for number in range(30)]
    cohort = problem(
        *ids,
        scores=numbers.integers(0, 3, (40, 30)),
        rules={"language": numbers.random((40, 30)) < 0.3},
        mentor_places=numbers.integers(0, 3, 30).tolist(),
    )
    assert match(shuffled(cohort, random.Random(1))) == proven(cohort)


@pytest.mark.parametrize("change", [{"seed": 1}, {"keep_bonus": 1}, {"mentor_places": 2}, {"scores": [[6]]}])
def test_the_fingerprint_tells_problems_apart(change):
    plain = {"scores": [[5]]}
    assert (
        match(problem(["ben"], ["amara"], **plain)).fingerprint
        != match(problem(["ben"], ["amara"], **plain | change)).fingerprint
    )


@settings(deadline=None)
@given(cohorts(), cohorts())
def test_a_warm_start_changes_nothing(cohort, other):
    assert match(cohort, warm=match(other)) == match(cohort)


# --- against every pairing


@settings(deadline=None)
@given(cohorts())
def test_no_other_pairing_is_better(cohort):
    result = proven(cohort)
    assert frozenset(couples(result)) == max(every_pairing(cohort), key=lambda pairs: worth(cohort, pairs))


@settings(deadline=None)
@given(cohorts(top=999_999_998))
def test_no_other_pairing_is_better_over_the_whole_range_of_scores(cohort):
    result = proven(cohort)
    assert worth(cohort, frozenset(couples(result))) == max(worth(cohort, pairs) for pairs in every_pairing(cohort))


@settings(deadline=None)
@given(cohorts())
def test_a_price_bounds_what_one_place_more_adds(cohort):
    before = match(cohort)
    for mentor in cohort.mentors:
        places = cohort.mentor_places.copy()
        places[cohort.column[mentor]] += 1
        after = match(replace(cohort, mentor_places=places))
        if mentor in before.certificate.final.mentors:
            assert after.matched == before.matched + 1
        elif after.matched == before.matched and after.worst == before.worst:
            assert after.total + after.bonus - before.total - before.bonus <= before.prices[mentor]
