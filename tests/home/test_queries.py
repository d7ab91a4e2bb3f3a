"""Pages that many packages fill ask the database what was promised, with three rows as with thirty."""

from datetime import timedelta

import pytest

from alongside.foundation import clock
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Account
from alongside.foundation.identity.queries import actor_of
from alongside.goals import actions as goals
from alongside.meetings import actions as meetings
from alongside.programmes import actions as programmes
from alongside.programmes.models import Programme
from alongside.relationships import actions, queries
from alongside.relationships.models import Relationship
from alongside.reviews import actions as reviews
from alongside.reviews.actions import Said
from tests import cast
from tests.contracts import acts
from tests.meetings import days
from tests.visits import browser_of, promised, queries_of, twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def asks(actor, url: str, most: int) -> list[str]:
    """What a page asks, kinds and order: never more than `most`, nothing twice."""
    asked = queries_of(browser_of(actor), url)
    assert twice(asked) == []
    assert len(asked) <= most, "\n".join(asked)
    return [sql.partition(" WHERE ")[0] for sql in asked]


# --- what there can be to show


def more_pairs(c, count: int, mentor=None) -> list[Relationship]:
    """So many more mentees, each together with Amara; a programme of hers has at most twenty places."""
    made, mentor = [], mentor or c.amara
    for number in range(count):
        if number % 20 == 0:
            round_ = cast.programme(c.carys, f"Round {Programme.objects.count()}", launched=True)
            place = cast.takes_part(round_, mentor, "mentor", c.carys, capacity=20)
        actor = cast.member(f"Mentee {number}", c.carys.organisation)
        made.append(actions.propose(place, cast.takes_part(round_, actor, "mentee", c.carys), by=c.carys))
        for one in (mentor, actor):
            actions.accept(queries.pair(one, made[-1].ref), by=one)
    return made


def pairs_of_the_programme(c, count: int) -> None:
    """So many more pairs, and mentees who wait, in Carys's first programme."""
    for number in range(count):
        people = {name: cast.member(f"{name} {number}", c.carys.organisation) for name in ("Mentor", "Mentee", "Late")}
        parts = {"Mentor": "mentor", "Mentee": "mentee", "Late": "mentee"}
        places = {name: cast.takes_part(c.programme, one, parts[name], c.carys) for name, one in people.items()}
        made = actions.propose(places["Mentor"], places["Mentee"], by=c.carys)
        for name in ("Mentor", "Mentee"):
            actions.accept(queries.pair(people[name], made.ref), by=people[name])


def rounds_of(coordinator, count: int) -> None:
    """So many more programmes, some running, each with somebody who waits."""
    for number in range(count):
        made = cast.programme(coordinator, f"Round {Programme.objects.count()}", launched=number % 2 == 0)
        actor = cast.member(f"Mentee of {number}", coordinator.organisation)
        cast.takes_part(made, actor, "mentee", coordinator)


def path_of_the_two(c) -> None:
    """Everything that a pair can have: an agreement, goals, sessions of each kind, things begun, a review to write."""
    acts.sign_both(c)
    for number in range(3):
        goals.add(c.pair(c.ben), goals.Wanted(f"Goal {number}", 2, 8), by=c.ben, shared=True)
    missed = days.record(clock.now() - timedelta(hours=3), present=frozenset({"mentor"}), summary="")
    meetings.write_down(c.pair(c.amara), None, missed, by=c.amara)
    sessions(c, 3)
    for actor in (c.ben, c.amara):
        meetings.keep_draft(c.pair(actor), None, {"summary": "Half a sentence"}, by=actor)
    Relationship.objects.filter(pk=c.relationship.pk).update(stage="close", state="active")
    for actor in (c.ben, c.amara):
        reviews.save_draft(c.pair(actor), Said(), by=actor)


