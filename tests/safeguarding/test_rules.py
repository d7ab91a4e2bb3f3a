"""Who may handle a concern, and which steps are open: plain values."""

from datetime import UTC, datetime

import pytest

from alongside.safeguarding import rules
from alongside.safeguarding.rules import Step
from alongside.safeguarding.terms import CaseState


@pytest.mark.parametrize(
    ("guardians", "concerned", "near", "away"),
    [
        ({1, 2}, set(), set(), set()),
        ({1, 2}, {9}, {1}, {1}),  # the lead mentors whoever it is about
        ({1, 2}, {1}, set(), set()),  # the lead is concerned, which is more than near
        ({1, 2}, {1}, {2}, set()),  # nobody else would be left
        ({1}, {9}, {1}, set()),
        ({1, 2, 3}, {1}, {1, 2}, {2}),
    ],
)
def test_who_is_too_near_is_kept_away_while_somebody_is_left(guardians, concerned, near, away):
    assert rules.kept_away(guardians, concerned, near) == away


def test_a_concern_that_nobody_could_read_is_refused_with_what_to_do():
    assert rules.why_not_raise({1, 2}, {1, 9}) is None
    assert "Turn to somebody outside" in str(rules.why_not_raise({1, 2}, {1, 2}))
    assert "Nobody is named" in str(rules.why_not_raise(set(), set()))


def test_the_steps_of_each_state():
    keys = {state: [step.key for step in rules.steps(state)] for state in CaseState.values}
    assert keys["raised"] == []
    assert keys["acknowledged"] == ["triaged:immediate", "triaged:refer", "triaged:advise", "triaged:no_action"]
    assert keys["monitoring"][4:6] == ["referred", "closed:supported"]
    assert keys["closed"] == ["monitoring"]
    assert Step("closed", "elsewhere").key == "closed:elsewhere"


def test_a_day_to_answer_in():
    assert rules.due(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


def test_a_case_closes_when_no_meetings_are_on_hold_because_of_it():
    assert rules.why_not_close(0) is None
    assert "First let the meetings go on" in str(rules.why_not_close(1))
