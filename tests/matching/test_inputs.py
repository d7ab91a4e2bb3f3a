"""Who is to be paired, what is known of them, and whom the rules about single people keep apart."""

import pytest

from alongside.matching.models import Wish
from alongside.matching.queries import inputs
from alongside.matching.rules import Policy
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from alongside.relationships.models import Relationship
from tests import cast
from tests.matching import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world.made()


def names(found):
    return [one.participation.membership.name for one in found]


def apart(w, **policy):
    policy = Policy(**policy)
    return inputs.apart(w.programme, inputs.cohort(w.programme, policy), policy)


def test_everybody_who_waits_and_everybody_with_a_place_is_there(w):
    found = inputs.cohort(w.programme, Policy())
    assert (names(found.mentees), names(found.mentors)) == (
        ["Ben Thomas", "Elin Berg"],
        ["Amara Okafor", "Kwame Mensah"],
    )
    assert found.places == 2


def test_a_mentee_with_a_mentor_and_a_mentor_without_a_place_are_not_there(w):
    relationships.propose(w.amara, w.ben, by=w.carys)
    found = inputs.cohort(w.programme, Policy())
    assert (names(found.mentees), names(found.mentors)) == (["Elin Berg"], ["Kwame Mensah"])


def test_a_mentor_takes_no_more_than_they_want_over_all_programmes(w):
    w.amara.capacity = 3
    w.amara.save()
    world.says(w.amara, most_mentees=2)
    assert [one.places for one in inputs.cohort(w.programme, Policy()).mentors] == [2, 1]


def test_what_somebody_says_of_themselves_is_what_the_criteria_look_at(w):
    world.says(w.amara, offered="Budgets, Leading a team", site="Eastgate", grade="8")
    amara, kwame = inputs.cohort(w.programme, Policy()).mentors
    assert amara.said == {"offered": ["Budgets", "Leading a team"], "site": "Eastgate", "grade": "8"}
    assert kwame.said == {}


def test_interests_and_ways_to_meet_are_there_too(w):
    world.says(w.amara, interests=["Old maps"], ways_to_meet=["video"])
    assert inputs.cohort(w.programme, Policy()).mentors[0].said == {
        "interests": ["Old maps"],
        "ways_to_meet": ["video"],
    }


def test_needs_pronouns_and_names_never_go_to_the_engine(w):
    world.says(w.ben, pronouns="they/them", headline="New ward manager")
    ben = inputs.cohort(w.programme, Policy()).mentees[0]
    assert ben.said == {"headline": "New ward manager"}


def test_whom_somebody_wishes_for_is_known_in_their_order(w):
    Wish.objects.create(by=w.ben, about=w.kwame, rank=1)
    Wish.objects.create(by=w.ben, about=w.amara, rank=2)
    assert inputs.cohort(w.programme, Policy()).mentees[0].said["wishes"] == [w.kwame.ref, w.amara.ref]


def test_the_line_of_management_is_kept_apart_as_far_up_as_the_policy_says(w):
    world.manages(w.amara, w.elin)
    world.manages(w.elin, w.ben)
    assert apart(w, line=1)["manager"] == [(w.elin.ref, w.amara.ref)]
    assert apart(w, line=2)["manager"] == sorted([(w.elin.ref, w.amara.ref), (w.ben.ref, w.amara.ref)])


def test_people_who_manage_each_other_in_a_circle_end_no_search(w):
    world.manages(w.elin, w.ben)
    world.manages(w.ben, w.elin)
    assert "manager" not in apart(w, line=9)


def test_two_who_were_paired_before_are_kept_apart_unless_the_policy_lets_them(w):
    made = relationships.propose(w.amara, w.ben, by=w.carys)
    for taker in (w.amara, w.ben):
        who = world.actor(taker)
        relationships.accept(pairs.own_pair(who, made.ref), by=who)
    relationships.withdraw_whole(made, by=w.carys)
    assert apart(w)["before"] == [(w.ben.ref, w.amara.ref)]
    assert "before" not in apart(w, before=False)


def test_two_of_whom_one_declined_are_kept_apart_whatever_the_policy(w):
    made, ben = relationships.propose(w.amara, w.ben, by=w.carys), world.actor(w.ben)
    relationships.decline(pairs.own_pair(ben, made.ref), by=ben)
    assert apart(w, before=False) == {"declined": [(w.ben.ref, w.amara.ref)]}


def test_what_was_only_proposed_and_taken_back_keeps_nobody_apart(w):
    relationships.withdraw_whole(relationships.propose(w.amara, w.ben, by=w.carys), by=w.carys)
    assert apart(w) == {}


def test_two_between_whom_contact_is_on_hold_are_kept_apart_whatever_the_policy(w):
    made = relationships.propose(w.amara, w.ben, by=w.carys)
    relationships.withdraw_whole(made, by=w.carys)
    Relationship.objects.update(held_at=made.proposed_at)
    assert apart(w, before=False) == {"held": [(w.ben.ref, w.amara.ref)]}


def test_the_same_number_of_queries_for_two_mentees_and_for_twelve(w, django_assert_num_queries):
    for number in range(10):
        new = cast.member(f"Mentee {number}", w.programme.organisation)
        cast.takes_part(w.programme, new, "mentee", w.carys)
    with django_assert_num_queries(12):
        assert len(inputs.cohort(w.programme, Policy()).mentees) == 12
