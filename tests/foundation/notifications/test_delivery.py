"""Delivery over a real SMTP server in a process of its own."""

import email
import email.policy
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import get_connection
from django.db import connection

from alongside.foundation import clock, jobs, notifications
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications import actions, engine, registry, rules
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.rendering import Said

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def kind():
    notifications.declare_kind("test.plain", "Something plain")
    yield
    registry._kinds.pop("test.plain")


@pytest.fixture
def people(member):
    return [member(name).membership for name in ("Amara Okafor", "Ben Thomas", "Elin Berg")]


def _tell(people, **also):
    words = {"subject": "Zażółć: Amara has signed", "lines": ["Your agreement waits for you."]}
    return notifications.tell("test.plain", to=people, **(words | also))


def _states():
    return list(Mail.objects.order_by("id").values_list("state", flat=True))


def _read(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_each_mail_arrives_once_plain_text_first(server, people):
    good = server()
    _tell(people, action=("Read", "/pairs/abc/"))
    assert jobs.run_pending() == 1
    assert jobs.run_pending() == 0

    received = [_read(raw) for raw in good.received()]
    assert sorted(made["To"] for made in received) == sorted(person.account.email for person in people)
    first = received[0]
    assert [part.get_content_type() for part in first.iter_parts()] == ["text/plain", "text/html"]
    assert first["Subject"] == "Zażółć: Amara has signed"
    assert first["Auto-Submitted"] == "auto-generated"
    mail = Mail.objects.get(to_address=first["To"])
    assert first["Message-ID"] == f"<{mail.ref}.mail@localhost>"
    assert first["List-Unsubscribe"].strip() == f"<{mail.unsubscribe}>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert _states() == ["sent"] * 3
    assert all(Mail.objects.values_list("sent_at", flat=True))


def test_a_server_that_is_away_loses_nothing_and_each_mail_arrives_once_when_it_is_back(server, people, settings):
    gone = server()
    gone.stop()
    _tell(people)
    assert jobs.run_pending() == 1
    assert _states() == ["queued"] * 3
    assert Mail.objects.filter(attempts=1).count() == 1, "one is tried; the others wait with it"

    back = server("good")
    with time_machine.travel(clock.now() + timedelta(seconds=20)):
        jobs.run_pending()
    assert _states() == ["sent"] * 3
    assert len(back.received()) == 3


def test_a_server_that_hangs_loses_nothing(server, people):
    hung = server("hangs")
    _tell(people)
    jobs.run_pending()
    assert _states() == ["queued"] * 3
    hung.stop()
    assert hung.received() == []

    good = server("good")
    with time_machine.travel(clock.now() + timedelta(seconds=20)):
        jobs.run_pending()
    assert sorted(_read(raw)["To"] for raw in good.received()) == sorted(person.account.email for person in people)


def test_a_refused_address_is_given_up_at_once_and_the_others_arrive(server, people):
    partly = server("refuses-ben")
    _tell(people)
    jobs.run_pending()
    assert {(mail.to_address.split("@")[0], mail.state, mail.trouble) for mail in Mail.objects.all()} == {
        ("amara", "sent", ""),
        ("ben", "failed", "refused"),
        ("elin", "sent", ""),
    }
    assert len(partly.received()) == 2
    assert not Job.objects.filter(state="queued").exists()


def test_a_busy_server_is_asked_again_and_given_up_in_the_end(server, people):
    server("busy")
    [mail] = _tell(people[:1])
    jobs.run_pending()
    mail.refresh_from_db()
    assert (mail.state, mail.trouble, mail.attempts) == ("queued", "unreachable", 1)
    Mail.objects.filter(pk=mail.pk).update(attempts=rules.MOST_ATTEMPTS - 1, not_before=clock.now())
    engine.send(mail.ref, get_connection())
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == ("failed", "unreachable")


@pytest.mark.parametrize(("mode", "trouble"), [("lets-nobody-in", "no_entry"), ("takes-nothing-from-us", "sender")])
def test_what_stands_in_the_way_of_every_mail_is_said_and_it_is_tried_again(server, people, settings, mode, trouble):
    server(mode)
    if mode == "lets-nobody-in":
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "alongside", "of last year"
    [mail] = _tell(people[:1])
    jobs.run_pending()
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == ("queued", trouble)


def test_what_is_no_longer_true_is_not_sent(server, people):
    good = server()
    _tell(people[:1], expires=clock.now() - timedelta(seconds=1))
    jobs.run_pending()
    assert [(mail.state, mail.trouble) for mail in Mail.objects.all()] == [("failed", "too_late")]
    assert good.received() == []


def test_a_code_is_not_readable_any_more_once_it_is_sent(server, people):
    good = server()
    mail = actions.send_sign_in_mail(
        people[0].account.email, lambda: Said("Your code", ["Enter:", "QX7-PLUM"], None), secret=True
    )
    assert "QX7-PLUM" in Mail.objects.get(pk=mail.pk).body
    jobs.run_pending()
    assert b"QX7-PLUM" in good.received()[0]
    assert [mail.state for mail in Mail.objects.all()] == ["sent"]
    everything = str(list(Mail.objects.values())) + str(list(Job.objects.values()))
    assert "QX7-PLUM" not in everything


def test_a_code_overtakes_a_heap_of_other_mail(server, people):
    good = server()
    _tell(people)
    actions.send_sign_in_mail(people[0].account.email, lambda: Said("Your code", ["Enter:", "QX7"], None), secret=True)
    jobs.run_pending()
    assert _read(good.received()[0])["Subject"] == "Your code"


def test_a_mail_whose_process_died_while_sending_is_sent_by_another_with_the_same_message_id(server, people):
    good = server()
    [mail] = _tell(people[:1])
    Mail.objects.filter(pk=mail.pk).update(state="sending", lease_until=clock.now() + engine.LEASE, attempts=1)
    jobs.run_pending()
    assert good.received() == [], "somebody may still be sending it"
    with time_machine.travel(clock.now() + engine.LEASE + timedelta(seconds=5)):
        jobs.run_pending()
    assert [_read(raw)["Message-ID"] for raw in good.received()] == [f"<{mail.ref}.mail@localhost>"]
    assert _states() == ["sent"]


def test_processes_racing_for_one_mail_send_it_once(server, people):
    good = server()
    [mail] = _tell(people[:1])
    start = threading.Barrier(6)

    def race():
        start.wait()
        engine.send(mail.ref, get_connection())
        connection.close()

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(good.received()) == 1
    assert _states() == ["sent"]


def test_a_mail_that_no_job_carries_is_found_again(server, people):
    good = server()
    _tell(people[:1])
    Job.objects.all().delete()
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        assert actions.keep_house() == 1
        jobs.run_pending()
    assert len(good.received()) == 1
