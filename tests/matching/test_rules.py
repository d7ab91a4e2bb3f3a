"""Weights that add up, grades in their order, and how far a round may go."""

import pytest

from alongside.matching import rules
from alongside.matching.rules import Policy
from alongside.matching.terms import CriterionName, RoundState, RuleName


def test_the_policy_that_a_programme_begins_with_adds_up():
    assert rules.fault_of_weights(Policy().weights) is None


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"skills": 60, "site": 39}, "The weights add up to 99. Give 1 more to something."),
        ({"skills": 60, "site": 60}, "The weights add up to 120. Take 20 away from something."),
    ],
)
def test_weights_that_do_not_add_up_say_how_far_they_are_off(weights, words):
    assert str(rules.fault_of_weights(weights)) == words


def test_a_policy_is_kept_and_read_again_as_it_was():
    policy = Policy(weights={"skills": 100}, line=3, grades=("Junior", "Senior"))
    assert Policy.from_kept(policy.kept()) == policy


def test_no_policy_lets_somebody_be_paired_with_their_line_manager():
    off = Policy(team=False, language=False, before=False)
    assert off.rules == [RuleName.SELF, RuleName.MANAGER, RuleName.DECLINED, RuleName.HELD]


def test_criteria_come_the_heaviest_first():
    policy = Policy(weights={CriterionName.SITE: 30, CriterionName.SKILLS: 70, CriterionName.HOURS: 0})
    assert policy.criteria == [(CriterionName.SKILLS, 70), (CriterionName.SITE, 30)]


def test_grades_go_by_the_number_in_them():
    assert rules.in_order(["Band 10", "Band 9", "Band 8a", "Trainee", "Band 9"]) == ["Band 8a", "Band 9", "Band 10"]


def test_grades_go_as_the_organisation_says():
    assert rules.in_order(["Senior", "Junior", "Lead"], ("Junior", "Senior", "Lead")) == ["Junior", "Senior", "Lead"]


@pytest.mark.parametrize(("steps", "share"), [(2, 1.0), (1, pytest.approx(2 / 3)), (4, pytest.approx(1 / 3)), (5, 0.0)])
def test_a_mentor_who_is_far_above_the_ideal_is_worth_less(steps, share):
    assert rules.share_for_steps(steps, 2) == share


@pytest.mark.parametrize("steps", [0, -1])
def test_a_mentor_who_is_not_above_the_mentee_has_nothing_for_seniority(steps):
    assert rules.share_for_steps(steps, 1) == 0


def test_an_unknown_grade_neither_helps_nor_harms():
    assert rules.share_for_steps(rules.steps_between("", "5", ["5"]), 2) == 0.5


def test_a_mentor_more_than_asked_at_most_is_a_fault():
    assert str(rules.fault_of_steps(3, 2, 2)) == "“At least” is more than “at most”. Change one of them."
    assert str(rules.fault_of_steps(1, 3, 4)) == "What fits best has to lie between “at least” and “at most”."
    assert rules.fault_of_steps(1, 3, 2) is None


def test_a_published_round_can_only_be_taken_back():
    assert [to for to in RoundState if rules.may_move(RoundState.PUBLISHED, to)] == [RoundState.UNDONE]


def test_a_round_is_published_only_once_it_is_locked():
    assert [state for state in RoundState if rules.may_move(state, RoundState.PUBLISHED)] == [RoundState.LOCKED]


@pytest.mark.parametrize(
    ("reach", "floor"), [(1_000_000, 60), (925_000, 55), (900_000, 54), (500_000, 30), (175_000, 30)]
)
def test_what_is_worth_a_look_is_six_tenths_of_what_can_be_reached_and_never_less_than_thirty(reach, floor):
    assert rules.floor_of(reach) == floor
    assert [rules.worth_a_look(score, floor) for score in (floor * 10_000 - 1, floor * 10_000)] == [True, False]
