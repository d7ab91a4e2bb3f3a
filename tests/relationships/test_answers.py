"""Saying yes to whoever is proposed, or declining, by a link in the mail."""

import re
import threading
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test import Client

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.relationships import actions
from alongside.relationships.models import Party, Relationship
from tests import cast
from tests.races import at_once
from tests.visits import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed():
    made = cast.pair(answered=False)
    return made.relationship, made.amara, made.ben


def link_of(actor, way="yes"):
    """The link in the mail that somebody got: to say yes, or "no" to decline."""
    mail = Mail.objects.filter(kind="relationship.proposed", to_account=actor.account).latest("pk")
    yes, no = re.findall(r"http://localhost:8000(/mail/answer/\S+)", mail.body)
    assert yes in mail.html
    assert no in mail.html
    return yes if way == "yes" else no


def answers(pair):
    return sorted(Party.objects.filter(relationship=pair).values_list("part", "answer"))


def test_one_button_says_yes_for_whoever_got_the_mail_and_for_nobody_else(proposed, client):
    relationship, amara, ben = proposed
    link = link_of(ben)
    page = words_of(client.get(link))
    assert "Ben Thomas, you say yes to mentoring with Amara Okafor" in page
    assert answers(relationship) == [("mentee", "waiting"), ("mentor", "waiting")]

    assert "You have said yes to Amara Okafor." in words_of(client.post(link))
    assert answers(relationship) == [("mentee", "accepted"), ("mentor", "waiting")]
    assert "already" in words_of(client.post(link))
    entry = AuditEntry.objects.filter(name="relationship.answered").get()
    assert (entry.by, entry.codes) == (ben.ref, {"answer": "accepted", "by_mail": True})

    client.post(link_of(amara))
    assert Relationship.objects.get(pk=relationship.pk).state == "accepted"
    assert client.get("/").wsgi_request.user.is_anonymous, "nobody was signed in by it"


def test_one_button_declines_and_looking_at_the_link_does_not(proposed, client):
    relationship, amara, ben = proposed
    link = link_of(ben, "no")
    for looks in (client.get, client.head):
        assert looks(link).status_code == 200
    page = words_of(client.get(link))
    assert "Ben Thomas, you decline mentoring with Amara Okafor" in page
    assert page.count('type="submit"') == 1
    assert answers(relationship) == [("mentee", "waiting"), ("mentor", "waiting")]

    assert "You have declined." in words_of(client.post(link))
    assert answers(relationship) == [("mentee", "declined"), ("mentor", "waiting")]
    relationship.refresh_from_db()
    assert (relationship.state, relationship.ending) == ("ended", "declined")
    entry = AuditEntry.objects.filter(name="relationship.answered").get()
    assert (entry.by, entry.codes) == (ben.ref, {"answer": "declined", "by_mail": True})
    for again in (link, link_of(ben)):
        assert "You have declined already." in words_of(client.post(again))
    assert "There is nothing to answer here any more." in words_of(client.post(link_of(amara)))
    assert client.get("/").wsgi_request.user.is_anonymous, "nobody was signed in by it"


def test_whoever_declined_by_a_link_is_told_and_the_other_does_not_read_who_it_was(proposed, client):
    _relationship, amara, ben = proposed
    client.post(link_of(ben, "no"))
    told = {mail.to_account: (mail.kind, mail.subject) for mail in Mail.objects.exclude(kind="relationship.proposed")}
    assert told[ben.account] == ("relationship.answered", "You have declined")
    assert told[amara.account] == ("relationship.ended", "You and Ben Thomas: it does not come about")
    assert "tell your coordinator" in Mail.objects.get(to_account=ben.account, kind="relationship.answered").body


def test_what_somebody_else_declined_is_proposed_again(client):
    made = cast.pair(answered=False)
    client.post(link_of(made.ben, "no"))
    mentor, mentee = (
        party.participation for party in Party.objects.filter(relationship=made.relationship).order_by("pk")
    )
    again = actions.propose(mentor, mentee, by=made.carys)
    assert "You have said yes" in words_of(client.post(link_of(made.ben)))
    assert ("mentee", "accepted") in answers(again)


def test_after_one_yes_the_other_link_declines_nothing(proposed, client):
    relationship, _amara, ben = proposed
    client.post(link_of(ben))
    assert "You said yes to Amara Okafor already." in words_of(client.post(link_of(ben, "no")))
    assert answers(relationship) == [("mentee", "accepted"), ("mentor", "waiting")]


@pytest.mark.parametrize("way", ["yes", "no"])
def test_a_proposal_that_is_over_is_not_answered(proposed, client, way):
    relationship, _amara, ben = proposed
    link = link_of(ben, way)
    actions.withdraw_whole(relationship, by=SYSTEM)
    for answer in (client.get(link), client.post(link)):
        assert "There is nothing to answer here any more." in words_of(answer)
    assert answers(relationship) == [("mentee", "waiting"), ("mentor", "waiting")]


@pytest.mark.parametrize("way", ["yes", "no"])
def test_whoever_is_suspended_by_then_answers_nothing_and_the_page_names_nobody(proposed, client, way):
    relationship, _amara, ben = proposed
    link = link_of(ben, way)
    identity.suspend(ben.membership, by=SYSTEM)
    for answer in (client.get(link), client.post(link)):
        assert "There is nothing to answer here any more." in words_of(answer)
        assert "Amara" not in words_of(answer)
    assert answers(relationship) == [("mentee", "waiting"), ("mentor", "waiting")]


def test_the_link_works_for_thirty_days(proposed, client):
    relationship, _amara, ben = proposed
    link = link_of(ben)
    with time_machine.travel(clock.now() + timedelta(days=30, minutes=1)):
        assert client.post(link).status_code == 410
    assert ("mentee", "accepted") not in answers(relationship)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_button_that_is_pressed_many_times_at_once_says_yes_once(proposed):
    relationship, _amara, ben = proposed
    link, start, got = link_of(ben), threading.Barrier(6), []

    def press():
        client = Client()
        start.wait()
        got.append(client.post(link).status_code)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [200] * 6
    assert AuditEntry.objects.filter(name="relationship.answered").count() == 1
    assert answers(relationship) == [("mentee", "accepted"), ("mentor", "waiting")]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_who_presses_both_buttons_at_once_has_given_one_answer(proposed, rounds):
    relationship, _amara, ben = proposed
    links = [link_of(ben), link_of(ben, "no")]
    assert at_once(*(partial(lambda link: Client().post(link), link) for link in links * 2)) == []
    given = dict(answers(relationship))["mentee"]
    assert given in ("accepted", "declined")
    relationship.refresh_from_db()
    assert (relationship.state == "ended") is (given == "declined")
    assert AuditEntry.objects.filter(name="relationship.answered").count() == 1
