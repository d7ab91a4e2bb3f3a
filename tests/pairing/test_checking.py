"""Whatever is wrong with a problem is named: where, and what would help."""

import numpy as np
import pytest

from pairing import Couples, Criterion, NotAProblem, fast, problem

PLAIN = {"mentees": ["ben", "bo"], "mentors": ["amara", "anna"], "scores": [[1, 2], [3, 4]]}


def fault(**changes) -> NotAProblem:
    with pytest.raises(NotAProblem) as caught:
        problem(**PLAIN | changes)
    return caught.value


def test_scores_are_whole_numbers_within_the_limit():
    said = fault(scores=[[1, 2], [3, 1_000_000_001]])
    assert (said.about, said.mentee, said.mentor) == ("scores", "bo", "anna")
    assert str(said) == (
        "scores, row 'bo', column 'anna': 1000000001 is not a whole number from 0 to 1,000,000,000. "
        "A pair that must not be is a ban or a rule, never a low score."
    )


@pytest.mark.parametrize(
    "value",
    [-1, 0.5, 2**70, None],
)
def test_a_score_of_another_kind_is_named_with_its_row_and_column(value):
    said = fault(scores=[[1, value], [3, 4]])
    assert (said.mentee, said.mentor) == ("ben", "anna")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "7"])
def test_a_matrix_of_another_kind_is_refused(value):
    assert fault(scores=[[value, value], [value, value]]).about == "scores"


@pytest.mark.parametrize("scores", [[[1, 2]], [[1, 2], [3]], 7, [[[1, 2]], [[3, 4]]], []])
def test_a_matrix_of_another_shape_says_the_shape(scores):
    assert str(fault(scores=scores)) == (
        "scores is not a matrix of 2 rows and 2 columns. Give a row for each mentee and in it a value for each mentor."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"mentees": ["ben", "ben"]},
            "mentees: 'ben' stands there more than once. Give each an id of their own, once.",
        ),
        ({"mentors": ["amara", ""]}, "mentors: number 2 is ''. Give each an id in letters."),
        ({"mentors": ["amara", 7]}, "mentors: number 2 is 7. Give each an id in letters."),
        (
            {"mentor_places": [1, -2]},
            "mentor_places of 'anna' is -2. Give a whole number from 0 to 1,000,000.",
        ),
        ({"mentee_places": -1}, "mentee_places of 'ben' is -1. Give a whole number from 0 to 1,000,000."),
        ({"mentee_places": [1, 1.5]}, "mentee_places of 'bo' is 1.5. Give a whole number from 0 to 1,000,000."),
        (
            {"mentor_places": [1]},
            "mentor_places has 1 numbers for 2 people. Give one for each, or one number for all.",
        ),
        ({"keep_bonus": -1}, "keep_bonus is -1. Give a whole number from 0 to 1,000,000,000."),
        (
            {"keep_bonus": 999_999_997},
            "keep_bonus of 999,999,997 on top of the highest score goes beyond 1,000,000,000. Lower the bonus.",
        ),
        ({"seed": 2**63}, "seed is 9223372036854775808. Give a whole number from 0 to 9,223,372,036,854,775,807."),
        (
            {"pins": [("ben", "ari")]},
            "pins names 'ben' and 'ari', and 'ari' is not in this cohort. Leave that pair out.",
        ),
        (
            {"bans": [("cy", "amara")]},
            "bans names 'cy' and 'amara', and 'cy' is not in this cohort. Leave that pair out.",
        ),
        (
            {"pins": [("ben", "amara")], "bans": [("ben", "amara")]},
            "'ben' and 'amara' are pinned, and yet kept apart by ban. Take away the pin, or what keeps them apart.",
        ),
        (
            {"pins": [("bo", "amara")], "rules": {"line": [[True, True], [False, True]]}},
            "'bo' and 'amara' are pinned, and yet kept apart by line. Take away the pin, or what keeps them apart.",
        ),
        (
            {"pins": [("ben", "amara"), ("bo", "amara")]},
            "'amara' is pinned 2 times and has 1 places. Take away a pin or add a place.",
        ),
        (
            {"rules": {"line": [[1, 0], [0, 1]]}},
            "rule 'line' holds more than true and false. Say true where two people meet it.",
        ),
        ({"rules": {"ban": [[True, True]] * 2}}, "A rule cannot be called 'ban'. Give it another name."),
        ({"pins": ["ben"]}, "pins holds 'ben'. Give pairs of a mentee's id and a mentor's."),
        ({"kept": [("ben",)]}, "kept holds ('ben',). Give pairs of a mentee's id and a mentor's."),
        ({"mentees": "ben"}, "mentees is one text, 'ben'. Give a list of ids."),
        ({"scores": None}, "Give either scores or criteria."),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(changes, said):
    assert str(fault(**changes)) == said


