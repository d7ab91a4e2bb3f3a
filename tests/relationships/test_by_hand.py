"""Who stands on the two lists of pairing by hand."""

import pytest

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes import queries
from alongside.programmes.models import Participation
from alongside.relationships import actions
from alongside.relationships.models import Relationship
from alongside.relationships.queries import by_hand
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def names(found):
    return [held.membership.name for held in found]


def test_a_mentee_in_a_pair_does_not_wait(c):
    cast.takes_part(c.programme, c.elin, "mentee", c.carys)
    assert names(by_hand.mentees_waiting(c.programme)) == ["Elin Berg"]


def test_a_mentee_whose_pair_ended_without_fault_waits_again(c):
    actions.end(c.pair(c.ben), by=c.ben)
    assert names(by_hand.mentees_waiting(c.programme)) == ["Ben Thomas"]
    assert queries.waits(c.carys, "without_mentor") == {c.programme.pk: 1}


def test_whoever_has_completed_waits_no_more_but_can_be_found(c):
    actions.end(c.pair(c.ben), by=c.ben)
    Relationship.objects.update(ending="completed")
    assert names(by_hand.mentees_waiting(c.programme)) == []
    assert queries.waits(c.carys, "without_mentor") == {}
    assert names(by_hand.mentees_waiting(c.programme, "thomas")) == ["Ben Thomas"]
    assert names(by_hand.mentees_without_mentor(c.programme)) == ["Ben Thomas"]


def test_a_mentor_with_a_place_left_has_room(c):
    assert names(by_hand.mentors_with_room(c.programme)) == ["Amara Okafor"]


@pytest.mark.parametrize("change", [identity.suspend, identity.leave])
def test_nobody_who_is_suspended_or_has_left_is_offered_or_paired(c, change):
    cast.takes_part(c.programme, c.elin, "mentee", c.carys)
    mentee = Participation.objects.get(membership=c.elin.membership, part="mentee")
    mentor = Participation.objects.get(membership=c.amara.membership, part="mentor")
    identity.suspend(c.elin.membership, by=c.carys)
    mentee.membership.refresh_from_db()
    assert names(by_hand.mentees_waiting(c.programme)) == []
    with pytest.raises(NotPossible, match="suspended or has left"):
        actions.propose(mentor, mentee, by=c.carys)
    change(c.amara.membership, by=c.carys)
    assert names(by_hand.mentors_with_room(c.programme)) == []


def test_whoever_chooses_anew_reads_whom_the_mentee_has_parted_from(c):
    cast.takes_part(c.programme, c.elin, "mentor", c.carys)
    actions.end(c.pair(c.ben), by=c.ben)
    ben = Participation.objects.get(membership=c.ben.membership, part="mentee")
    page = browser_of(c.carys).get(f"/programmes/{c.programme.slug}/pairs/by-hand/", {"mentee": ben.ref})
    mentors = page.context["lists"][1]["rows"]
    assert [(row.participation.membership.name, row.parted) for row, _url in mentors] == [
        ("Amara Okafor", True),
        ("Elin Berg", False),
    ]
    assert words_of(page).count("Declined or ended before, by one of the two") == 1
