"""When a closing review can be written, what it must hold, and until when records are kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.reviews import rules
from alongside.reviews.rules import Question

ASKED = [
    Question("reached", is_scale=True, optional=False),
    Question("heard", is_scale=True, optional=True),
    Question("take-with-me", is_scale=False, optional=True),
    Question("learned", is_scale=False, optional=False),
]


@pytest.mark.parametrize(
    ("stage", "is_open", "sent_by_both", "said"),
    [
        ("close", True, False, None),
        (
            "progress",
            True,
            False,
            "The closing review opens when one of you chooses to bring your time together to a close.",
        ),
        (
            "close",
            False,
            False,
            "Your time together has ended, so nothing more can be written. You can still read everything.",
        ),
        ("after", False, True, "You have both sent your closing review. It stays as it is."),
    ],
)
def test_a_closing_review_is_written_between_the_choice_to_close_and_the_second_sending(
    stage, is_open, sent_by_both, said
):
    assert rules.why_not_answer(stage, is_open, sent_by_both) == said


def test_what_was_sent_is_not_turned_back_into_a_draft():
    assert rules.why_not_draft(sent=False) is None
    assert rules.why_not_draft(sent=True) == "You have sent your review. Send it again to change it."


@pytest.mark.parametrize(
    ("ratings", "words", "wrong"),
    [
        ({"reached": 3, "heard": 5}, {"learned": "Much"}, []),
        ({"reached": 1}, {"learned": "Much"}, []),
        ({}, {"learned": "Much"}, ["reached"]),
        ({"reached": 6}, {"learned": " "}, ["reached", "learned"]),
        ({"reached": 0, "heard": 6}, {"learned": "Much"}, ["reached", "heard"]),
    ],
)
def test_gaps_are_named_in_the_order_of_the_questions(ratings, words, wrong):
    assert rules.faults(ASKED, ratings, words) == wrong


def test_only_what_was_asked_is_kept():
    ratings = {"reached": 4, "heard": 9, "learned": 2, "stray": 3, "together": None}
    words = {"take-with-me": "  A conversation ", "learned": " ", "reached": "four", "stray": "x"}
    assert rules.known(ASKED, ratings, words) == ({"reached": 4}, {"take-with-me": "A conversation"})


@pytest.mark.parametrize(
    ("facts", "progress"),
    [
        ((False, False, False), "empty"),
        ((True, False, False), "draft"),
        ((True, True, False), "sent"),
        ((True, True, True), "both"),
    ],
)
def test_how_far_somebody_has_come(facts, progress):
    assert rules.progress(*facts) == progress


@pytest.mark.parametrize(
    ("mine", "theirs", "outlook"),
    [
        ("stay", "stay", "stay"),
        ("stay", "none", "none"),
        ("none", "stay", "none"),
        ("none", "none", "none"),
        ("stay", "", None),
        ("", "none", None),
    ],
)
def test_two_stay_in_touch_only_if_both_want_to(mine, theirs, outlook):
    assert rules.outlook(mine, theirs) == outlook


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 11, 24), 24, date(2028, 11, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day, months, then):
    assert rules.months_after(day, months) == then


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_later_never_skips_a_month(day, months):
    then = rules.months_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day
