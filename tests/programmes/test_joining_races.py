"""Several people at the same moment on the way into a programme: one effect each."""

import pytest

from alongside.foundation.notifications.models import Mail
from alongside.programmes import actions, queries
from alongside.programmes.models import Joining, JoiningMove, Participation
from alongside.programmes.terms import Step
from tests import applying, cast
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_two_coordinators_accept_for_the_last_place_and_one_gets_it():
    o = applying.opened(mentee_places=1)
    people = [cast.member(f"Person {number}", o.carys.organisation) for number in range(4)]
    joinings = [o.applied(person) for person in people]
    judges = (o.carys, o.dev, o.carys, o.dev)
    refused = at_once(
        *(
            lambda joining=joining, by=by: o.decided(joining, Step.ACCEPT, by=by)
            for joining, by in zip(joinings, judges, strict=True)
        )
    )
    assert refused == ["The one place is taken."] * 3
    assert queries.takers(o.programme).count() == 1
    assert Joining.objects.filter(state="applied").count() == 3


def test_one_application_is_accepted_and_turned_down_at_once_and_one_of_both_counts():
    o = applying.opened()
    joining = o.applied(o.ben)
    refused = at_once(
        lambda: o.decided(Joining.objects.get(pk=joining.pk), Step.ACCEPT),
        lambda: o.decided(Joining.objects.get(pk=joining.pk), Step.TURN_DOWN, by=o.dev),
        lambda: actions.take_back(Joining.objects.get(pk=joining.pk), by=o.ben),
    )
    assert len(refused) == 2
    joining.refresh_from_db()
    assert Participation.objects.filter(membership=o.ben.membership).exists() == (joining.state == "taking_part")


def test_a_yes_a_no_and_a_question_taken_back_at_once_and_one_of_them_counts():
    o = applying.opened("")
    joining = actions.ask(o.programme, actions.Wish(o.ben.membership, "mentee"), by=o.carys)
    refused = at_once(
        lambda: actions.agree(Joining.objects.get(pk=joining.pk), by=o.ben),
        lambda: actions.decline(Joining.objects.get(pk=joining.pk), by=o.ben),
        lambda: actions.recall(Joining.objects.get(pk=joining.pk), by=o.dev),
    )
    assert len(refused) == 2
    joining.refresh_from_db()
    assert Participation.objects.filter(membership=o.ben.membership).exists() == (joining.reply == "yes")


def test_two_coordinators_ask_the_same_person_at_once_and_one_mail_goes():
    o = applying.opened("")
    wish = actions.Wish(o.ben.membership, "mentee")
    refused = at_once(*(lambda by=by: actions.ask(o.programme, wish, by=by) for by in (o.carys, o.dev)))
    assert refused == ["Whether to take part has not been answered yet."]
    assert Mail.objects.filter(kind="invitation.sent").count() == 1


def test_begun_and_sent_many_times_at_once_it_is_one_application():
    o = applying.opened()
    assert at_once(*(lambda: actions.begin(o.programme, "mentee", by=o.ben) for _ in range(4))) == []
    joining = Joining.objects.get()
    said = o.said()
    refused = at_once(
        *(
            lambda: actions.send(Joining(pk=joining.pk, programme=o.programme, state="begun"), said, by=o.ben)
            for _ in range(4)
        )
    )
    assert len(refused) == 3
    assert JoiningMove.objects.filter(step="send").count() == 1