def sessions(c, count: int) -> None:
    """So many held sessions with something agreed, and as many planned ones."""
    for number in range(count):
        agreed = [
            meetings.NewAction(f"Action {number} of {one.membership.name}", one.membership) for one in (c.ben, c.amara)
        ]
        days.held(c, c.amara, clock.now() - timedelta(days=number + 1), note="A note", actions=agreed)
        days.plan(c, c.amara, clock.now() + timedelta(days=number + 1))


# --- home


@pytest.mark.parametrize("who", ["amara", "ben", "carys", "elin", "ada"])
def test_home_of_each_role(c, who):
    ada = actor_of(Account.objects.get(memberships__name="Ada Winter").memberships.get())
    actor = ada if who == "ada" else getattr(c, who)
    path_of_the_two(c)
    rounds_of(c.carys, 3)
    few = asks(actor, "/", promised("home", 1))
    sessions(c, 10)
    rounds_of(c.carys, 27)
    assert asks(actor, "/", promised("home", 1)) == few


def test_home_of_a_mentor_with_many_mentees(c):
    path_of_the_two(c)
    more_pairs(c, 2)
    few = asks(c.amara, "/", promised("home", 1))
    more_pairs(c, 27)
    assert asks(c.amara, "/", promised("home", 1)) == few


def test_home_of_somebody_who_is_everything(c):
    path_of_the_two(c)
    ended = more_pairs(c, 3)
    actions.end(queries.pair(c.amara, ended[0].ref), by=c.amara)
    Relationship.objects.filter(pk=ended[1].pk).update(stage="close", state="active")
    for role in ("administrator", "coordinator"):
        identity.grant_role(c.amara.membership, role, by=SYSTEM)
    c.amara.membership.refresh_from_db()
    rounds_of(actor_of(c.amara.membership), 3)
    asks(actor_of(c.amara.membership), "/", promised("home", 1))


# --- the page of a pair


@pytest.mark.parametrize("who", ["amara", "ben", "carys"])
def test_the_page_of_a_pair(c, who):
    url, actor = f"/pairs/{c.relationship.ref}/", getattr(c, who)
    path_of_the_two(c)
    few = asks(actor, url, promised("pair", 2))
    sessions(c, 27)
    more_pairs(c, 3)
    assert asks(actor, url, promised("pair", 2)) == few


@pytest.mark.parametrize("who", ["amara", "ben", "carys"])
def test_the_page_of_a_pair_that_has_ended_with_a_reason(c, who):
    path_of_the_two(c)
    actions.end(c.pair(c.ben), by=c.ben, reason="We never found the time", share=True)
    asks(getattr(c, who), f"/pairs/{c.relationship.ref}/", promised("pair", 2))


def test_the_page_of_a_pair_of_a_mentor_who_ends_with_another_too_and_coordinates(c):
    path_of_the_two(c)
    (other,) = more_pairs(c, 1)
    Relationship.objects.filter(pk=other.pk).update(stage="close", state="active")
    rounds_of(c.carys, 1)
    cast.takes_part(Programme.objects.last(), c.amara, "coordinator", c.carys)
    asks(c.amara, f"/pairs/{c.relationship.ref}/", promised("pair", 2))


# --- the page of a programme


@pytest.mark.parametrize("who", ["carys", "ben"])
def test_the_page_of_a_programme(c, who):
    url, actor = f"/programmes/{c.programme.slug}/", getattr(c, who)
    programmes.count_funnel(c.programme)
    pairs_of_the_programme(c, 3)
    rounds_of(c.carys, 3)
    few = asks(actor, url, promised("programme", 3))
    pairs_of_the_programme(c, 27)
    rounds_of(c.carys, 7)
    assert asks(actor, url, promised("programme", 3)) == few


def test_the_masthead_asks_two_questions_at_most_of_a_mentor(c):
    without = queries_of(browser_of(c.elin), "/who-may-read-what/")
    with_pair = queries_of(browser_of(c.amara), "/who-may-read-what/")
    assert len(without) == len(with_pair)
    assert twice(with_pair) == []
