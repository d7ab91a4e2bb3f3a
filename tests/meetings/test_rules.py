"""What may be planned and written down, and what a wall clock means."""
# ruff: noqa: DTZ001 -- times on a wall have no zone

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.meetings import rules
from alongside.meetings.terms import SessionState
from tests.meetings.days import NOW, THURSDAY

S = SessionState


def test_nothing_is_written_before_both_said_yes_or_after_the_end():
    assert rules.why_not_write(accepted=True, is_open=True) is None
    assert str(rules.why_not_write(accepted=False, is_open=True)).startswith("You can plan sessions once both")
    assert str(rules.why_not_write(accepted=True, is_open=False)).startswith("Your time together has ended")


def test_what_a_session_can_become():
    possible = {(old, new) for old in S for new in S if rules.why_not_become(old, new) is None}
    assert possible == {
        (S.PLANNED, S.HELD),
        (S.PLANNED, S.MISSED),
        (S.PLANNED, S.MOVED),
        (S.PLANNED, S.CANCELLED),
        (S.MISSED, S.HELD),
    }
    assert str(rules.why_not_become(S.CANCELLED, S.HELD)) == ("This session has been cancelled. You can plan it again.")


def test_a_session_took_place_when_everybody_came():
    assert [rules.outcome(came) for came in ([True, True], [True, False], [False, False])] == [
        S.HELD,
        S.MISSED,
        S.MISSED,
    ]


@pytest.mark.parametrize(("minutes", "fine"), [(4, False), (5, True), (600, True), (601, False)])
def test_lengths_from_five_minutes_to_ten_hours(minutes, fine):
    assert (rules.fault_of_length(minutes) is None) is fine


def test_plans_lie_ahead_and_within_two_years():
    assert rules.fault_of_plan(NOW + timedelta(minutes=1), NOW) is None
    assert str(rules.fault_of_plan(NOW, NOW)).startswith("This time has passed.")
    assert str(rules.fault_of_plan(NOW + timedelta(days=733), NOW)) == "Choose a day within the next two years."


def test_records_lie_behind_and_within_a_year():
    assert rules.fault_of_record(NOW, NOW) is None
    assert str(rules.fault_of_record(NOW + timedelta(minutes=1), NOW)).startswith("This is still to come.")
    assert str(rules.fault_of_record(NOW - timedelta(days=367), NOW)) == "Choose a day within the last year."


def test_a_time_on_the_wall_in_winter_and_in_summer():
    assert rules.read(date(2026, 12, 3), time(12, 30), "Europe/London") == (THURSDAY, False)
    assert rules.read(date(2026, 6, 3), time(12, 30), "Europe/London").instant == datetime(
        2026, 6, 3, 11, 30, tzinfo=UTC
    )
    assert rules.read(date(2026, 12, 3), time(12, 30), "Asia/Kolkata").instant == datetime(
        2026, 12, 3, 7, 0, tzinfo=UTC
    )


def test_a_time_that_the_clocks_jump_over_is_none_and_its_neighbours_are_offered():
    day = date(2027, 3, 28)
    assert rules.read(day, time(1, 30), "Europe/London") is None
    assert rules.nearest(day, time(1, 30), "Europe/London") == (
        datetime(2027, 3, 28, 0, 45),
        datetime(2027, 3, 28, 2, 0),
    )
    assert rules.read(day, time(0, 59), "Europe/London") is not None
    assert rules.read(day, time(2, 0), "Europe/London") is not None


def test_a_whole_day_that_never_was():
    assert rules.nearest(date(2011, 12, 30), time(9, 10), "Pacific/Apia") == (
        datetime(2011, 12, 29, 23, 45),
        datetime(2011, 12, 31, 0, 0),
    )


def test_a_time_that_comes_twice_is_the_first_and_says_so():
    reading = rules.read(date(2026, 10, 25), time(1, 30), "Europe/London")
    assert reading == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(
        ["Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"]
    ),
)
def test_whatever_is_read_reads_the_same_on_that_wall(wall, zone):
    wall = wall.replace(second=0, microsecond=0)
    reading = rules.read(wall.date(), wall.time(), zone)
    if reading is None:
        before, after = rules.nearest(wall.date(), wall.time(), zone)
        assert before < wall < after
        assert rules.read(before.date(), before.time(), zone)
        assert rules.read(after.date(), after.time(), zone)
    else:
        assert rules.ends_at(reading.instant, 0, zone).replace(tzinfo=None) == wall


def test_whose_time_a_page_shows():
    say = rules.zone_words
    assert say(THURSDAY, 60, "Europe/London", "Europe/Lisbon", "Amara") == "London time, for both of you."
    assert say(THURSDAY, 60, "Europe/London", "Asia/Kolkata", "Amara") == (
        "London time. For Amara it is 18:00 to 19:00 (Kolkata)."
    )
    assert say(THURSDAY, 60, "Europe/London", "Pacific/Auckland", "Amara") == (
        "London time. For Amara it is 01:30 to 02:30 on Friday 4 December (Auckland)."
    )


def test_zones_are_called_by_their_place():
    assert [rules.place_of(zone) for zone in ("Europe/London", "America/New_York", "UTC")] == [
        "London",
        "New York",
        "UTC",
    ]


def test_a_session_is_called_by_the_first_line_of_its_summary():
    assert rules.headline("") == rules.headline(" \n\n") == ""
    assert rules.headline("\n The budget, and saying no \nMore") == "The budget, and saying no"
    assert rules.headline("The ward budget and how to talk about it", longest=16) == "The ward budget…"
    assert rules.headline("x" * 100) == "x" * 70 + "…"


def test_late_actions_are_open_and_past_their_day():
    yesterday, today = date(2026, 11, 23), date(2026, 11, 24)
    assert rules.is_late(yesterday, done=False, today=today)
    assert not rules.is_late(today, done=False, today=today)
    assert not rules.is_late(yesterday, done=True, today=today)
    assert not rules.is_late(None, done=False, today=today)
