"""Why two people fit: what they share, in words for each reader, and never a number."""

import pytest

from alongside.matching.models import Published
from alongside.matching.shared import Two, as_shown, both, sentence, told
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from alongside.relationships.models import Relationship
from tests import cast
from tests.matching.world import actor, made, manages, published, says
from tests.visits import browser_of, words_of

BEN = {
    "wanted": ["Coaching", "Negotiation"],
    "grade": "6",
    "site": "Leeds",
    "department": "Theatres",
    "languages": ["English", "Welsh"],
    "hours": ["0 morning", "3 evening"],
    "interests": ["Old maps", "Chess"],
    "career_aim": "Head of surgery",
    "since": "2025-01-01",
    "wishes": ["amara"],
}
AMARA = {
    "offered": ["Negotiation"],
    "grade": "8",
    "site": "Leeds",
    "department": "Surgery",
    "languages": ["Welsh"],
    "hours": ["0 evening", "3 evening", "0 morning"],
    "interests": ["old maps"],
    "job_title": "Consultant",
    "since": "2015-01-01",
    "mentees": 0,
}
EACH = dict.fromkeys(
    (
        "skills",
        "seniority",
        "site",
        "department",
        "hours",
        "languages",
        "interests",
        "aim",
        "tenure",
        "share",
        "wishes",
    ),
    1,
)


def words(kept, reader=""):
    return [why.words for why in told(kept, Two("Ben", "Amara", reader))]


def test_each_criterion_says_what_the_two_share():
    assert both(EACH, BEN, AMARA) == [
        ["skills", ["Negotiation"]],
        ["seniority", True],
        ["site", "Leeds"],
        ["department", ["Theatres", "Surgery"]],
        ["hours", [0, 3]],
        ["languages", ["Welsh"]],
        ["interests", ["Old maps"]],
        ["aim", True],
        ["tenure", True],
    ]


def test_the_mentee_the_mentor_and_whoever_stands_outside_read_it_each_in_their_words():
    kept = both(EACH, BEN, AMARA)
    assert words(kept, "mentee") == [
        "Amara offers what you want to develop: Negotiation.",
        "Amara is more senior than you.",
        "You are both at the same site: Leeds.",
        "You work in different departments: Theatres and Surgery.",
        "You usually have time on the same days: Monday and Thursday.",
        "You share a language: Welsh.",
        "You share an interest: Old maps.",
        "Amara knows the work where you want to get to.",
        "Amara has been here longer than you.",
    ]
    assert words(kept, "mentor")[:2] == [
        "Ben wants to develop what you offer: Negotiation.",
        "You are more senior than Ben.",
    ]
    assert words(kept)[:3] == [
        "Amara offers what Ben wants to develop: Negotiation.",
        "Amara is more senior than Ben.",
        "Both are at the same site: Leeds.",
    ]


def test_the_weightiest_come_first_and_what_gave_no_points_is_no_reason():
    assert both({"skills": 1, "site": 5, "hours": 0}, BEN, AMARA) == [["site", "Leeds"], ["skills", ["Negotiation"]]]
    assert sentence(both(EACH, BEN, AMARA), Two("Ben", "Amara", "mentee"), most=1) == (
        "Amara offers what you want to develop: Negotiation."
    )


@pytest.mark.parametrize("silent", sorted(BEN.keys() - {"wishes"}))
def test_points_for_what_somebody_has_not_said_are_no_reason(silent):
    without = {name: value for name, value in BEN.items() if name != silent}
    assert len(both(EACH, without, AMARA)) == len(both(EACH, BEN, AMARA)) - 1


def test_a_grade_that_nobody_has_placed_makes_nobody_more_senior():
    assert both({"seniority": 1}, {"grade": "Fellow"}, {"grade": "8"}) == []
    assert both({"seniority": 1}, {"grade": "Fellow"}, {"grade": "Head"}, ("Fellow", "Head")) == [["seniority", True]]


def test_of_somebody_who_shows_only_their_work_nothing_else_is_a_reason():
    shown = as_shown(AMARA, {"work"})
    assert [name for name, _value in both(EACH, BEN, shown)] == ["seniority", "site", "department", "aim"]


def test_many_skills_are_named_up_to_five():
    held = ["a", "b", "c", "d", "e", "f"]
    assert words([["skills", held]], "mentee") == ["Amara offers what you want to develop: a, b, c, d, e and more."]


# --- on the pages


@pytest.fixture
def world():
    held = made()
    says(held.amara, offered="Negotiation", site="Leeds")
    says(held.ben, wanted="Negotiation", site="Leeds")
    published(held, (held.ben, held.amara))
    return held


def page_of(somebody):
    return words_of(browser_of(somebody).get(f"/pairs/{Relationship.objects.get().ref}/"))


@pytest.mark.django_db
def test_both_and_the_coordinator_read_why_before_anybody_has_answered(world):
    assert "Why you two" in page_of(actor(world.ben))
    assert "Amara offers what you want to develop: Negotiation." in page_of(actor(world.ben))
    assert "Ben wants to develop what you offer: Negotiation." in page_of(actor(world.amara))
    page = page_of(world.carys)
    assert "Why these two" in page
    assert "Amara offers what Ben wants to develop: Negotiation." in page


@pytest.mark.django_db
def test_they_read_it_afterwards_too_and_nobody_else_does(world):
    for taker in (world.ben, world.amara):
        who = actor(taker)
        relationships.accept(pairs.own_pair(who, Relationship.objects.get().ref), by=who)
    assert "Why you two" in page_of(actor(world.ben))
    assert "Why you two" in page_of(actor(world.amara))
    assert "Why these two" in page_of(world.carys)
    assert browser_of(actor(world.elin)).get(f"/pairs/{Relationship.objects.get().ref}/").status_code == 404


@pytest.mark.django_db
def test_a_coordinator_who_manages_one_of_them_reads_nothing_of_it(world):
    assert Published.objects.count() == 1
    iris = cast.member("Iris Novak", world.programme.organisation, "coordinator")
    part = cast.takes_part(world.programme, iris, "coordinator", world.carys, capacity=1)
    assert "Why these two" in page_of(iris)
    manages(part, world.ben)
    assert browser_of(iris).get(f"/pairs/{Relationship.objects.get().ref}/").status_code == 404
