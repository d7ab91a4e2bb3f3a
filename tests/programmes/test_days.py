"""The days of a programme: which can be, which are usual, and how they move."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.programmes.rules import days
from alongside.programmes.rules.days import Day

FIRST, LAST = date(2026, 9, 7), date(2027, 7, 16)


def test_nothing_happens_after_the_last_day():
    assert days.fault_of_day("other", LAST, FIRST, LAST) is None
    fault = days.fault_of_day("other", LAST + timedelta(days=1), FIRST, LAST)
    assert str(fault) == "Choose a day up to the last one (16 July 2027)."


def test_people_enrol_before_the_first_day_and_review_after_it():
    before = FIRST - timedelta(days=30)
    assert days.fault_of_day("enrol", before, FIRST, LAST) is None
    assert (
        str(days.fault_of_day("review", before, FIRST, LAST))
        == "Choose a day from the first one on (7 September 2026)."
    )
    assert days.fault_of_day("review", FIRST, FIRST, LAST) is None


def test_pairs_are_made_when_everybody_has_enrolled():
    set_ = [Day("enrol", date(2026, 8, 1)), Day("enrol", date(2026, 8, 20)), Day("other", date(2026, 9, 1))]
    fault = days.fault_of_order("match", date(2026, 8, 19), set_)
    assert str(fault) == "Choose a day after enrolment has ended (20 August 2026)."
    assert days.fault_of_order("match", date(2026, 8, 20), set_) is None
    assert days.fault_of_order("match", date(2026, 7, 1), set_[2:]) is None
    assert days.fault_of_order("other", date(2026, 7, 1), set_) is None


def test_the_usual_days_of_ten_months():
    found = days.usual(FIRST, LAST, date(2026, 6, 1))
    assert [(day.kind, day.day.isoformat(), day.words) for day in found] == [
        ("enrol", "2026-08-10", ""),
        ("match", "2026-08-24", ""),
        ("briefing", "2026-08-31", "For mentors, mentees and line managers"),
        ("launch", "2026-09-07", "Everybody meets"),
        ("review", "2026-11-30", "After the third session: does it fit?"),
        ("review", "2027-02-10", "Halfway: what has moved, what needs changing?"),
        ("review", "2027-07-02", "Looking back together"),
    ]


def test_what_would_have_been_earlier_is_proposed_for_today():
    found = days.usual(FIRST, LAST, date(2026, 8, 28))
    assert [day.day.isoformat() for day in found[:3]] == ["2026-08-28", "2026-08-28", "2026-08-31"]


def test_a_short_round_has_no_review_before_its_middle():
    found = days.usual(FIRST, FIRST + timedelta(weeks=10), date(2026, 6, 1), cadence_weeks=2)
    assert [day.words.split(":")[0] for day in found if day.kind == "review"] == ["Halfway", "Looking back together"]


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    length=st.integers(1, 800),
    ahead=st.integers(-400, 400),
    cadence=st.none() | st.integers(1, 26),
)
def test_usual_days_are_days_that_can_be_and_none_is_on_a_weekend(first, length, ahead, cadence):
    last = first + timedelta(days=length)
    found = days.usual(first, last, first + timedelta(days=ahead), cadence)
    for day in found:
        assert day.day.weekday() < 5
        assert days.fault_of_day(day.kind, day.day, first, last) is None
        assert days.fault_of_order(day.kind, day.day, found) is None
    assert found == sorted(found, key=lambda day: day.day)


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), by=st.integers(-1000, 1000))
def test_a_day_that_is_moved_and_moved_back_is_where_it_was(day, by):
    moved = days.shifted(day, timedelta(days=by))
    assert moved is not None
    assert (moved - day).days == by
    assert days.shifted(moved, timedelta(days=-by)) == day


def test_no_day_stays_none():
    assert days.shifted(None, timedelta(days=3)) is None
