"""What a goal must be, and what may be done with it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.goals import rules

TODAY = date(2026, 11, 24)


def test_goals_are_written_from_the_yes_of_both_until_the_end():
    assert rules.why_not_write(accepted=True, is_open=True) is None
    assert rules.why_not_write(accepted=False, is_open=True) == (
        "You can write goals once both of you have said yes to each other."
    )
    assert rules.why_not_write(accepted=True, is_open=False) == (
        "Your time together has ended, so nothing more can be written. You can still read everything."
    )


@pytest.mark.parametrize(
    ("start", "hope", "said"),
    [
        (0, 1, None),
        (0, 10, None),
        (9, 10, None),
        (-1, 5, "Choose numbers from 0 to 10."),
        (3, 11, "Choose numbers from 0 to 10."),
        (4, 4, "Choose a hope that is above where you start."),
        (10, 10, "Choose a hope that is above where you start."),
    ],
)
def test_a_hope_lies_above_the_start(start, hope, said):
    assert rules.fault_of_scale(start, hope) == said


@pytest.mark.parametrize(
    ("target", "before", "said"),
    [
        (None, None, None),
        (TODAY, None, None),
        (date(2026, 11, 23), None, "Choose a day from today on."),
        (date(2026, 11, 23), date(2026, 11, 23), None),
    ],
)
def test_a_new_target_is_not_in_the_past_but_an_old_one_may_have_passed(target, before, said):
    assert rules.fault_of_target(target, before, TODAY) == said


def test_the_starting_point_stays_once_the_way_from_it_was_marked():
    assert rules.why_not_restart(start_changes=True, marked=False) is None
    assert rules.why_not_restart(start_changes=False, marked=True) is None
    assert rules.why_not_restart(start_changes=True, marked=True) == (
        "The starting point stays as it was, because you have marked how far you have come since."
    )


@pytest.mark.parametrize(
    ("value", "state", "said"),
    [
        (0, "active", None),
        (10, "active", None),
        (11, "active", "Choose a number from 0 to 10."),
        (5, "reached", "Take this goal up again first."),
        (5, "let_go", "Take this goal up again first."),
    ],
)
def test_a_goal_is_marked_while_it_is_worked_on(value, state, said):
    assert rules.why_not_mark(value, state) == said


@pytest.mark.parametrize(
    ("state", "to", "said"),
    [
        ("active", "reached", None),
        ("active", "let_go", None),
        ("reached", "active", None),
        ("let_go", "active", None),
        ("reached", "let_go", "Take this goal up again first."),
        ("active", "active", "This goal is being worked on already."),
        ("reached", "reached", "This goal is reached already."),
        ("let_go", "let_go", "You have let go of this goal already."),
    ],
)
def test_every_step_of_a_goal_can_be_taken_back(state, to, said):
    assert rules.why_not_become(state, to) == said


def test_a_chart_goes_from_the_start_to_today():
    chart = rules.chart([("1 Oct", 2), ("29 Oct", 4), ("17 Nov", 7)], hope=9)
    assert chart.line == "84,102 174,80 264,47"
    assert [dot.words for dot in chart.names] == ["1 Oct", "29 Oct", "17 Nov"]
    assert (chart.now.x, chart.now.y) == ("264", "47")
    assert (chart.hope.y, chart.hope.words) == ("25", "9")
    assert [row.words for row in chart.grid] == ["0", "5"]  # 10 would print over the hope


@given(st.lists(st.tuples(st.text(max_size=6), st.integers(0, 10)), min_size=1, max_size=60), st.integers(1, 10))
def test_a_chart_stays_in_its_frame_and_names_few_days(points, hope):
    chart = rules.chart(points, hope)
    dots = [*chart.then, chart.now]
    assert len(dots) == len(points)
    assert all(rules.LEFT <= int(dot.x) <= rules.RIGHT and rules.TOP <= int(dot.y) <= rules.FLOOR for dot in dots)
    assert 1 <= len(chart.names) <= rules.NAMED_AT_MOST + 1
    assert chart.names[-1].words == points[-1][0]
