"""Weekly times by the clocks of a zone: instants of one week, also where clocks are set back, and what two share."""

from datetime import UTC, date, datetime

import pytest

from alongside.people.rules import Span, Weekly, common, is_paused, spans

LONDON, NEW_YORK, TOKYO, AUCKLAND = "Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"
BEFORE, AFTER = date(2026, 10, 19), date(2026, 10, 26)  # clocks in London go back on 25 October 2026


def at(day, hour, minute=0, month=10):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_the_same_clock_time_is_another_instant_once_clocks_go_back():
    weekly = [Weekly(1, "morning", LONDON)]
    assert spans(weekly, BEFORE) == [Span(at(20, 7), at(20, 11))]
    assert spans(weekly, AFTER) == [Span(at(27, 8), at(27, 12))]


def test_on_the_day_itself_the_morning_is_that_of_the_new_clocks():
    assert spans([Weekly(6, "morning", LONDON)], BEFORE) == [Span(at(25, 8), at(25, 12))]
    # New York sets its clocks forward on 8 March 2026, at two in the morning
    assert spans([Weekly(6, "morning", NEW_YORK)], date(2026, 3, 2)) == [Span(at(8, 12, month=3), at(8, 16, month=3))]


def test_parts_that_touch_are_one():
    weekly = [Weekly(0, part, "UTC") for part in ("midday", "morning", "evening", "afternoon")]
    assert spans(weekly, BEFORE) == [Span(at(19, 8), at(19, 20))]
    assert spans([Weekly(0, "morning", "UTC"), Weekly(0, "evening", "UTC")], BEFORE) == [
        Span(at(19, 8), at(19, 12)), Span(at(19, 17), at(19, 20)),
    ]  # fmt: skip


def test_two_in_one_zone_meet_where_both_ticked():
    mine = [Weekly(0, "morning", LONDON), Weekly(2, "evening", LONDON)]
    theirs = [Weekly(2, "evening", LONDON), Weekly(3, "morning", LONDON)]
    assert common(mine, theirs, BEFORE) == [Span(at(21, 16), at(21, 19))]
    assert common(mine, theirs[1:], BEFORE) == []


def test_across_the_ocean_they_meet_for_a_part_of_it_and_another_part_when_only_one_has_changed_clocks():
    mine, theirs = [Weekly(1, "afternoon", LONDON)], [Weekly(1, "morning", NEW_YORK)]
    assert common(mine, theirs, BEFORE) == [Span(at(20, 13), at(20, 16))]
    assert common(mine, theirs, AFTER) == [Span(at(27, 14), at(27, 16))]


def test_sunday_evening_here_may_be_monday_morning_there():
    mine, theirs = [Weekly(6, "evening", LONDON)], [Weekly(0, "morning", AUCKLAND)]
    # On that Sunday clocks have gone back here and forward there: Monday 8 to 12 is Sunday 19 to 23
    assert common(mine, theirs, BEFORE) == [Span(at(25, 19), at(25, 20))]
    mine = [Weekly(6, "evening", "America/Los_Angeles")]
    assert common(mine, [Weekly(0, "morning", TOKYO)], BEFORE) == [Span(at(26, 0), at(26, 3))]
    assert common([Weekly(0, "morning", TOKYO)], mine, AFTER) == [Span(at(26, 0), at(26, 3))]


def test_less_than_half_an_hour_is_no_time_to_meet():
    # Kathmandu is at 5:45 ahead of UTC: its evening ends at 14:15
    mine, theirs = [Weekly(0, "evening", "Asia/Kathmandu")], [Weekly(0, "afternoon", "UTC")]
    assert common(mine, theirs, BEFORE) == []
    assert common(mine, [Weekly(0, "midday", "UTC")], BEFORE) == [Span(at(19, 12), at(19, 14))]


def test_nobody_who_said_nothing_meets_anybody():
    assert common([], [Weekly(0, "morning", LONDON)], BEFORE) == []
    assert common([Weekly(0, "morning", LONDON)], [], BEFORE) == []


@pytest.mark.parametrize(
    ("starts", "ends", "today", "paused"),
    [(3, 9, 2, False), (3, 9, 3, True), (3, 9, 8, True), (3, 9, 9, False), (3, None, 30, True), (3, None, 2, False)],
)
def test_a_pause_holds_from_its_first_day_until_the_day_one_is_back(starts, ends, today, paused):
    days = [date(2026, 10, day) if day else None for day in (starts, ends, today)]
    assert is_paused(*days) is paused
