"""Quiet hours, the most a day, and several mails in one, over a real mail server."""

import email
import email.policy
import re
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from alongside.foundation import clock, jobs, notifications
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.jobs import registry as schedule
from alongside.foundation.notifications import Urgency, actions, queries, registry
from alongside.foundation.notifications.actions import digests
from alongside.foundation.notifications.models import Mail, Timing
from alongside.foundation.notifications.rendering import Said

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
WEDNESDAY = "2026-11-25 10:00+00:00"
CHOSEN = {"rhythm": "each", "hour": 8, "quiet_from": None, "quiet_until": None, "most_a_day": 10}


@pytest.fixture(autouse=True)
def kinds():
    notifications.declare_kind("test.plain", "Somebody waves")
    notifications.declare_kind("test.other", "Somebody sings")
    notifications.declare_kind("test.soon", "A session moves", required=True, urgency=Urgency.SOON)
    yield
    for name in ("test.plain", "test.other", "test.soon"):
        registry._kinds.pop(name)


@pytest.fixture
def ben(member):
    return member("Ben Thomas")


@pytest.fixture
def now():
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


def choose(ben, **chosen):
    actions.choose_timing(ben.account, **(CHOSEN | chosen), by=ben)


def tell(ben, subject, kind="test.plain", **also):
    also = {"organisation": ben.organisation} | also
    [mail] = notifications.tell(
        kind, to=[ben.membership], subject=subject, lines=[f"About {subject}."], action=("See", "/x/"), **also
    )
    return mail


def subjects(server):
    return [email.message_from_bytes(raw, policy=email.policy.default)["Subject"] for raw in server.received()]


def states():
    return list(Mail.objects.order_by("id").values_list("kind", "state"))


def test_mail_that_can_wait_comes_in_one_the_next_morning_and_once(server, ben, now):
    good = server()
    choose(ben, rhythm="daily")
    tell(ben, "Waves")
    tell(ben, "Songs", "test.other")
    tell(ben, "Moved", "test.soon")
    jobs.run_pending()
    assert subjects(good) == ["Moved"], "what changes a day is not gathered"

    now.shift(timedelta(hours=20))
    assert digests.gather_due() == 0
    now.shift(timedelta(hours=2))
    assert (digests.gather_due(), digests.gather_due()) == (1, 0)
    jobs.run_pending()

    assert subjects(good) == ["Moved", "2 mails from Northgate Health"]
    made = email.message_from_bytes(good.received()[1], policy=email.policy.default)
    plain, html = (part.get_content() for part in made.iter_parts())
    for words in ("Waves", "About Waves.", "Songs", "About Songs.", "http://localhost:8000/x/"):
        assert words in plain
        assert words in html
    assert plain.count("Sent by Alongside") == 1
    assert made["Auto-Submitted"] == "auto-generated"
    assert states() == [
        ("test.plain", "sent"),
        ("test.other", "sent"),
        ("test.soon", "sent"),
        ("mail.digest", "sent"),
    ]
    now.shift(timedelta(days=1))
    assert digests.gather_due() == 0


def test_the_link_in_a_mail_of_several_stops_those_of_them_that_can_be_done_without(server, ben, now, client):
    server()
    choose(ben, rhythm="daily")
    tell(ben, "Waves")
    tell(ben, "Songs", "test.other")
    jobs.run_pending()
    now.shift(timedelta(hours=22))
    digests.gather_due()
    link = Mail.objects.get(kind="mail.digest").unsubscribe
    shown = client.get(urlsplit(link).path).content.decode()
    assert "Somebody sings, Somebody waves" in shown
    client.post(urlsplit(link).path, {"List-Unsubscribe": "One-Click"})
    assert queries.refused_by(ben.account) == {"test.plain", "test.other"}


def test_at_night_mail_waits_for_the_morning_and_a_code_does_not(server, ben, now):
    good = server()
    choose(ben, quiet_from=21, quiet_until=7)
    now.move_to("2026-11-25 22:00+00:00")
    tell(ben, "Moved", "test.soon")
    actions.send_sign_in_mail(ben.account.email, lambda: Said("Your code", ["QX7"], None), secret=True)
    jobs.run_pending()
    assert subjects(good) == ["Your code"]
    assert Mail.objects.get(kind="test.soon").state == "queued"
    assert not queries.troubles(ben.organisation).exists(), "waiting is no trouble"

    now.move_to("2026-11-26 06:59+00:00")
    jobs.run_pending()
    assert subjects(good) == ["Your code"]
    now.move_to("2026-11-26 07:01+00:00")
    jobs.run_pending()
    assert subjects(good) == ["Your code", "Moved"]


def test_what_is_too_much_for_a_day_comes_in_one_the_next_and_codes_do_not_count(server, ben, now):
    good = server()
    choose(ben, most_a_day=3)
    for number in range(2):
        actions.send_sign_in_mail(ben.account.email, lambda: Said("Your code", ["QX7"], None), secret=True)
        tell(ben, f"First {number}")
    for number in range(3):
        tell(ben, f"Later {number}")
    actions.send_sign_in_mail(ben.account.email, lambda: Said("Your code", ["QX7"], None), secret=True)
    jobs.run_pending()
    assert sorted(subjects(good)) == [*["First 0", "First 1", "Later 0"], *["Your code"] * 3]

    now.move_to("2026-11-26 08:01+00:00")
    digests.gather_due()
    for number in range(3):
        tell(ben, f"Tomorrow {number}")
    jobs.run_pending()
    assert sorted(subjects(good)[6:]) == ["2 mails from Northgate Health", "Tomorrow 0", "Tomorrow 1", "Tomorrow 2"]


