"""The fit of one pair, as pages reckon it: the same as the engine's, point by point and rule by rule."""

import random
from itertools import product

import pytest

from alongside.matching import fit
from alongside.matching.engine.compiling import compiled
from alongside.matching.fit import Kept, One, Scale
from alongside.matching.rules import Policy
from alongside.matching.terms import CriterionName

SKILLS = ["Budgets", "Feedback", "Rotas", "Negotiation", "Writing"]
SITES, GRADES, TEAMS = ["Eastgate", "Harbour", ""], ["Band 5", "Band 6", "Band 8a", "Head", ""], ["East", "West", ""]
HOURS, LANGUAGES = ["0 morning", "2 evening", "4 midday"], ["English", "Welsh", "Polish"]
WORDS = ["leading wards", "the budget of imaging", ""]
EVERYTHING = Policy(
    weights=dict.fromkeys(CriterionName, 10),
    hours=True,
    site=True,
    ahead=True,
    ideal=1,
)


def somebody(chance: random.Random, refs: list[str]) -> dict:
    return {
        "wanted": chance.sample(SKILLS, chance.randint(0, 4)),
        "offered": chance.sample(SKILLS, chance.randint(0, 4)),
        "hours": chance.sample(HOURS, chance.randint(0, 3)),
        "languages": chance.sample(LANGUAGES, chance.randint(0, 2)),
        "site": chance.choice(SITES),
        "grade": chance.choice(GRADES),
        "team": chance.choice(TEAMS),
        "department": chance.choice(["Wards", "Imaging", ""]),
        "job_title": chance.choice(WORDS),
        "career_aim": chance.choice(WORDS),
        "since": chance.choice(["2019-05-01", "2024-01-01", ""]),
        "mentees": chance.randint(0, 3),
        "wishes": chance.sample(refs, 2),
    }


def an_order(seed: int) -> dict:
    """Six mentees and five mentors who say this and that."""
    chance = random.Random(seed)
    mentees, mentors = [f"e{number}" for number in range(6)], [f"o{number}" for number in range(5)]
    return {
        "mentees": [{"ref": ref, "places": 1, "said": somebody(chance, mentors)} for ref in mentees],
        "mentors": [{"ref": ref, "places": 1, "said": somebody(chance, mentees)} for ref in mentors],
        "policy": EVERYTHING.kept(),
        "apart": {"manager": [["e0", "o1"]], "before": [["e2", "o2"]]},
        "pins": [], "bans": [], "kept": [], "seed": 7,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_points_and_rules_are_those_of_the_engine(seed):
    order = an_order(seed)
    problem, everybody = compiled(order), [*order["mentees"], *order["mentors"]]
    scale = Scale(
        EVERYTHING,
        grades=[one["said"]["grade"] for one in everybody],
        offers=[one["said"]["offered"] for one in order["mentors"]],
    )
    kept = Kept(order["apart"])
    for mentee, mentor in product(order["mentees"], order["mentors"]):
        two = One(mentee["ref"], mentee["said"]), One(mentor["ref"], mentor["said"])
        assert scale.points(*two) == dict(problem.points(mentee["ref"], mentor["ref"]))
        assert set(scale.forbidden_by(*two, kept)) == set(problem.forbidding(mentee["ref"], mentor["ref"]))


def test_what_is_shown_adds_up_to_the_score_that_is_shown():
    points = {"skills": 336_666, "site": 100_000, "hours": 66_665, "aim": 96_666}
    assert fit.shown(points) == {"skills": 34, "site": 10, "hours": 6, "aim": 9}
    assert sum(fit.shown(points).values()) == fit.of_hundred(sum(points.values())) == 59


def test_just_below_what_is_worth_a_look_does_not_read_as_enough():
    assert fit.of_hundred(599_999) == 59
