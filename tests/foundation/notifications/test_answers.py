"""Links in mails that are answered without signing in: what looks at them changes nothing, and they end."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications import Asked, answer_address, answers, declare_answer
from tests.visits import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waved():
    """What was done by links of the test's own, which lead to one thing each."""
    done = []

    def find(thing):
        if thing == "nothing":
            return None

        def wave():
            if thing == "raced":
                raise NotPossible("You have waved already.")
            done.append(thing)

        ended = "You have waved already." if thing in done else ""
        return Asked(
            heading="Wave", words=["You wave."], button="Wave now", do=wave, thanks="You have waved.", ended=ended
        )

    declare_answer("test.wave", find, lasts=timedelta(days=2))
    yield done
    answers._answers.pop("test.wave")


def path(thing, **also):
    return answer_address("test.wave", thing).removeprefix("http://localhost:8000")


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_a_link_does_nothing(client, waved, method):
    before = AuditEntry.objects.count()
    for _look in range(3):
        assert getattr(client, method)(path("ben")).status_code in (200, 405)
    assert (waved, AuditEntry.objects.count()) == ([], before)


def test_the_page_says_what_happens_and_has_one_button(client, waved):
    page = client.get(path("ben"))
    assert "You wave." in words_of(page)
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    assert (main.count("<form"), main.count("<button")) == (1, 1)
    assert page.headers["Cache-Control"].find("no-store") >= 0


def test_the_button_does_it_once_and_then_it_is_said_that_it_was_done(client, waved):
    link = path("ben")
    assert "You have waved." in words_of(client.post(link))
    again = client.post(link)
    assert "You have waved already." in words_of(again)
    looked = client.get(link)
    assert "You have waved already." in words_of(looked)
    assert "Wave now" not in looked.content.decode()
    assert waved == ["ben"]


def test_somebody_who_is_quicker_by_a_moment_gives_no_fault(client, waved):
    answer = client.post(path("raced"))
    assert (answer.status_code, waved) == (200, [])
    assert "You have waved already." in words_of(answer)


def test_a_link_ends(client, waved):
    link = path("ben")
    with time_machine.travel(clock.now() + timedelta(days=2, minutes=1)):
        for answer in (client.get(link), client.post(link)):
            assert answer.status_code == 410
            assert "too old to be answered" in words_of(answer)
    assert waved == []


def test_what_is_not_ours_or_leads_to_nothing_is_not_found(client, waved):
    link = path("ben")
    forged = [
        link[:-4] + ("aaa/" if link[-4:] != "aaa/" else "bbb/"),
        path("nothing"),
        "/mail/answer/forged/",
        f"/mail/answer/{signing.dumps(['test.unknown', 'ben'], salt=answers.SALT)}/",
        f"/mail/answer/{signing.dumps({'test.wave': 'ben'}, salt=answers.SALT)}/",
        f"/mail/answer/{signing.dumps(['test.wave', 'ben'], salt='another')}/",
    ]
    for address in forged:
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404), address
    assert waved == []


def test_whoever_else_is_signed_in_on_this_computer_does_not_matter(client, waved, member):
    client.force_login(member("Elin Berg").account)
    assert "You have waved." in words_of(client.post(path("ben")))
    assert waved == ["ben"]
