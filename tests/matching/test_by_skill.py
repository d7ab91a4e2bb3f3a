"""What more mentors who offer a skill would do: worked out by pairing everybody again, never reckoned from prices."""

import pytest

from alongside.matching import lacks
from alongside.matching.engine import advising
from alongside.matching.engine.compiling import compiled
from alongside.matching.rules import Policy
from alongside.people.models import Link
from pairing import match
from tests.matching import world
from tests.visits import browser_of, squeezed, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    """Two mentors with a place each; three want Negotiation, one Budgets, and one has named nothing: three are left."""
    made = world.made()
    for held in (made.ben, made.elin, world.joins(made, "Mei Chen", "mentee")):
        world.says(held, wanted="Negotiation")
    world.says(world.joins(made, "Luis Ferreira", "mentee"), wanted="Budgets")
    world.says(made.amara, offered="Negotiation")
    world.says(made.kwame, offered="Budgets")
    world.joins(made, "Ingrid Solberg", "mentee")
    return made


def board(w):
    return squeezed(words_of(browser_of(w.carys).get(f"/programmes/{w.programme.slug}/matching/")))


def test_each_skill_is_said_with_the_people_whom_more_mentors_would_place(w):
    _round, run = world.worked_out(w)
    assert run.left.count() == 3
    assert run.figures["by_skill"][0] == {"skill": "Negotiation", "places": 1, "placed": [1, 2, 3]}


def test_the_board_says_so_and_what_was_assumed(w):
    world.worked_out(w)
    said = board(w)
    assert (
        "More mentors who offer “Negotiation”: one would place 1 person more, two would place 2, three would place 3."
    ) in said
    assert "mentors who have 1 free place, as is usual here, and whom no rule keeps from anybody who wants" in said


def test_where_somebody_is_left_whom_the_reader_manages_no_skill_is_said(w):
    _round, run = world.worked_out(w)
    Link.objects.create(source=w.carys.membership, target=run.left.first().mentee.membership)
    assert "More mentors who offer" not in board(w)


def test_where_everybody_is_placed_nothing_is_tried(w):
    for number in range(3):
        world.joins(w, f"Mentor {number}", "mentor")
    _round, run = world.worked_out(w)
    assert (run.left.count(), run.figures["by_skill"]) == (0, [])


def test_so_many_people_that_it_would_take_minutes_are_not_paired_again():
    people = [{"ref": name, "places": 1, "said": {"wanted": ["Budgets"]}} for name in ("ben", "elin")]
    mentors = [{"ref": "amara", "places": 1, "said": {}}]
    order = {"mentees": people, "mentors": mentors, "policy": Policy().kept(), "apart": {}, "seed": 1}
    problem = compiled({**order, "pins": [], "bans": [], "kept": []})
    assert advising.by_skill(order, problem, match(problem)) == [{"skill": "Budgets", "places": 1, "placed": [1]}]
    assert advising.by_skill(order, problem, match(problem), most_pairs=1) == []


def test_only_what_was_tried_is_said():
    figures = {"by_skill": [{"skill": "Budgets", "places": 2, "placed": [2]}]}
    assert lacks.by_skill(figures) == ["More mentors who offer “Budgets”: one would place 2 people more."]
    assert "who have 2 free places each" in lacks.on_what_terms(figures)
    assert (lacks.by_skill({}), lacks.on_what_terms({})) == ([], "")
