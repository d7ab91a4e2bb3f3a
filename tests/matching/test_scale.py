"""What a page shows of two people is what the engine reckons, to the point; and so is what the rules forbid."""

import json
import random
from dataclasses import replace

import pytest

from alongside.matching import counting, fit
from alongside.matching.engine.compiling import compiled
from alongside.matching.fit import Kept, One, Scale
from alongside.matching.rules import Policy
from alongside.matching.terms import CriterionName, RuleName

EVEN = dict.fromkeys(CriterionName.values, 9) | {"skills": 10}
ALL_RULES = Policy(
    weights=EVEN, team=True, language=True, hours=True, meet=True, site=True, before=True, ahead=True, least=1, most=3
)
SKILLS = ["Budgets", "Feedback", "Leading a team", "Negotiation", "Speaking in public"]
SOME = {
    "wanted": SKILLS,
    "offered": SKILLS,
    "languages": ["English", "Welsh", "Polish"],
    "hours": ["1 morning", "2 midday", "3 evening", "4 morning"],
    "ways_to_meet": ["in_person", "video", "phone"],
    "interests": ["Old maps", "old  MAPS!", "Sea swimming", "Choirs", "Chess", "♞"],
}


def people(count: int, side: str, chance: random.Random) -> list[dict]:
    """So many people who say this and that, and now and then nothing."""
    return [{"ref": f"{side}{number}", "places": 1, "said": said(chance)} for number in range(count)]


def said(chance: random.Random) -> dict:
    """What one of them says."""
    words = {name: chance.sample(of, chance.randint(0, 3)) for name, of in SOME.items()}
    one = {
        "grade": chance.choice(["5", "6", "7", "8a", "Trainee", ""]),
        "site": chance.choice(["Eastgate", "Westpark", ""]),
        "department": chance.choice(["Therapies", "Nursing", ""]),
        "team": chance.choice(["Ward 1", "Ward 2", ""]),
        "since": chance.choice(["2015-03-01", "2021-09-01", "2024-01-15", ""]),
        "career_aim": chance.choice(["To lead a team of therapies", "Budgets and nothing else", ""]),
        "job_title": chance.choice(["Head of therapies", "Nurse", ""]),
        "mentees": chance.choice([0, 1, 2, 5]),
    }
    return {name: held for name, held in {**words, **one}.items() if held}


def wishing(mentees: list[dict], mentors: list[dict], chance: random.Random) -> None:
    """Let some of each side wish for some of the other."""
    for side, other in ((mentees, mentors), (mentors, mentees)):
        for one in side:
            if wishes := chance.sample([held["ref"] for held in other], chance.randint(0, 6)):
                one["said"]["wishes"] = wishes


@pytest.fixture(params=[1, 2, 3])
def order(request):
    chance = random.Random(request.param)
    mentees, mentors = people(17, "m", chance), people(23, "o", chance)
    wishing(mentees, mentors, chance)
    apart = {name: [[f"m{chance.randrange(17)}", f"o{chance.randrange(23)}"]] for name in ("self", "manager", "before")}
    policy = replace(ALL_RULES, ideal=request.param, grades=() if request.param < 3 else ("Trainee", "5", "6", "8a"))
    made = {"mentees": mentees, "mentors": mentors, "policy": policy.kept(), "apart": apart, "seed": 1}
    return json.loads(json.dumps({**made, "pins": [], "bans": [], "kept": []}))


def seen(order):
    """The same people as a page sees them: by what they are weighed, both sides, and who is kept apart."""
    mentees, mentors = ([One(one["ref"], one["said"]) for one in order[side]] for side in ("mentees", "mentors"))
    return Scale.of(Policy.from_kept(order["policy"]), mentees, mentors), mentees, mentors, order["apart"]


def test_the_points_of_every_pair_are_the_engines(order):
    problem = compiled(order)
    scale, mentees, mentors, _apart = seen(order)
    for mentee in mentees:
        for mentor in mentors:
            assert scale.points(mentee, mentor) == dict(problem.points(mentee.ref, mentor.ref))


def test_the_rules_that_keep_two_apart_are_the_engines(order):
    problem = compiled(order)
    scale, mentees, mentors, apart = seen(order)
    for row, mentee in enumerate(mentees):
        for column, mentor in enumerate(mentors):
            forbidding = {rule.name for rule in problem.rules if not rule.allows[row, column]}
            assert set(scale.forbidden_by(mentee, mentor, Kept(apart))) == forbidding


def test_the_pairs_that_each_rule_forbids_are_as_many_as_the_engine_counts(order):
    problem, found = compiled(order), counting.forbidden(*seen(order))
    assert found.by == {rule.name: int((~rule.allows).sum()) for rule in problem.rules}
    assert (found.pairs, found.left) == (problem.scores.size, int(problem.allowed.sum()))


def test_what_only_one_rule_forbids_is_what_would_be_possible_without_it(order):
    found = counting.forbidden(*seen(order))
    for name in ("team", "language", "hours", "meet", "site", "ahead"):
        without = seen({**order, "policy": {**order["policy"], name: False}})
        assert counting.forbidden(*without).left - found.left == found.only[RuleName(name)]


def test_a_mentee_to_whom_the_rules_leave_nobody_is_named_with_the_rules():
    policy = Policy(weights={"skills": 100}, site=True, language=False)
    mentees = [One("ben", {"site": "Eastgate", "team": "A"}), One("elin", {})]
    mentors = [One("amara", {"site": "Westpark"}), One("kwame", {"site": "Eastgate", "team": "A"})]
    found = counting.forbidden(Scale.of(policy, mentees, mentors), mentees, mentors, {})
    assert found.nobody == {"ben": {RuleName.TEAM: 1, RuleName.SITE: 1}}
    assert found.unasked == []
    assert found.share(RuleName.SITE) == 25


def test_a_mentor_whom_the_rules_leave_no_mentee_is_named():
    policy = Policy(weights={"skills": 100}, site=True)
    mentees, mentors = [One("ben", {"site": "Eastgate"})], [One("amara", {"site": "Westpark"})]
    found = counting.forbidden(Scale.of(policy, mentees, mentors), mentees, mentors, {})
    assert (found.unasked, list(found.nobody)) == (["amara"], ["ben"])


@pytest.mark.parametrize("sides", [([], []), ([One("ben", {})], []), ([], [One("amara", {})])])
def test_where_one_side_is_empty_there_is_no_pair(sides):
    policy = Policy()
    found = counting.forbidden(Scale.of(policy, *sides), *sides, {})
    assert (found.pairs, found.left, found.share(RuleName.TEAM)) == (0, 0, 0)
    assert (found.nobody, found.unasked) == ({}, ())


def test_a_rare_skill_counts_more_than_one_that_everybody_offers():
    everybody, rare = fit.rarity(20, 20), fit.rarity(1, 20)
    assert everybody == 100
    assert rare > 300
