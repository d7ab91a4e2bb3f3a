"""Everybody's first page: the one next step, what belongs to whom, and what happens next for those who wait."""

import re

import pytest
from django.test import Client

from alongside.foundation import hooks
from alongside.home import rules
from alongside.programmes.models import Participation, Programme
from alongside.relationships import actions, queries
from alongside.safeguarding.actions import confirm_limits
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def home(actor) -> str:
    return words_of(browser_of(actor).get("/"))


def headings(page: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", found).strip() for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)]


def together(c, name: str):
    """Amara and one more mentee, who have both said yes."""
    Participation.objects.filter(membership=c.amara.membership).update(capacity=5)
    mentor = Participation.objects.get(membership=c.amara.membership)
    actor = cast.member(name, c.carys.organisation)
    relationship = actions.propose(mentor, cast.takes_part(c.programme, actor, "mentee", c.carys), by=c.carys)
    for one in (c.amara, actor):
        actions.accept(queries.pair(one, relationship.ref), by=one)
    return relationship


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "Good evening"), (5, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (17, "Good afternoon"),
     (18, "Good evening")],
)  # fmt: skip
def test_the_greeting_by_the_hour(hour, words):
    assert rules.greeting(hour, "Ben") == f"{words}, Ben"


def test_strangers_are_led_to_the_sign_in_once_there_is_an_organisation(c):
    assert Client().get("/").url.startswith("/account/login/")


def test_wrong_methods_are_refused(c):
    assert browser_of(c.ben).post("/").status_code == 405


def test_a_mentor_with_three_mentees_sees_the_next_step_first_then_each_path(c):
    for name in ("Dina Rossi", "Noor Aziz"):
        together(c, name)
    confirm_limits(by=c.amara)
    page = home(c.amara)
    found = headings(page)
    first = hooks.next_steps.of(c.amara)[0]
    assert found == [str(first.words), "You and Ben", "You and Dina", "You and Noor"]
    assert page.count('class="stage-path"') == 3
    assert page.count("Your next step") == 1


def test_each_step_stands_once_beside_its_pair(c):
    together(c, "Dina Rossi")
    page = home(c.amara)
    for step in hooks.next_steps.of(c.amara):
        assert len(re.findall(rf">\s*{re.escape(str(step.words))}\s*<", page)) == 1, step.words


def test_ids_on_the_page_are_unique(c):
    together(c, "Dina Rossi")
    for actor in (c.amara, c.ben, c.carys):
        ids = re.findall(r'\sid="([^"]+)"', home(actor))
        assert len(ids) == len(set(ids))


def test_a_proposal_is_answered_before_anything_else():
    c = cast.pair(answered=False)
    assert headings(home(c.ben)) == ["Say whether Amara Okafor is right for you"]


def test_whoever_waits_for_a_mentor_reads_what_happens_next(c):
    noor = cast.member("Noor Aziz", c.carys.organisation)
    cast.takes_part(c.programme, noor, "mentee", c.carys)
    page = home(noor)
    assert headings(page) == ["Fill in your profile", "What happens next"]
    page = " ".join(page.split())
    assert "Carys Llewellyn looks for a mentor who offers what you want to develop." in page
    assert "You hear again by" in page
    assert "Rising leaders" in page
    assert '0 of 6 pages of <a href="/me/profile/">' in page


def test_a_mentor_who_waits_reads_what_happens_next(c):
    zoe = cast.member("Zoe Young", c.carys.organisation)
    taker = cast.takes_part(c.programme, zoe, "mentor", c.carys)
    page = " ".join(home(zoe).split())
    assert "Carys Llewellyn looks for a mentee who wants what you can offer." in page
    assert "You hear again by" not in page
    Participation.objects.filter(pk=taker.pk).update(capacity=0)
    assert "You are a mentor without a free place at the moment." in home(zoe)


def test_whoever_waits_for_a_programme_that_is_prepared_is_told_so(c):
    noor = cast.member("Noor Aziz", c.carys.organisation)
    cast.takes_part(c.programme, noor, "mentee", c.carys)
    Programme.objects.update(state="draft")
    assert "It is still being prepared by Carys Llewellyn." in home(noor)
    Programme.objects.update(state="closed")
    assert "You are in no programme at the moment" in home(noor)


def test_somebody_in_no_programme_is_told_so(c):
    assert "You are in no programme at the moment" in home(c.elin)


def test_nobody_in_a_pair_is_told_to_wait_for_one(c):
    assert "What happens next" not in home(c.ben)


def test_a_pair_that_ended_is_kept_below(c):
    actions.end(c.pair(c.ben), by=c.ben)
    page = home(c.ben)
    assert headings(page) == ["Fill in your profile", "What happens next", "Ended"]
    assert "Ended without fault" in page


def test_coordinators_see_each_programme_with_its_state_and_what_to_do_in_it(c):
    noor = cast.member("Noor Aziz", c.carys.organisation)
    cast.takes_part(c.programme, noor, "mentee", c.carys)
    cast.programme(c.carys, "Ward sisters")
    page = home(c.carys)
    assert headings(page) == ["Find a mentor for one mentee in “Rising leaders”", "Your programmes"]
    rows = re.findall(r'<li class="row.*?</li>', page, re.DOTALL)
    assert ["Running now" in rows[0], "In preparation" in rows[1]] == [True, True]
    assert "Add people to “Ward sisters”" in rows[1]


def test_a_coordinator_without_a_programme_begins_with_one(c):
    iris = cast.member("Iris Holm", c.carys.organisation, "coordinator")
    assert headings(home(iris)) == ["Start your first programme"]


def test_nobody_sees_the_home_of_another_organisation(c):
    other = cast.pair(cast.organisation("Harbour Trust"))
    assert c.relationship.ref not in home(other.amara)
    assert c.programme.slug not in home(other.carys).replace(other.programme.slug, "")


def test_whoever_has_a_role_across_the_organisation_reads_what_it_is(c):
    sam = cast.member("Sam Osei", c.carys.organisation, "safeguarding_lead")
    page = home(sam)
    assert headings(page) == ["Your role"]
    assert "Handles every concern about somebody’s safety" in page
    assert "You are in no programme" not in page


def test_of_very_much_to_do_the_first_dozen_stands_there_and_the_rest_is_asked_for(c):
    for number in range(20):
        cast.programme(c.carys, f"Round {number:02}")
    browser = browser_of(c.carys)
    first = browser.get("/")
    left = len(browser.get("/?all=1").context["others"]) - 12
    assert left > 0
    assert len(first.context["others"]) == 12
    assert f'<a href="?all=1">Show {left} more</a>' in " ".join(words_of(first).split())


def test_of_many_programmes_the_first_dozen_stands_there_and_a_link_to_all(c):
    for number in range(11):
        cast.programme(c.carys, f"Round {number:02}")
    assert "All your programmes" not in home(c.carys)
    cast.programme(c.carys, "Round 11")
    assert '<a href="/programmes/">All your programmes</a>' in home(c.carys)