def test_two_workers_at_once_do_not_send_more_than_the_most(server, ben, now):
    good = server()
    choose(ben, most_a_day=3)
    for number in range(6):
        tell(ben, f"Mail {number}")
    start = threading.Barrier(3)

    def work():
        start.wait()
        jobs.run_pending()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(good.received()) == 3
    assert sorted(state for _kind, state in states()) == ["gathered"] * 3 + ["sent"] * 3


def test_racing_workers_write_one_mail_of_several(server, ben, now):
    server()
    choose(ben, rhythm="daily")
    tell(ben, "Waves")
    jobs.run_pending()
    now.shift(timedelta(days=1))
    start = threading.Barrier(4)

    def work():
        start.wait()
        digests.gather_due()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Mail.objects.filter(kind="mail.digest").count() == 1


def test_what_is_over_or_no_longer_wanted_by_then_is_left_out(server, ben, now):
    good = server()
    choose(ben, rhythm="daily")
    tell(ben, "Over", expires=clock.now() + timedelta(hours=3))
    tell(ben, "Songs", "test.other")
    tell(ben, "Waves")
    jobs.run_pending()
    actions.stop_kinds(ben.account, ["test.other"])
    now.shift(timedelta(hours=22))
    digests.gather_due()
    jobs.run_pending()
    assert subjects(good) == ["Waves"], "a single one comes as itself"
    assert list(Mail.objects.order_by("id").values_list("state", "trouble")[:2]) == [
        ("failed", "too_late"),
        ("failed", "not_needed"),
    ]


def test_whoever_is_suspended_by_then_gets_nothing(server, ben, now):
    good = server()
    choose(ben, rhythm="daily")
    tell(ben, "Waves")
    jobs.run_pending()
    identity.suspend(ben.membership, by=SYSTEM)
    now.shift(timedelta(hours=22))
    assert digests.gather_due() == 0
    assert good.received() == []


def test_where_the_mail_of_several_is_refused_each_stands_on_the_list_and_can_be_tried_again(server, ben, carys, now):
    server("refuses")
    choose(ben, rhythm="daily")
    tell(ben, "Waves")
    tell(ben, "Songs", "test.other")
    jobs.run_pending()
    now.shift(timedelta(hours=22))
    digests.gather_due()
    jobs.run_pending()
    troubles = list(queries.troubles(ben.organisation))
    assert [(mail.kind, mail.state, mail.trouble) for mail in troubles] == [
        ("test.other", "failed", "refused"),
        ("test.plain", "failed", "refused"),
    ]
    choose(ben)
    good = server()
    actions.try_again(troubles[0], by=carys)
    jobs.run_pending()
    assert subjects(good) == ["Songs"]


def test_whoever_wants_each_again_need_not_wait_for_what_is_gathered(server, ben, now):
    good = server()
    choose(ben, rhythm="weekly")
    tell(ben, "Waves")
    jobs.run_pending()
    assert digests.gather_due() == 0
    choose(ben)
    assert digests.gather_due() == 1
    jobs.run_pending()
    assert subjects(good) == ["Waves"]


def test_organisations_are_not_mixed_in_one_mail(server, ben, now):
    good = server()
    choose(ben, rhythm="daily")
    tell(ben, "Waves")
    tell(ben, "Elsewhere", organisation=None)
    jobs.run_pending()
    now.shift(timedelta(hours=22))
    assert digests.gather_due() == 2
    jobs.run_pending()
    assert sorted(subjects(good)) == ["Elsewhere", "Waves"]


def test_the_schedule_looks_for_what_is_gathered_every_quarter_of_an_hour():
    assert dict(schedule.slots(clock.now())).keys() >= {"mail.gather", "mail.keep_house"}
    assert schedule._every["mail.gather"] == 15 * 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_from": 21, "quiet_until": None},
        {"quiet_from": 21, "quiet_until": 21},
        {"quiet_from": 24, "quiet_until": 7},
        {"hour": 24},
        {"most_a_day": 0},
    ],
)
def test_the_table_holds_only_hours_that_make_sense(ben, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Timing.objects.create(account=ben.account, **wrong)


# --- the page


def test_a_person_chooses_when_mail_comes(client, ben):
    client.force_login(ben.account)
    sent = {"rhythm": "daily", "hour": "9", "quiet_from": "21", "quiet_until": "7", "most_a_day": "5"}
    assert client.post("/me/mail/timing/", sent).status_code == 302
    held = Timing.objects.get(account=ben.account)
    assert (held.rhythm, held.hour, held.quiet_from, held.quiet_until, held.most_a_day) == ("daily", 9, 21, 7, 5)
    shown = client.get("/me/mail/").content.decode()
    assert re.search(r'<input[^>]*value="daily"[^>]*checked', shown)
    assert client.post("/me/mail/timing/", sent | {"quiet_from": "", "quiet_until": ""}).status_code == 302
    held.refresh_from_db()
    assert (held.quiet_from, held.quiet_until) == (None, None)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"quiet_from": "21"}, "Choose until when it is quiet"),
        ({"quiet_until": "7"}, "Choose from when it is quiet"),
        ({"quiet_from": "7", "quiet_until": "7"}, "Choose another hour than the one from which it is quiet."),
        ({"rhythm": "hourly"}, "hourly"),
        ({"most_a_day": "1000"}, "1000"),
        ({"hour": "99999999999999999999"}, "9999"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_changed(client, ben, sent, words):
    client.force_login(ben.account)
    answer = client.post("/me/mail/timing/", {"rhythm": "each", "hour": "8", "most_a_day": "10"} | sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Timing.objects.exists()
