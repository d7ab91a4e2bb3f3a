"""The sums behind the pictures."""

import re
from datetime import date
from itertools import pairwise

import pytest

from alongside.foundation.ui import drawings


def ends(piece: str) -> tuple[float, float]:
    """Where a line along the path begins and ends."""
    numbers = [float(x) for x in re.findall(r"(?:^M|H)(\d+)", piece)]
    return numbers[0], numbers[-1]


@pytest.mark.parametrize("stages", range(1, 13))
@pytest.mark.parametrize("now", [-1, 0, 1, 2, 5, 11, 12])
def test_past_and_ahead_meet_where_one_stands(stages, now):
    drawn = drawings.path_lines(stages, now)
    whole = stages * 100
    cut = 0 if now < 0 else whole if now >= stages else now * 100 + 50
    assert [ends(piece) for piece in drawn["past"]] == ([(0, cut)] * 2 if cut else [])
    assert [ends(piece) for piece in drawn["ahead"]] == ([(cut, whole)] * 2 if cut < whole else [])


def test_seven_stages_are_drawn_as_the_look_draws_them():
    assert drawings.path_lines(7, 7)["past"] == [
        "M0 3 H52 C92 3 84 14 124 14 H576 C616 14 608 3 648 3 H700",
        "M0 29 H52 C92 29 84 18 124 18 H576 C616 18 608 29 648 29 H700",
    ]
    assert drawings.path_lines(7, 4)["past"][0] == "M0 3 H52 C92 3 84 14 124 14 H450"
    assert drawings.path_lines(7, 4)["ahead"][0] == "M450 14 H576 C616 14 608 3 648 3 H700"


def test_a_funnel_is_as_wide_as_its_greatest_number():
    drawn = drawings.funnel_ribbon([164, 82, 0])
    assert drawn["width"] == 300
    assert drawn["banks"][0] == "M0 4 H38 C70 4 68 26 100 26 H138 C170 26 168 48 200 48 H238 H300"
    assert drawings.funnel_ribbon([0, 0])["banks"][0] == "M0 48 H38 C70 48 68 48 100 48 H138 H200"


def test_each_pair_is_two_strokes_until_there_are_too_many():
    assert drawings.tally_strokes(2, 2)["path"] == "M2 1v16M5.5 1v16M11 1v16M14.5 1v16"
    assert drawings.tally_strokes(58, 100)["each"] == 1
    many = drawings.tally_strokes(1450, 1450)
    assert (many["each"], many["path"].count("v") // 2) == (15, 97)
    assert drawings.tally_strokes(0, 0)["path"] == ""


def test_a_share_is_filled_as_far_as_it_was_reached():
    full, half, nothing = drawings.shares([(50, 50), (25, 50), (0, 0)])
    assert full == {"x": "0", "slot": "49.2", "got": "49.2"}
    assert half == {"x": "50", "slot": "49.2", "got": "24.6"}
    assert nothing == {"x": "100", "slot": "0", "got": "0"}


def test_a_missing_value_breaks_the_line_but_not_the_dates():
    points = [("1 Oct", 0), ("12 Oct", 1), ("29 Oct", None), ("17 Nov", 2)]
    drawn = drawings.line_chart(points, ["less", "as hoped", "more"])
    assert drawn["lines"] == ["104,78 159.3,48"]
    assert [dot["words"] for dot in drawn["dots"]] == ["1 Oct", "12 Oct"]
    assert drawn["last"]["words"] == "17 Nov"
    assert [name["words"] for name in drawn["names"]] == ["1 Oct", "12 Oct", "29 Oct", "17 Nov"]


def test_a_chart_without_any_value_has_no_last_dot():
    assert drawings.line_chart([("1 Oct", None)], ["less", "more"])["last"] is None


def test_what_somebody_else_says_is_drawn_as_squares_and_the_own_line_goes_on_past_them():
    points = [("1 Oct", 0), ("2 Nov", None), ("3 Dec", 2)]
    drawn = drawings.line_chart(points, ["0", "1", "2"], [None, 1, None])
    assert drawn["lines"] == ["34,78 270,18"]
    assert drawn["squares"] == [{"x": "147", "y": "43"}]
    assert (drawn["from"], drawn["words_at"]) == (16, 8)


def test_words_on_a_timeline_never_lie_on_each_other():
    events = [(date(2026, 12, day), f"Something on day {day}") for day in (1, 3, 5, 9)]
    drawn = drawings.timeline(date(2026, 9, 1), date(2027, 6, 30), events, date(2026, 12, 4))
    lines: dict[int, list[tuple[float, float]]] = {}
    for mark in drawn["marks"]:
        width = 7.2 * len(mark["words"] or "today")
        at = float(mark["text_x"])
        lines.setdefault(mark["line"], []).append((at, at + width) if mark["anchor"] == "start" else (at - width, at))
    for spans in lines.values():
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert len(lines) > 1


def test_today_stands_on_the_timeline_only_while_it_runs():
    start, end = date(2026, 9, 1), date(2027, 6, 30)
    assert drawings.timeline(start, end, [], date(2026, 8, 1))["until"] == ""
    assert drawings.timeline(start, end, [], date(2026, 8, 1))["marks"] == []
    assert drawings.timeline(start, end, [], date(2028, 1, 1))["until"] == "964"
