"""Who knows of a pair: the two, and a coordinator who stands outside it."""

from itertools import product

import pytest

from alongside.foundation import access
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.queries import actor_of
from alongside.people.models import Link
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation, Programme
from alongside.relationships import actions, queries
from alongside.relationships.models import Relationship
from alongside.relationships.policy import Standing
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def sees(actor) -> bool:
    return queries.visible_to(actor).exists()


def test_the_two_and_their_coordinator_know_of_the_pair(c):
    assert [sees(actor) for actor in (c.amara, c.ben, c.carys, c.elin)] == [True, True, True, False]


def test_the_administrator_sees_no_pair(c):
    administrator = cast.member("Ada Winter", c.carys.organisation, "administrator")
    assert not sees(administrator)


def test_a_programme_in_preparation_shows_its_pairs_to_its_coordinator_alone(c):
    Programme.objects.update(state="draft")
    assert [sees(actor) for actor in (c.amara, c.ben, c.carys, c.elin)] == [False, False, True, False]
    assert queries.partner_names(c.ben) == []


def test_the_coordinator_of_another_programme_sees_nothing(c):
    other = cast.member("Iris Holm", c.carys.organisation, "coordinator")
    cast.programme(other, "Another programme", launched=True)
    assert not sees(other)


def test_another_organisation_sees_nothing(c):
    other = cast.pair(cast.organisation(name="Harbour Trust"))
    assert [pair.pk for pair in queries.visible_to(other.carys)] == [other.relationship.pk]


@pytest.mark.parametrize("managed", ["amara", "ben"])
def test_a_coordinator_who_manages_one_of_the_two_sees_nothing(c, managed):
    Link.objects.create(source=c.carys.membership, target=getattr(c, managed).membership)
    assert not sees(c.carys)


def test_a_coordinator_who_is_in_the_pair_has_no_coordinators_view(c):
    programmes.add_participants(c.programme, [programmes.Place(c.amara.membership, "coordinator")], by=c.carys)
    assert c.pair(c.amara).standing == Standing(part="mentor")


def test_reading_stops_when_the_coordinators_part_ends(c):
    second = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(c.programme, second, "coordinator", c.carys)
    held = Participation.objects.get(membership=c.carys.membership, part="coordinator")
    programmes.end_participation(held, by=second)
    assert not sees(c.carys)


def test_an_ended_pair_stays_readable_to_the_two(c):
    actions.end(c.pair(c.ben), by=c.ben)
    assert [sees(actor) for actor in (c.amara, c.ben)] == [True, True]
    assert not c.pair(c.ben).may_write


def test_a_suspended_person_is_no_actor_at_all(c):
    identity.suspend(c.ben.membership, by=c.carys)
    assert actor_of(c.ben.membership) is None


COMBINATIONS = list(product([False, True], repeat=4))


@pytest.mark.parametrize(("mentor", "mentee", "coordinator", "manager"), COMBINATIONS)
def test_what_the_list_shows_is_what_the_policy_says(mentor, mentee, coordinator, manager):
    """Every combination of parts of one person in one programme, in a pair or beside it."""
    c = cast.pair()
    person = cast.member("Dev Patel", c.carys.organisation, "coordinator")
    if coordinator:
        cast.takes_part(c.programme, person, "coordinator", c.carys)
    if manager:
        Link.objects.create(source=person.membership, target=c.ben.membership)
    for wanted, part, other_part in ((mentor, "mentor", "mentee"), (mentee, "mentee", "mentor")):
        if wanted:
            mine = cast.takes_part(c.programme, person, part, c.carys)
            other = cast.member("Noor Aziz", c.carys.organisation)
            theirs = cast.takes_part(c.programme, other, other_part, c.carys)
            both = (mine, theirs) if part == "mentor" else (theirs, mine)
            actions.propose(*both, by=c.carys)
    shown = {pair.ref for pair in queries.pairs(person, queries.visible_to(person))}
    for pair in Relationship.objects.all():
        standing = true_standing(person, pair, manages=[c.ben.membership.pk] if manager else [])
        subject = queries.Pair(pair, None, None, standing)  # type: ignore[arg-type]
        assert (pair.ref in shown) == access.may(person, "relationships.read", subject)


def true_standing(person, pair, manages) -> Standing:
    """The standing, reckoned from the plain rows."""
    members = {party.participation.membership_id: party.part for party in pair.parties.all()}
    coordinates = Participation.objects.filter(
        programme=pair.programme, membership=person.membership, part="coordinator", until__isnull=True
    ).exists()
    part = members.get(person.membership.pk, "")
    return Standing(part, coordinates and not part and not set(members) & set(manages))
