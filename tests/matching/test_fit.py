"""Points of a million as people read them, of a hundred."""

from alongside.matching import fit


def test_what_is_shown_adds_up_to_the_score_that_is_shown():
    points = {"skills": 336_666, "site": 100_000, "hours": 66_665, "aim": 96_666}
    assert fit.shown(points) == {"skills": 34, "site": 10, "hours": 6, "aim": 9}
    assert sum(fit.shown(points).values()) == fit.of_hundred(sum(points.values())) == 59


def test_just_below_what_is_worth_a_look_does_not_read_as_enough():
    assert fit.of_hundred(599_999) == 59
