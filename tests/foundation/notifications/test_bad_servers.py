"""Mail servers that are only half there: nothing is lost, each mail counts once, and other work goes on."""

import email
import time
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from alongside.foundation import clock, jobs, notifications
from alongside.foundation.jobs import registry as works
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications import actions, engine, registry
from alongside.foundation.notifications import server as mail_server
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.rendering import Said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kind():
    notifications.declare_kind("test.plain", "Something plain")
    works.task("test.other", words="Other work")(lambda job: None)
    yield
    registry._kinds.pop("test.plain")
    works._tasks.pop("test.other")


@pytest.fixture
def people(member):
    return [member(name).membership for name in ("Amara Okafor", "Ben Thomas")]


def tell(people):
    return [
        mail
        for person in people
        for mail in notifications.tell("test.plain", to=[person], subject="Amara has signed", lines=["Look."])
    ]


def message_ids(good):
    return sorted(email.message_from_bytes(raw)["Message-ID"] for raw in good.received())


@pytest.mark.parametrize(
    "mode", ["mute", "half-greets", "nonsense", "hangs-up", "drips", "drips-at-ehlo", "drips-at-rcpt", "drips-at-taken"]
)
def test_nothing_is_lost_and_each_mail_arrives_once_from_the_next_server(server, people, mode):
    server(mode)
    mails = tell(people)
    other = jobs.enqueue("test.other")
    began = time.monotonic()
    jobs.run_pending()
    assert time.monotonic() - began < 5, "one wait for the server, and no other for the second mail"
    assert Job.objects.get(pk=other.pk).state == "done"
    assert set(Mail.objects.values_list("state", flat=True)) == {"queued"}

    good = server()
    for _round in range(2):
        with time_machine.travel(clock.now() + timedelta(seconds=40)):
            jobs.run_pending()
    assert message_ids(good) == sorted(f"<{mail.ref}.mail@localhost>" for mail in mails)
    assert set(Mail.objects.values_list("state", "trouble")) == {("sent", "")}


def test_a_server_that_drips_before_anything_is_encrypted_is_given_up_as_well(server, people, settings):
    server("drips-in-tls")
    settings.EMAIL_USE_SSL = True
    [mail] = tell(people[:1])
    began = time.monotonic()
    jobs.run_pending()
    assert time.monotonic() - began < 5
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == ("queued", "unreachable")


def test_a_mail_that_was_taken_is_sent_though_the_server_drips_at_the_farewell(server, people):
    dripping = server("drips-at-quit")
    [mail] = tell(people[:1])
    began = time.monotonic()
    jobs.run_pending()
    assert time.monotonic() - began < 5
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("sent", 1)
    assert message_ids(dripping) == [f"<{mail.ref}.mail@localhost>"]


def test_a_delivery_is_over_before_another_process_may_take_the_mail():
    assert settings.EMAIL_TIMEOUT < settings.EMAIL_DEADLINE < engine.LEASE.total_seconds()


def test_a_mail_that_may_have_been_taken_goes_again_under_the_same_name(server, people):
    gone = server("takes-and-is-gone")
    [mail] = tell(people[:1])
    jobs.run_pending()
    mail.refresh_from_db()
    assert (mail.state, mail.trouble, mail.attempts) == ("queued", "unreachable", 1)

    good = server()
    with time_machine.travel(clock.now() + timedelta(seconds=40)):
        jobs.run_pending()
    assert message_ids(gone) == message_ids(good) == [f"<{mail.ref}.mail@localhost>"]
    mail.refresh_from_db()
    assert mail.state == "sent"


def test_a_code_is_asked_for_again_soon_though_other_mail_rests(server, people):
    server("hangs-up")
    with time_machine.travel("2026-11-25 10:00+00:00", tick=False) as traveller:
        tell(people)
        for _round in range(4):
            jobs.run_pending()
            traveller.shift(timedelta(seconds=120))
        jobs.run_pending()
        code = actions.send_sign_in_mail(people[0].account.email, lambda: Said("Code", ["QX7"], None), secret=True)
        jobs.run_pending()
        good = server()
        traveller.shift(timedelta(seconds=16))
        jobs.run_pending()
        code.refresh_from_db()
    assert code.state == "sent"
    assert f"<{code.ref}.mail@localhost>" in message_ids(good)


def test_the_memory_of_a_server_that_was_away_ends_when_it_answers(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 2
    with time_machine.travel("2026-11-25 10:00+00:00", tick=False):
        assert [mail_server.was_away("mail.send") for _time in range(5)] == [15, 30, 60, 120, 120]
        assert (
            mail_server.was_away("mail.send_now", urgent=True)
            == mail_server.was_away("mail.send_now", urgent=True)
            == 15
        )
        assert mail_server.rests_for("mail.send") == 120
        mail_server.answered("mail.send")
        assert mail_server.rests_for("mail.send") == 0
