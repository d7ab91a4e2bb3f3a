"""Proposals without an answer: two reminders, then the coordinator's list; and room, asked at the moment of yes."""

import re
from datetime import timedelta

import pytest

from alongside.foundation import clock, hooks
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.people.queries.room import room
from alongside.programmes.models import Participation
from alongside.relationships import actions, rules
from alongside.relationships.models import Relationship
from alongside.relationships.queries import silent
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
LIST = "/programmes/rising-leaders/pairs/unanswered/"


@pytest.fixture
def c():
    return cast.pair(answered=False)


def later(c, **by):
    return clock.set_to(c.relationship.proposed_at + timedelta(**by))


def reminded() -> list[str]:
    return sorted(Mail.objects.filter(kind="relationship.reminder").values_list("to_address", flat=True))


@pytest.mark.parametrize(("days", "number"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (13, 2)])
def test_reminders_are_due_after_five_and_ten_days(days, number):
    now = clock.now()
    assert rules.reminder_due(now - timedelta(days=days), now) == number


def test_whoever_has_not_answered_is_reminded_twice_and_no_more(c):
    both = sorted((c.amara.account.email, c.ben.account.email))
    for days, times in ((4, 0), (5, 1), (5, 1), (7, 1), (10, 2), (12, 2), (15, 2), (40, 2)):
        with later(c, days=days):
            actions.remind()
            assert reminded() == sorted(both * times), days


def test_who_has_answered_is_left_in_peace_and_the_other_can_answer_out_of_the_mail(c, client):
    actions.accept(c.pair(c.ben), by=c.ben)
    with later(c, days=5):
        actions.remind()
        assert reminded() == [c.amara.account.email]
        mail = Mail.objects.get(kind="relationship.reminder")
        assert mail.subject == "Ben Thomas and you: is it a yes?"
        yes, _no = re.findall(r"http://localhost:8000(/mail/answer/\S+)", mail.body)
        client.post(yes)
    assert Relationship.objects.get().state == "accepted"


def test_nobody_is_reminded_of_what_is_over_on_hold_or_of_somebody_suspended(c):
    actions.hold(c.pair(c.carys), by=c.carys)
    with later(c, days=5):
        assert actions.remind() == 0
    actions.release(c.pair(c.carys), by=c.carys)
    identity.suspend(c.ben.membership, by=c.carys)
    with later(c, days=5):
        assert actions.remind() == 1
    actions.withdraw(c.pair(c.carys), by=c.carys)
    with later(c, days=10):
        assert actions.remind() == 0


def test_after_a_fortnight_it_comes_to_the_coordinators_list(c):
    actions.accept(c.pair(c.ben), by=c.ben)
    browser = browser_of(c.carys)
    assert "Everybody has answered, or was asked not long ago" in words_of(browser.get(LIST))
    with later(c, days=14, minutes=1):
        assert [actions.bring_to_the_list(), actions.bring_to_the_list()] == [1, 0]
        steps = [str(step.words) for step in hooks.next_steps.of(c.carys)]
        assert "One proposal in “Rising leaders” has no answer yet" in steps
        page = words_of(browser.get(LIST))
        assert "Ben Thomas &amp; Amara Okafor" in page
        assert [party.part for party in silent.waiting_parties(c.relationship)] == ["mentor"]


def test_a_coordinator_reminds_once_a_week_or_takes_it_back(c):
    with later(c, days=14, minutes=1):
        browser, address = browser_of(c.carys), f"/pairs/{c.relationship.ref}/remind/"
        assert "2 mails are on their way." in words_of(browser.post(address, follow=True))
        assert "They were reminded this week already." in words_of(browser.post(address, follow=True))
        assert len(reminded()) == 2
        browser.post(f"/pairs/{c.relationship.ref}/withdraw/")
    with later(c, days=30), pytest.raises(NotPossible, match="There is nothing to answer here any more"):
        actions.remind_by_hand(c.pair(c.carys), by=c.carys)


def test_nobody_of_the_two_sends_reminders_and_no_coordinator_of_their_own_pair(c):
    assert browser_of(c.ben).post(f"/pairs/{c.relationship.ref}/remind/").url == f"/pairs/{c.relationship.ref}/"
    assert browser_of(c.elin).post(f"/pairs/{c.relationship.ref}/remind/").status_code == 404
    assert browser_of(c.ben).get(LIST).status_code == 404
    assert reminded() == []


# --- room, at the moment of yes


def participation(c) -> Participation:
    return Participation.objects.get(membership=c.amara.membership)


def test_a_mentor_who_says_yes_is_asked_whether_there_is_room_for_more(c):
    answer = browser_of(c.amara).post(f"/pairs/{c.relationship.ref}/accept/", follow=True)
    page = words_of(answer)
    assert "Do you have room for more?" in page
    assert "That is one mentee in “Rising leaders”." in page
    browser_of(c.amara).post(f"/pairs/{c.relationship.ref}/room/", {"places": "1"})
    assert participation(c).capacity == 1
    assert participation(c).room_said_at is not None
    assert not room(c.amara.membership).paused


def test_a_pause_can_be_said_there_with_the_day_of_coming_back(c):
    browser = browser_of(c.amara)
    browser.post(f"/pairs/{c.relationship.ref}/accept/")
    back = clock.today("Europe/London") + timedelta(days=60)
    said = {"places": "2", "pauses": "on", "back_on": back.isoformat()}
    browser.post(f"/pairs/{c.relationship.ref}/room/", said)
    assert (room(c.amara.membership).paused, room(c.amara.membership).ends_on) == (True, back)
    assert participation(c).capacity == 2


def test_a_day_that_is_over_is_refused_and_nothing_is_kept(c):
    browser = browser_of(c.amara)
    browser.post(f"/pairs/{c.relationship.ref}/accept/")
    said = {"places": "1", "pauses": "on", "back_on": clock.today("Europe/London").isoformat()}
    page = words_of(browser.post(f"/pairs/{c.relationship.ref}/room/", said))
    assert "Choose a day after today, or leave it empty." in page
    assert participation(c).capacity == 2


def test_a_mentee_is_not_asked(c):
    answer = browser_of(c.ben).post(f"/pairs/{c.relationship.ref}/accept/", follow=True)
    assert "Do you have room for more?" not in words_of(answer)
    assert browser_of(c.ben).get(f"/pairs/{c.relationship.ref}/room/").url == f"/pairs/{c.relationship.ref}/"
