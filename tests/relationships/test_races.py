"""The last place, given once, however many reach for it at once."""

import pytest

from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.relationships import actions, queries
from alongside.relationships.models import Party, Relationship
from tests import cast
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_a_mentors_last_place_is_given_once():
    c = cast.pair(answered=False)
    actions.decline(c.pair(c.ben), by=c.ben)
    mentor = Participation.objects.get(membership=c.amara.membership)
    programmes.change_capacity(mentor, 1, by=c.carys)
    mentor = Participation.objects.select_related("programme", "membership").get(pk=mentor.pk)
    mentees = [
        cast.takes_part(c.programme, cast.member(f"Mentee {n}", c.carys.organisation), "mentee", c.carys)
        for n in range(8)
    ]
    refused = at_once(*(lambda mentee=mentee: actions.propose(mentor, mentee, by=c.carys) for mentee in mentees))
    assert len(refused) == 7
    assert Party.objects.filter(participation=mentor, until__isnull=True).count() == 1


def test_both_say_yes_at_once_and_the_pair_begins_once():
    c = cast.pair(answered=False)
    pairs = {actor: c.pair(actor) for actor in (c.amara, c.ben)}
    refused = at_once(*(lambda actor=actor: actions.accept(pairs[actor], by=actor) for actor in pairs))
    assert refused == []
    assert Relationship.objects.get().state == "accepted"


def test_a_yes_clicked_many_times_counts_once():
    c = cast.pair(answered=False)
    pair = c.pair(c.amara)
    refused = at_once(*(lambda: actions.accept(pair, by=c.amara) for _ in range(6)))
    assert len(refused) == 5
    assert queries.pair(c.amara, c.relationship.ref).my_party.answer == "accepted"
