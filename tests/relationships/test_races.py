"""The last place, given once, however many reach for it at once."""

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.notifications.models import Mail
from alongside.meetings import actions as meetings
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.relationships import actions, queries
from alongside.relationships.models import ContactHold, Party, Relationship, Tick
from alongside.relationships.queries import expected
from tests import cast
from tests.meetings import days
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


def test_two_coordinators_hold_in_the_same_moment_and_it_is_one_hold():
    c = cast.pair()
    seen = c.pair(c.carys)
    assert len(at_once(*(lambda: actions.hold(seen, by=c.carys) for _ in range(4)))) == 3
    assert ContactHold.objects.count() == 1
    assert Mail.objects.filter(kind="relationship.held").count() == 2


def test_a_session_planned_in_the_moment_of_a_hold_is_there_and_untold_or_was_refused(rounds):
    c = cast.pair()
    with days.at():
        for number in range(rounds):
            seen, ben = c.pair(c.carys), c.pair(c.ben)
            wanted = meetings.Plan(days.THURSDAY.replace(day=3 + number), 60)
            at_once(lambda: actions.hold(seen, by=c.carys), lambda: meetings.plan(ben, wanted, by=c.ben))  # noqa: B023
            waits = Mail.objects.filter(kind="session.planned", state="held")
            assert not waits.exists(), "nothing goes between the two after the hold"
            assert Relationship.objects.get().is_on_hold
            actions.release(seen, by=c.carys)


def test_a_duty_ticked_many_times_at_once_is_ticked_once():
    c = cast.pair()
    line = next(line for line in expected.of_pair(c.ben, c.pair(c.ben)).now[0].mine.lines if line.key)
    pairs = [c.pair(c.ben) for _ in range(6)]
    assert at_once(*(lambda pair=pair: actions.tick(pair, line.key, done=True, by=c.ben) for pair in pairs)) == []
    assert Tick.objects.count() == 1
    assert AuditEntry.objects.filter(name="duty.ticked").count() == 1
