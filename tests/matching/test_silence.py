"""What can be reached by people of whom some things are not known."""

import pytest

from alongside.matching import silence
from alongside.matching.fit import One, Scale
from alongside.matching.rules import Policy

SAID = {"wanted": ["budgets"], "offered": ["budgets"], "site": "Harbour", "grade": "Band 5", "since": "2019-04-01"}
SAID |= {"department": "Nursing", "hours": ["0m"], "languages": ["Welsh"], "interests": ["Chess"]}
SAID |= {"career_aim": "Leading", "job_title": "Head"}


def reached(weights, ben, amara):
    """Of a hundred, by Ben and Amara alone."""
    mentees, mentors = [One("ben", ben)], [One("amara", amara)]
    scale = Scale.of(Policy(weights=weights), mentees, mentors)
    return silence.reach(scale, mentees, mentors) / 10_000


@pytest.mark.parametrize(
    ("name", "unsaid"),
    [
        ("skills", 0),
        ("hours", 0),
        ("languages", 0),
        ("interests", 0),
        ("aim", 0),
        ("seniority", 50),
        ("site", 50),
        ("department", 50),
        ("tenure", 50),
    ],
)
def test_a_criterion_of_which_one_side_says_nothing_gives_what_it_gives_to_the_silent(name, unsaid):
    assert reached({name: 100}, SAID, SAID) == 100
    for said in ((SAID, {}), ({}, SAID), ({}, {})):
        assert reached({name: 100}, *said) == unsaid


def test_how_many_mentees_somebody_has_is_always_known():
    assert reached({"share": 100}, {}, {}) == 100


def test_wishes_can_be_reached_once_somebody_has_one():
    assert reached({"wishes": 100}, {}, {}) == 0
    assert reached({"wishes": 100}, {"wishes": ["amara"]}, {}) == 100
