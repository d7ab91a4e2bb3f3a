"""What two people get, and points of a million as people read them, of a hundred."""

import pytest

from alongside.matching import fit
from alongside.matching.fit import Kept, One, Scale
from alongside.matching.rules import Policy
from alongside.matching.terms import RuleName


def test_what_is_shown_adds_up_to_the_score_that_is_shown():
    points = {"skills": 336_666, "site": 100_000, "hours": 66_665, "aim": 96_666}
    assert fit.shown(points) == {"skills": 34, "site": 10, "hours": 6, "aim": 9}
    assert sum(fit.shown(points).values()) == fit.of_hundred(sum(points.values())) == 59


def test_just_below_what_is_worth_a_look_does_not_read_as_enough():
    assert fit.of_hundred(599_999) == 59


def both(name, ben, amara):
    """What one rule says of two people, and one criterion gives them."""
    scale = Scale.of(Policy(weights={"interests": 100}, **{name: True}), [One("ben", ben)], [One("amara", amara)])
    two = One("ben", ben), One("amara", amara)
    return scale.forbidden_by(*two, Kept({})), scale.points(*two)["interests"]


@pytest.mark.parametrize(
    ("ben", "amara", "kept_apart"),
    [
        (["phone"], ["video"], True),
        (["phone", "video"], ["video", "in_person"], False),
        (["phone"], [], False),
        ([], [], False),
    ],
)
def test_two_need_a_way_to_meet_in_common_unless_one_has_named_none(ben, amara, kept_apart):
    apart, _points = both("meet", {"ways_to_meet": ben}, {"ways_to_meet": amara})
    assert apart == ([RuleName.MEET] if kept_apart else [])


def test_interests_count_by_the_share_of_the_mentees_that_the_mentor_has_however_they_are_written():
    ben = {"interests": ["Old maps", "Chess", "Sea swimming", "Choirs"]}
    _apart, points = both("meet", ben, {"interests": ["old-maps", "CHÉSS", "Rugby"]})
    assert points == 500_000
    assert both("meet", {}, {"interests": ["Rugby"]})[1] == 0
