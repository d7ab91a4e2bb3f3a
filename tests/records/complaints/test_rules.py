"""Which steps a complaint can take, what can come of it, and by when one about data is acknowledged: plain values."""

from datetime import date

import pytest

from alongside.records import rules
from alongside.records.terms import ComplaintKind, ComplaintState, Outcome

OPEN = {"received", "acknowledged", "looked_into"}


@pytest.mark.parametrize(
    ("to", "before"),
    [
        ("acknowledged", {"received"}),
        ("looked_into", {"acknowledged"}),
        ("answered", OPEN),
        ("closed", {"answered"}),
        ("taken_back", OPEN),
    ],
)
def test_each_step_is_open_from_some_states_alone(to, before):
    assert {state for state in ComplaintState.values if rules.why_not_move(state, to) is None} == before


def test_what_has_ended_or_is_about_data_is_not_handed_on():
    free = {state for state in ComplaintState.values if rules.why_not_hand_on(state, "complaint") is None}
    assert free == {*OPEN, "answered"}
    assert "privacy officers alone" in str(rules.why_not_hand_on("received", "data"))


def test_a_question_is_answered_and_a_complaint_judged():
    assert rules.outcomes("question") == [Outcome.PLAIN_ANSWER]
    for kind in ("complaint", "data"):
        assert rules.outcomes(kind) == [Outcome.UPHELD, Outcome.PARTLY, Outcome.NOT_UPHELD]


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        ("data", date(2026, 11, 24), date(2026, 12, 24)),
        ("data", date(2027, 1, 31), date(2027, 3, 2)),
        ("complaint", date(2026, 11, 24), None),
        ("question", date(2026, 11, 24), None),
    ],
)
def test_thirty_days_for_data_and_no_day_for_the_others(kind, received, due):
    assert rules.acknowledge_by(kind, received) == due


def test_where_nobody_could_read_it_the_words_say_whom_else_to_ask():
    named = str(rules.why_nobody(ComplaintKind.COMPLAINT, True, "privacy@northgate.example"))
    assert "Everybody who could read this is among the people whom you name" in named
    assert "Write to privacy@northgate.example. Turn to somebody above them, or outside" in named
    nobody = str(rules.why_nobody(ComplaintKind.DATA, False, ""))
    assert ("Nobody is named yet" in nobody, "data protection authority" in nobody, "Write to" in nobody) == (
        True, True, False,
    )  # fmt: skip
