"""Two at once, with real threads: one effect, and a plain word."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.meetings import actions
from alongside.meetings.actions import Plan
from alongside.meetings.models import ActionItem, Session, Summary
from tests import cast as people
from tests.meetings import days

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True, databases="__all__")]


def at_once(*deeds) -> list[str]:
    """Do all of them in the same moment; what each says: "done", or the kind of refusal."""
    barrier, said = Barrier(len(deeds)), [""] * len(deeds)

    def run(index: int) -> None:
        try:
            barrier.wait()
            deeds[index]()
            said[index] = "done"
        except NotPossible as reason:
            said[index] = type(reason).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[index]) for index in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_six_times_the_same_form_is_one_session():
    cast = people.pair()
    pair, record = cast.pair(cast.amara), days.record(clock.now() - timedelta(days=1))
    said = at_once(*(lambda: actions.write_down(pair, None, record, by=cast.amara) for _ in range(6)))
    assert said == [*["WrittenAlready"] * 5, "done"]
    assert (Session.objects.count(), Summary.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(name="session.written_down").count() == 1


def test_both_write_down_the_same_session_at_once_and_it_is_written_once():
    cast = people.pair()
    with clock.set_to(clock.now() - timedelta(days=2)):
        yesterday = clock.now() + timedelta(days=1)
        planned = days.plan(cast, cast.ben, yesterday)
    pairs = {actor: cast.pair(actor) for actor in (cast.amara, cast.ben)}
    said = at_once(
        *(
            lambda actor=actor: actions.write_down(pairs[actor], planned, days.record(yesterday), by=actor)
            for actor in pairs
        )
    )
    assert said == ["WrittenAlready", "done"]
    assert Session.objects.get().number == 1


def test_both_plan_the_same_time_at_once_and_one_is_planned():
    cast = people.pair()
    tomorrow = clock.now() + timedelta(days=1)
    pairs = {actor: cast.pair(actor) for actor in (cast.amara, cast.ben)}
    said = at_once(*(lambda actor=actor: actions.plan(pairs[actor], Plan(tomorrow, 60), by=actor) for actor in pairs))
    assert said == ["NotPossible", "done"]
    assert Session.objects.count() == 1


def test_moved_by_one_and_cancelled_by_the_other_at_once():
    cast = people.pair()
    tomorrow = clock.now() + timedelta(days=1)
    session = days.plan(cast, cast.ben, tomorrow)
    later = Plan(tomorrow + timedelta(days=1), 60)
    said = at_once(lambda: actions.change(session, later, by=cast.amara), lambda: actions.cancel(session, by=cast.ben))
    assert said == ["NotPossible", "done"]


def test_different_sessions_at_once_get_different_numbers():
    cast = people.pair()
    pair, now = cast.pair(cast.amara), clock.now()
    records = [days.record(now - timedelta(days=day)) for day in range(1, 6)]
    at_once(*(lambda record=record: actions.write_down(pair, None, record, by=cast.amara) for record in records))
    assert sorted(Session.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_the_log_form_pressed_twice_lands_on_one_page_twice():
    cast = people.pair()
    address = reverse("meetings:write_down", args=[cast.relationship.ref])
    first = Client()
    first.force_login(cast.amara.account)
    yesterday = clock.now() - timedelta(days=1)
    form = {
        "key": days.key(), "day": yesterday.date().isoformat(), "at": "12:30", "minutes": "45", "mode": "video",
        "present": ["mentor", "mentee"], "summary": "The budget talk", "action-TOTAL_FORMS": "1",
        "action-INITIAL_FORMS": "0", "action-0-words": "Ask Priya", "action-0-owner": "mentee",
    }  # fmt: skip
    landed = []

    def press() -> None:
        landed.append(first.post(address, form).headers["Location"])

    assert at_once(press, press) == ["done", "done"]
    session = Session.objects.get()
    assert set(landed) == {reverse("meetings:session", args=[cast.relationship.ref, session.ref])}
    assert ActionItem.objects.count() == 1
