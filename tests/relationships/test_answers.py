"""Saying yes to whoever is proposed, by the link in the mail."""

import re
import threading
from datetime import timedelta

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
from tests.visits import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed():
    made = cast.pair(answered=False)
    return made.relationship, made.amara, made.ben


def link_of(actor):
    """The link in the mail that somebody got."""
    mail = Mail.objects.filter(kind="relationship.proposed", to_account=actor.account).latest("pk")
    [link] = re.findall(r"http://localhost:8000(/mail/answer/\S+)", mail.body)
    assert link in mail.html
    return link


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


def test_a_proposal_that_is_over_is_not_answered(proposed, client):
    relationship, _amara, ben = proposed
    link = link_of(ben)
    actions.withdraw_whole(relationship, by=SYSTEM)
    for answer in (client.get(link), client.post(link)):
        assert "There is nothing to answer here any more." in words_of(answer)
    assert answers(relationship) == [("mentee", "waiting"), ("mentor", "waiting")]


def test_whoever_is_suspended_by_then_answers_nothing_and_the_page_names_nobody(proposed, client):
    relationship, _amara, ben = proposed
    link = link_of(ben)
    identity.suspend(ben.membership, by=SYSTEM)
    for answer in (client.get(link), client.post(link)):
        assert "There is nothing to answer here any more." in words_of(answer)
        assert "Amara" not in words_of(answer)
    assert ("mentee", "accepted") not in answers(relationship)


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
