"""Applications on the coordinators' pages: the list, one of them, deciding, the waiting list, the next round."""

import re
from datetime import date, timedelta

import pytest

from alongside.foundation import clock
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people
from alongside.programmes import actions, queries
from alongside.programmes.models import Joining, Participation
from alongside.programmes.queries import joining as found
from alongside.programmes.terms import Step
from tests import applying, cast
from tests.visits import browser_of, queries_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def o():
    return applying.opened()


def url(o, page: str = "applications/") -> str:
    return f"/programmes/{o.programme.slug}/{page}"


def page(actor, address: str) -> str:
    text = re.sub(r"<[^>]+>", " ", words_of(browser_of(actor).get(address)))
    return " ".join(text.split())


def decide(o, to: str, *joinings: Joining, actor=None, **facts) -> str:
    """What the page says after a decision."""
    said = {"to": to, "application": [held.ref for held in joinings], "words": "Thank you.", **facts}
    response = browser_of(actor or o.carys).post(url(o, "applications/decide/"), said, follow=True)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


def test_the_list_is_narrowed_by_part_state_fit_and_day(o):
    o.applied(o.ben)
    o.decided(o.applied(o.amara, "mentor"), Step.WAIT)
    browser = browser_of(o.carys)
    for chosen, who in (
        ({}, ["Ben Thomas", "Amara Okafor"]),
        ({"part": "mentor"}, ["Amara Okafor"]),
        ({"state": "applied"}, ["Ben Thomas"]),
        ({"fits": "no"}, []),
        ({"fits": "yes", "q": "ben"}, ["Ben Thomas"]),
        ({"since": (clock.today("UTC") + timedelta(days=2)).isoformat()}, []),
    ):
        said = words_of(browser.get(url(o), chosen))
        assert [name for name in ("Ben Thomas", "Amara Okafor") if f">{name}<" in said] == who, chosen


def test_a_begun_application_is_nobody_elses(o):
    joining = actions.begin(o.programme, "mentee", by=o.ben)
    assert "Nobody has applied yet" in page(o.carys, url(o))
    assert browser_of(o.carys).get(url(o, f"applications/{joining.ref}/")).status_code == 404


def test_nobody_finds_their_own_application_on_the_coordinators_list(o):
    own = o.applied(o.carys)
    assert browser_of(o.carys).get(url(o, f"applications/{own.ref}/")).status_code == 404
    assert browser_of(o.dev).get(url(o, f"applications/{own.ref}/")).status_code == 200
    assert decide(o, "accept", own).count("Nobody was chosen") == 1
    assert not Participation.objects.filter(part="mentee").exists()


def test_accepting_one_says_so_and_tells_them(o):
    joining = o.applied(o.ben)
    assert "Ben Thomas takes part, and is told." in decide(o, "accept", joining, seen=1)
    assert queries.takers(o.programme).get().membership == o.ben.membership
    mail = Mail.objects.get(kind="application.accepted")
    assert "“Rising leaders”: you take part" in mail.subject
    assert "Thank you." in mail.body


def test_an_application_that_changed_meanwhile_is_read_again_first(o):
    joining = o.applied(o.ben)
    actions.send(joining, o.said("Something else."), by=o.ben)
    assert "has changed since you opened it" in decide(o, "accept", joining, seen=1)
    assert not queries.takers(o.programme).exists()


def test_several_at_once_are_accepted_as_far_as_there_are_places():
    o = applying.opened(mentee_places=2)
    people = [o.applied(cast.member(f"Person {number}", o.carys.organisation)) for number in range(3)]
    said = decide(o, "accept", *people)
    assert "2 take part, and are told." in said
    assert "Person 2: All 2 places are taken." in said
    assert "Mentees: 2 of 2 places taken" in page(o.carys, url(o))
    assert "2 people are told" not in said


def test_the_words_are_proposed_and_turning_down_needs_some(o):
    joining = o.applied(o.ben)
    browser = browser_of(o.carys)
    said = words_of(browser.get(url(o, "applications/decide/"), {"to": "turn-down", "application": joining.ref}))
    assert "We know that this is not what you hoped for." in said
    decide(o, "turn-down", joining, words=" ")
    assert Joining.objects.get().state == "applied"
    decide(o, "turn-down", joining)
    assert Joining.objects.get().state == "turned_down"


def test_turned_down_is_looked_at_again_and_told(o):
    joining = o.decided(o.applied(o.ben), Step.TURN_DOWN, words="No.")
    browser_of(o.carys).post(url(o, f"applications/{joining.ref}/again/"))
    joining.refresh_from_db()
    assert joining.state == "applied"
    assert Mail.objects.filter(kind="application.looked_at_again").count() == 1


