"""The worker itself: its schedule, its two lanes, how soon it stops what nobody wants any more."""

import threading
import time
from collections import Counter

import pytest
import time_machine
from django.db import connection

from alongside.foundation import jobs
from alongside.foundation.jobs import actions, engine, registry, worker
from alongside.foundation.jobs.models import Job

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def schedule(monkeypatch):
    """A schedule of the test's own."""
    monkeypatch.setattr(registry, "_every", {})
    return registry._every


@pytest.fixture
def running(schedule):
    """A worker in a thread, until the test ends."""
    made, ended = worker.Worker(grace=0.2), threading.Event()

    def run():
        made.run()
        connection.close()
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    yield made
    made.stop()
    assert ended.wait(20), "the worker did not stop"


def _until(holds, seconds=10):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def _state(job):
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def test_a_slot_of_the_schedule_is_one_job_however_many_workers_come(work, schedule):
    work("test.round", lambda job: None)
    jobs.every("test.round", minutes=15)
    start = threading.Barrier(6)

    def look():
        start.wait()
        worker.Worker()._keep_house()
        connection.close()

    with time_machine.travel("2026-11-23 09:14:59+00:00", tick=False) as traveller:
        for _slot in range(2):
            threads = [threading.Thread(target=look) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            jobs.run_pending()
            traveller.move_to("2026-11-23 09:15:00+00:00")
    assert Counter(Job.objects.values_list("name", "state")) == {("test.round", "done"): 2}
    assert len(set(Job.objects.values_list("key", flat=True))) == 2


def test_a_clock_that_is_set_back_runs_no_slot_twice(work, schedule):
    work("test.round", lambda job: None)
    jobs.hourly("test.round")
    for moment in ("2026-10-25 00:30:00+00:00", "2026-10-25 01:30:00+00:00", "2026-10-25 00:40:00+00:00"):
        with time_machine.travel(moment, tick=False):
            worker.Worker()._keep_house()
    assert Job.objects.count() == 2


def test_running_work_stops_within_two_seconds_of_being_cancelled(work, carys, running):
    def long(job):
        for step in range(600):
            job.progress(step, 600)
            time.sleep(0.1)

    work("test.long", long)
    job = jobs.enqueue("test.long", by=carys.ref)
    _until(lambda: _state(job) == "running")
    asked = time.monotonic()
    actions.cancel(job, by=carys)
    _until(lambda: _state(job) == "cancelled")
    assert time.monotonic() - asked < 2


def test_work_that_speaks_seldom_hears_of_it_the_next_time_it_speaks(work, carys, running):
    spoke, asked, went_on = threading.Event(), threading.Event(), []

    def silent(job):
        job.progress(1, 3)
        spoke.set()
        asked.wait(10)
        time.sleep(1.2)
        job.progress(2, 3)
        went_on.append(True)

    work("test.silent", silent)
    job = jobs.enqueue("test.silent", by=carys.ref)
    assert spoke.wait(10)
    actions.cancel(job, by=carys)
    asked.set()
    _until(lambda: _state(job) == "cancelled")
    assert went_on == []


def test_while_long_work_runs_urgent_work_and_the_schedule_go_on_and_dead_workers_are_noticed(
    work, schedule, running, monkeypatch
):
    monkeypatch.setattr(worker, "TAKE_BACK_EVERY", 0.1)
    over = threading.Event()
    work("test.long", lambda job: over.wait(20) and None)
    work("test.code", lambda job: None, priority=jobs.URGENT)
    work("test.round", lambda job: None, priority=jobs.URGENT)
    long = jobs.enqueue("test.long")
    _until(lambda: _state(long) == "running")
    left = jobs.enqueue("test.code")
    Job.objects.filter(pk=left.pk, state="queued").update(
        state="running", claim="dead", lease_until="2026-01-01 00:00+00:00"
    )
    jobs.every("test.round", minutes=15)
    _until(lambda: Job.objects.filter(name="test.round", state="done").exists())
    _until(lambda: _state(left) == "done")
    assert _state(long) == "running"
    over.set()
    _until(lambda: _state(long) == "done")


def test_a_fault_of_the_lane_itself_does_not_end_it(work, running, monkeypatch):
    def broken():
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(engine, "take_back", broken)
        running._last_look = 0.0
        time.sleep(0.7)
    work("test.code", lambda job: None, priority=jobs.URGENT)
    job = jobs.enqueue("test.code")
    _until(lambda: _state(job) == "done")


def test_every_kind_of_work_says_in_words_what_it_does():
    assert [name for name in registry.names() if not name.startswith("test.") and registry.words_of(name) == name] == []
