"""The most mentees that somebody wants altogether, and their pauses: asked before a pair is proposed."""

from datetime import timedelta

import pytest

from alongside.foundation import clock
from alongside.foundation.identity.actions import NotPossible
from alongside.people import actions as people
from alongside.programmes.models import Participation
from alongside.relationships import actions
from alongside.relationships.models import Party
from tests import cast
from tests.relationships.test_races import at_once
from tests.visits import browser_of, words_of

FULL = "Amara Okafor takes no more: the most they want altogether, over all programmes, is 1."


@pytest.fixture
def c(db):
    return cast.pair()


def second_programme(c):
    """Amara has free places in another programme of another coordinator; somebody waits there."""
    iris = cast.member("Iris Holm", c.carys.organisation, "coordinator")
    other = cast.programme(iris, "Ward sisters", launched=True)
    mentor = cast.takes_part(other, c.amara, "mentor", iris)
    mentee = cast.takes_part(other, cast.member("Noor Aziz", c.carys.organisation), "mentee", iris)
    return iris, other, mentor, mentee


def test_the_most_that_somebody_wants_is_over_all_programmes(c):
    iris, _other, mentor, mentee = second_programme(c)
    people.say_room(by=c.amara, most=1, pause=None)
    with pytest.raises(NotPossible, match=FULL):
        actions.propose(mentor, mentee, by=iris)
    people.say_room(by=c.amara, most=2, pause=None)
    actions.propose(mentor, mentee, by=iris)
    assert Party.objects.filter(part="mentor", until=None).count() == 2


def test_pairs_that_are_there_stay_when_somebody_wants_fewer(c):
    people.say_room(by=c.amara, most=0, pause=None)
    c.relationship.refresh_from_db()
    assert c.relationship.state == "accepted"


def test_nobody_is_proposed_to_whoever_pauses_until_the_day_they_are_back(c):
    iris, _other, mentor, mentee = second_programme(c)
    today = clock.today("Europe/London")
    people.say_room(by=c.amara, most=None, pause=people.PauseWanted(today, today + timedelta(days=7)))
    with pytest.raises(NotPossible, match="Amara Okafor takes nobody new until"):
        actions.propose(mentor, mentee, by=iris)
    with clock.set_to(clock.now() + timedelta(days=8)):
        actions.propose(mentor, mentee, by=iris)


def test_the_lists_of_pairing_by_hand_say_why_and_offer_no_button(c):
    iris, other, mentor, mentee = second_programme(c)
    people.say_room(by=c.amara, most=1, pause=None)
    page = f"/programmes/{other.slug}/pairs/by-hand/"
    client = browser_of(iris)
    assert FULL in words_of(client.get(page))
    chosen = words_of(client.get(page, {"mentee": mentee.ref, "mentor": mentor.ref}))
    assert "Propose them" not in chosen
    answer = client.post(page, {"mentee": mentee.ref, "mentor": mentor.ref}, follow=True)
    assert FULL in words_of(answer)
    people.say_room(by=c.amara, most=None, pause=None)
    assert "Propose them" in words_of(client.get(page, {"mentee": mentee.ref, "mentor": mentor.ref}))


def test_a_mentor_who_declines_is_told_that_they_can_pause(db):
    c = cast.pair(answered=False)
    url = f"/pairs/{c.relationship.ref}/decline/"
    assert "/me/profile/room/" in words_of(browser_of(c.amara).get(url))
    assert "/me/profile/room/" not in words_of(browser_of(c.ben).get(url))


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_give_somebody_no_more_than_they_want(rounds):
    c = cast.pair()
    iris, _other, mentor, mentee = second_programme(c)
    here = Participation.objects.select_related("programme", "membership").get(
        programme=c.programme, membership=c.amara.membership
    )
    for number in range(rounds):
        third = cast.takes_part(
            c.programme, cast.member(f"Mentee {number}", c.carys.organisation), "mentee", c.carys
        )  # fmt: skip
        people.say_room(by=c.amara, most=2, pause=None)
        refused = at_once(
            lambda third=third: actions.propose(here, third, by=c.carys),
            lambda: actions.propose(mentor, mentee, by=iris),
        )
        assert len(refused) == 1
        held = Party.objects.filter(participation__membership=c.amara.membership, until=None)
        assert held.count() == 2
        newest = held.order_by("-pk").first().relationship
        actions.withdraw_whole(newest, by=c.carys)