def test_an_unknown_objective_is_refused():
    assert fault(objective=("total",)).about == "objective"


def test_a_pair_that_is_named_twice_counts_once():
    twice = problem(**PLAIN, pins=[("ben", "amara"), ("ben", "amara")])
    assert twice.pins == {("ben", "amara")}


BEYOND = {"mentees": [f"b{n}" for n in range(3_001)], "mentors": [f"a{n}" for n in range(3_000)]}


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ({}, "scores are"),
        ({"scores": None, "criteria": [Criterion("skills", 1_000_000, [])]}, "'skills' is"),
        ({"scores": None, "criteria": [Couples("wishes", 1_000_000, {})], "rules": {"line": []}}, "'line' is"),
    ],
)
def test_matrices_beyond_the_limit_are_refused_before_anything_is_reckoned(given, called):
    assert str(fault(**BEYOND | given)) == (
        f"3,001 mentees and 3,000 mentors are more than fit in a matrix, and {called} one. Say it of people, by "
        "Coverage, Table, Couples, Shared, TableRule and Apart; or split the cohort so that mentees times mentors is "
        "at most 9,000,000."
    )


def test_a_cohort_that_takes_too_long_asks_for_the_extra(monkeypatch):
    monkeypatch.setattr(fast, "is_here", lambda: False)
    ids = {"mentees": [f"b{n}" for n in range(10_001)], "mentors": [f"a{n}" for n in range(10_000)]}
    assert str(fault(**ids, scores=None, criteria=[Couples("wishes", 1_000_000, {})])) == (
        "10,001 mentees and 10,000 mentors take too long without the extra `fast`. Install requirements/fast.txt, or "
        "split the cohort so that mentees times mentors is at most 100,000,000."
    )


# --- criteria


def fault_of_criteria(*criteria: Criterion) -> NotAProblem:
    return fault(scores=None, criteria=criteria)


ANY = [[0, 0], [0, 0]]


@pytest.mark.parametrize(("weight", "difference"), [(500_001, "1 more"), (499_990, "10 less")])
def test_weights_that_do_not_sum_name_a_criterion_to_change(weight, difference):
    said = fault_of_criteria(Criterion("skills", weight, ANY), Criterion("place", 500_000, ANY))
    assert said.criterion == ("skills" if weight > 500_000 else "place")
    assert f"which is {difference} than 1,000,000. Change a weight, such as that of '{said.criterion}'" in str(said)


def test_points_beyond_the_weight_name_criterion_row_and_column():
    said = fault_of_criteria(Criterion("skills", 1_000_000, [[0, 0], [1_000_001, 0]]))
    assert (said.about, said.criterion, said.mentee, said.mentor) == ("criteria", "skills", "bo", "amara")
    assert str(said).startswith("criterion 'skills', row 'bo', column 'amara': 1000001 is not a whole number")


def test_a_weight_below_zero_names_its_criterion():
    assert fault_of_criteria(Criterion("skills", -1, ANY)).criterion == "skills"


def test_a_criterion_that_is_given_twice_is_named():
    said = fault_of_criteria(Criterion("skills", 500_000, ANY), Criterion("skills", 500_000, ANY))
    assert str(said) == "Criterion 'skills' stands there more than once. Give each a name of its own."


def test_scores_and_criteria_together_are_one_too_many():
    assert fault(criteria=[Criterion("skills", 1_000_000, ANY)]).about == "scores"


def test_places_may_come_from_numpy():
    cohort = problem(**PLAIN, mentee_places=np.int64(2), mentor_places=np.array([1, 2]))
    assert (cohort.mentee_places.tolist(), cohort.mentor_places.tolist()) == ([2, 2], [1, 2])


# --- frozen


def test_what_was_given_can_change_afterwards_and_the_problem_does_not():
    scores, allows = np.array([[1, 2], [3, 4]]), np.ones((2, 2), dtype=bool)
    cohort = problem(**PLAIN | {"scores": scores}, rules={"line": allows})
    scores[0, 0], allows[0, 0] = 9, False
    assert (cohort.scores[0, 0], cohort.allowed[0, 0]) == (1, True)
    for array in (cohort.scores, cohort.allowed, cohort.mentor_places, cohort.rules[0].allows):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
