"""When a mail goes: the rules alone."""

from datetime import UTC, datetime

import pytest

from alongside.foundation.notifications import timing
from alongside.foundation.notifications.terms import Urgency
from alongside.foundation.notifications.timing import GO, Plan, Wishes

NIGHTLY = Wishes(quiet_from=21, quiet_until=7, zone="Europe/London")


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def plan(wishes, now, urgency=Urgency.CAN_WAIT, sent_today=0):
    return timing.plan(urgency, wishes, now=at(now), sent_today=sent_today)


@pytest.mark.parametrize(
    ("wishes", "now", "ends"),
    [
        (NIGHTLY, "2026-11-25 20:59", None),
        (NIGHTLY, "2026-11-25 21:00", "2026-11-26 07:00"),
        (NIGHTLY, "2026-11-26 00:30", "2026-11-26 07:00"),
        (NIGHTLY, "2026-11-26 06:59", "2026-11-26 07:00"),
        (NIGHTLY, "2026-11-26 07:00", None),
        (NIGHTLY, "2026-07-01 20:30", "2026-07-02 06:00"),  # in summer London is an hour ahead
        (NIGHTLY, "2026-10-24 23:00", "2026-10-25 07:00"),  # the clocks go back in between
        (NIGHTLY, "2026-03-28 23:00", "2026-03-29 06:00"),  # and forward
        (Wishes(quiet_from=12, quiet_until=14), "2026-11-25 12:00", "2026-11-25 14:00"),
        (Wishes(quiet_from=12, quiet_until=14), "2026-11-25 14:00", None),
        (Wishes(quiet_from=22, quiet_until=6, zone="Asia/Kolkata"), "2026-11-25 17:00", "2026-11-26 00:30"),
        (Wishes(quiet_from=20, quiet_until=2, zone="Europe/London"), "2026-03-28 23:00", "2026-03-29 01:00"),
        (Wishes(), "2026-11-25 03:00", None),
    ],
)
def test_quiet_hours_end_in_the_persons_own_zone(wishes, now, ends):
    assert timing.end_of_quiet(wishes, at(now)) == (at(ends) if ends else None)


@pytest.mark.parametrize(
    ("wishes", "now", "comes"),
    [
        (Wishes(rhythm="daily", hour=8), "2026-11-25 07:59", "2026-11-25 08:00"),
        (Wishes(rhythm="daily", hour=8), "2026-11-25 08:00", "2026-11-26 08:00"),
        (Wishes(rhythm="weekly", hour=8), "2026-11-25 07:00", "2026-11-30 08:00"),  # a Wednesday
        (Wishes(rhythm="weekly", hour=8), "2026-11-30 07:00", "2026-11-30 08:00"),
        (Wishes(rhythm="each", hour=8), "2026-11-25 10:00", "2026-11-26 08:00"),  # what was too much for a day
        (Wishes(rhythm="daily", hour=8, zone="Pacific/Auckland"), "2026-11-25 18:00", "2026-11-25 19:00"),
    ],
)
def test_what_is_gathered_comes_at_the_chosen_hour(wishes, now, comes):
    assert timing.next_gathering(wishes, at(now)) == at(comes)


def test_what_somebody_waits_for_goes_at_once_whatever_they_chose():
    strict = Wishes(rhythm="weekly", quiet_from=0, quiet_until=23, most_a_day=3)
    assert plan(strict, "2026-11-25 03:00", Urgency.AT_ONCE, sent_today=99) == GO


def test_only_what_can_wait_is_gathered_by_choice():
    daily = Wishes(rhythm="daily", hour=8)
    assert plan(daily, "2026-11-25 10:00") == Plan(at("2026-11-26 08:00"), gather=True)
    assert plan(daily, "2026-11-25 10:00", Urgency.SOON) == GO
    assert plan(Wishes(), "2026-11-25 10:00") == GO


def test_at_night_both_wait_for_the_morning():
    for urgency in (Urgency.SOON, Urgency.CAN_WAIT):
        assert plan(NIGHTLY, "2026-11-25 23:00", urgency) == Plan(at("2026-11-26 07:00"))


def test_what_is_too_much_for_a_day_is_gathered():
    few = Wishes(most_a_day=3)
    assert plan(few, "2026-11-25 10:00", sent_today=2) == GO
    for urgency in (Urgency.SOON, Urgency.CAN_WAIT):
        assert plan(few, "2026-11-25 10:00", urgency, sent_today=3) == Plan(at("2026-11-26 08:00"), gather=True)


def test_a_day_begins_at_the_persons_own_midnight():
    assert timing.start_of_day(Wishes(zone="Asia/Tokyo"), at("2026-11-25 16:00")) == at("2026-11-25 15:00")
