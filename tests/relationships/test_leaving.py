"""Leaving a programme by oneself: what becomes of pairs is said first, nobody is at fault, and one can come back."""

import pytest

from alongside.foundation.notifications.models import Mail
from alongside.programmes import actions as programmes
from alongside.programmes.models import Joining, Participation
from alongside.relationships import actions
from alongside.relationships.models import Relationship
from tests import cast
from tests.programmes.test_applying_pages import page
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def url(c, words: str) -> str:
    return f"/programmes/{c.programme.slug}/join/{words}"


def test_what_becomes_of_the_pair_is_said_before_anything_happens(c):
    said = page(c.ben, url(c, "mentee/leave/"))
    assert "You and Amara Okafor: your mentoring ends at once, without fault." in said
    assert "You need give no reason, and nobody is at fault." in said
    assert Relationship.objects.get().state == "accepted"
    assert browser_of(c.amara).get(url(c, "mentee/leave/")).status_code == 404


def test_a_mentee_leaves_the_pair_ends_without_fault_and_the_mentor_is_told(c):
    Mail.objects.all().delete()
    browser_of(c.ben).post(url(c, "mentee/leave/"))
    pair = Relationship.objects.get()
    assert (pair.state, pair.ending) == ("ended", "no_fault")
    told = set(Mail.objects.values_list("to_address", flat=True))
    assert told == {c.amara.account.email, c.carys.account.email}
    assert "You left on" in page(c.ben, url(c, ""))
    assert "You can ask to come back." in page(c.ben, "/")


def test_a_proposal_that_waits_is_taken_back_and_has_no_fault():
    c = cast.pair(answered=False)
    assert "The proposal with Amara Okafor is taken back" in page(c.ben, url(c, "mentee/leave/"))
    browser_of(c.ben).post(url(c, "mentee/leave/"))
    assert Relationship.objects.get().ending == "withdrawn"


def test_whoever_is_taken_out_by_the_coordinator_has_not_left(c):
    programmes.end_participation(Participation.objects.get(membership=c.ben.membership), by=c.carys)
    assert Relationship.objects.get().ending == "withdrawn"
    assert Joining.objects.get().state == "ended"


def test_whoever_left_asks_to_come_back_and_the_coordinator_sees_and_accepts_it(c):
    browser_of(c.ben).post(url(c, "mentee/leave/"))
    browser_of(c.ben).post(url(c, "mentee/come-back/"))
    assert "Look at one application to “Rising leaders”" in page(c.carys, "/")
    joining = Joining.objects.get()
    assert "Asked to come back" in page(c.carys, f"/programmes/{c.programme.slug}/applications/{joining.ref}/")
    programmes.decide(joining, programmes.Verdict("accept"), by=c.carys)
    assert Participation.objects.get(membership=c.ben.membership, until=None).pk == joining.participation_id
    actions.propose(Participation.objects.get(membership=c.amara.membership), joining.participation, by=c.carys)


def test_leaving_in_one_part_leaves_the_other(c):
    cast.takes_part(c.programme, c.ben, "mentor", c.carys)
    browser_of(c.ben).post(url(c, "mentor/leave/"))
    assert Relationship.objects.get().state == "accepted"
    assert Participation.objects.get(membership=c.ben.membership, until=None).part == "mentee"


def test_leaving_twice_changes_nothing(c):
    browser = browser_of(c.ben)
    assert browser.post(url(c, "mentee/leave/")).status_code == 302
    assert browser.post(url(c, "mentee/leave/")).status_code == 404
    assert Joining.objects.get().state == "left"


# --- room, asked at acceptance


def test_a_mentor_who_waits_is_asked_how_many_mentees_they_have_room_for(c):
    other = cast.member("Noor Aziz", c.carys.organisation)
    cast.takes_part(c.programme, other, "mentor", c.carys, capacity=2)
    assert "Say how many mentees you have room for in “Rising leaders” 2 are expected of you so far." in page(
        other, "/"
    )
    browser = browser_of(other)
    assert "How many mentees have you room for in" in words_of(browser.get(url(c, "places/")))
    browser.post(url(c, "places/"), {"capacity": "21"})
    browser.post(url(c, "places/"), {"capacity": "0"})
    part = Participation.objects.get(membership=other.membership)
    assert (part.capacity, bool(part.room_said_at)) == (0, True)
    assert "Say how many mentees" not in page(other, "/")


def test_a_coordinator_who_changes_the_places_has_not_spoken_for_the_mentor(c):
    part = Participation.objects.get(membership=c.amara.membership)
    programmes.change_capacity(part, 3, by=c.carys)
    assert part.room_said_at is None


def test_nobody_says_it_for_somebody_else(c):
    assert browser_of(c.ben).get(url(c, "places/")).status_code == 404