def test_the_waiting_list_needs_a_day_of_next_news_and_keeps_it(o):
    joining = o.applied(o.ben)
    assert "Choose a day after today" in decide(o, "wait", joining, news_by="2020-01-01")
    decide(o, "wait", joining, news_by="2026-12-24")
    joining.refresh_from_db()
    assert (joining.state, joining.news_by) == ("waiting", date(2026, 12, 24))
    assert "You hear again by Thursday 24 December" in Mail.objects.get(kind="application.waiting").body


def test_news_that_is_overdue_is_the_coordinators_next_step(o):
    o.decided(o.applied(o.ben), Step.WAIT)
    assert "how it stands" not in page(o.carys, "/")
    with clock.set_to(clock.now() + timedelta(days=60)):
        assert "Tell one person in “Rising leaders” how it stands" in page(o.carys, "/")
        assert "Tell one person" not in page(o.elin, "/")


def test_whoever_came_first_is_first_and_the_order_can_be_changed(o):
    first, second, third = (o.applied(actor) for actor in (o.elin, o.ben, o.amara))
    for joining in (third, first, second):
        o.decided(joining, Step.WAIT)
    assert [held.membership.name for held in found.waiting_list(o.programme, "mentee")] == [
        "Elin Berg",
        "Ben Thomas",
        "Amara Okafor",
    ]
    browser_of(o.carys).post(url(o, f"applications/{third.ref}/order/"), {"way": "up"})
    browser_of(o.carys).post(url(o, f"applications/{first.ref}/order/"), {"way": "up"})  # is the first already
    assert [held.membership.name for held in found.waiting_list(o.programme, "mentee")] == [
        "Elin Berg",
        "Amara Okafor",
        "Ben Thomas",
    ]


def test_the_list_is_carried_over_and_each_is_asked_at_the_launch_and_may_say_no(o):
    for actor in (o.elin, o.ben):
        o.decided(o.applied(actor, why=f"I am {actor.membership.name}."), Step.WAIT)
    following = actions.duplicate(o.programme, name="The spring round", starts_on=date(2027, 9, 1), by=o.carys)
    browser_of(o.carys).post(url(o, "carry-over/"), {"round": following.slug})
    assert list(Joining.objects.filter(programme=o.programme).values_list("state", flat=True)) == ["carried"] * 2
    assert not Mail.objects.filter(kind="application.asked").exists()
    assert browser_of(o.ben).get(f"/programmes/{following.slug}/join/").status_code == 404
    cast.launchable(following, o.carys)
    actions.launch(following, by=o.carys)
    assert Mail.objects.filter(kind="application.asked").count() == 2
    assert "Do you want to stay on it for this one? One person is before you." not in page(
        o.elin, f"/programmes/{following.slug}/join/"
    )
    browser_of(o.ben).post(f"/programmes/{following.slug}/join/mentee/stay/")
    browser_of(o.elin).post(f"/programmes/{following.slug}/join/mentee/take-back/")
    asked = Joining.objects.filter(programme=following)
    assert {held.membership.name: held.state for held in asked} == {"Ben Thomas": "waiting", "Elin Berg": "withdrawn"}
    ben = asked.get(membership=o.ben.membership)
    assert list(found.said(ben).values()) == ["I am Ben Thomas."]
    assert [held.words for held in found.answered(o.carys, ben)] == ["I am Ben Thomas."]


def test_until_somebody_says_yes_the_next_round_reads_no_answer(o):
    o.decided(o.applied(o.ben, why="The kettle is far away."), Step.WAIT)
    following = actions.duplicate(o.programme, name="The spring round", starts_on=date(2027, 9, 1), by=o.carys)
    actions.carry_over(o.programme, following, by=o.carys)
    asked = Joining.objects.get(programme=following)
    assert found.answered(o.carys, asked) == []


def test_only_into_a_round_that_was_begun_from_it(o):
    other = cast.programme(o.carys, "Ward sisters")
    with pytest.raises(NotPossible, match="was not begun from this programme"):
        actions.carry_over(o.programme, other, by=o.carys)
    assert browser_of(o.carys).post(url(o, "carry-over/"), {"round": other.slug}).status_code == 404


def test_nobody_is_accepted_for_whom_no_coordinator_from_outside_is_left(o):
    people.set_manager(o.carys.membership, o.dev.membership, by=SYSTEM)
    own = o.applied(o.carys)
    with pytest.raises(NotPossible, match="Name another coordinator for Carys Llewellyn"):
        o.decided(own, Step.ACCEPT, by=o.dev)
    assert not queries.takers(o.programme).exists()


def test_the_list_asks_as_much_for_thirty_as_for_three(o):
    o.applied(o.ben)
    addresses = (url(o), url(o, "waiting/"))
    o.decided(o.applied(o.elin), Step.WAIT)
    few = [len(queries_of(browser_of(o.carys), address)) for address in addresses]
    for number in range(20):
        joining = o.applied(cast.member(f"Person {number}", o.carys.organisation))
        if number % 2:
            o.decided(joining, Step.WAIT)
    assert [len(queries_of(browser_of(o.carys), address)) for address in addresses] == few
    assert max(few) <= 16
