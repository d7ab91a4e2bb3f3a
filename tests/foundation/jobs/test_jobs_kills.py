"""Real processes, killed; real threads, racing."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from alongside.foundation import jobs
from alongside.foundation.jobs import engine
from alongside.foundation.jobs.models import Job
from alongside.foundation.search.models import Word

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
ROUNDS = int(os.environ.get("TESTS_ROUNDS", "3"))
JOBS = 10 + 10 * ROUNDS  # more than can be done before the last kill
HERE = Path(__file__).parent


def _environment():
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{held['NAME']}"
    else:
        who, host = f"{quote(held['USER'])}:{quote(held['PASSWORD'] or '')}", quote(held["HOST"], safe="")
        url = f"postgres://{who}@{host}:{held['PORT']}/{held['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "ALONGSIDE_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


@pytest.fixture
def start():
    """Starts processes and leaves none behind, whatever becomes of the test."""
    started = []

    def run(*arguments):
        process = subprocess.Popen([sys.executable, *arguments], env=_environment())
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def start_worker(start):
    return lambda mode: start(HERE / "killed_worker.py", mode)


def _wait_for_a_running_job():
    _wait_until(Job.objects.filter(state="running").exists)


def _wait_until(holds, seconds=30):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "no worker took a job"
        time.sleep(0.01)


def test_no_job_is_lost_and_none_is_doubled_when_workers_are_killed(work, northgate, start_worker, figure):
    work("test.effect", lambda job, n: None)
    for n in range(JOBS):
        jobs.enqueue("test.effect", n=n)

    for round_ in range(ROUNDS):
        workers = [start_worker("for-ever"), start_worker("for-ever")]
        _wait_for_a_running_job()
        time.sleep(0.3 + 0.13 * (round_ % 3))
        for process in workers:
            process.send_signal(signal.SIGKILL)
        for process in workers:
            process.wait()
    assert Job.objects.filter(state="running").exists(), "the kills hit nothing: this run proves nothing"
    assert start_worker("until-empty").wait(timeout=90 + JOBS) == 0

    effects = Counter(Word.objects.filter(kind="effect").values_list("ref", flat=True))
    assert effects == {f"n{n}": 1 for n in range(JOBS)}
    assert Counter(Job.objects.values_list("state", flat=True)) == {"done": JOBS}
    assert Job.objects.filter(losses__gt=0).exists()
    figure("kills survived", 2 * ROUNDS)


def test_a_worker_told_to_stop_leaves_the_rest_to_the_next_and_loses_nothing(work, northgate, start_worker):
    work("test.effect", lambda job, n: None)
    for n in range(10):
        jobs.enqueue("test.effect", n=n)
    process = start_worker("for-ever")
    _wait_for_a_running_job()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=15) == 0
    assert not Job.objects.filter(state="running").exists()
    assert Job.objects.filter(state="queued").exists(), "it stopped before the end"
    assert start_worker("until-empty").wait(timeout=60) == 0
    assert Word.objects.filter(kind="effect").count() == 10


def test_work_that_hears_nothing_is_given_back_and_the_worker_is_gone(work, northgate, start_worker):
    work("test.silent", lambda job: None)
    job = jobs.enqueue("test.silent")
    process = start_worker("for-ever")
    _wait_for_a_running_job()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=15) == 0
    job.refresh_from_db()
    assert (job.state, job.claim, job.attempts, job.losses) == ("queued", "", 0, 0)


def test_the_command_stops_on_sigterm_without_leaving_a_job_claimed(work, start):
    work("test.read", lambda job: None)
    job = jobs.enqueue("test.read")
    process = start("-m", "django", "worker")
    _wait_until(lambda: not Job.objects.filter(pk=job.pk, state="queued").exists())
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=15) == 0
    assert not Job.objects.filter(state="running").exists()


def test_threads_racing_to_claim_never_take_the_same_job(work):
    work("test.read", lambda job: None)
    for _ in range(24):
        jobs.enqueue("test.read")
    taken, start = [], threading.Barrier(8)

    def race(name):
        start.wait()
        while job := engine.claim(name):
            taken.append(job.ref)
        connection.close()

    threads = [threading.Thread(target=race, args=(f"w{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(taken) == dict.fromkeys(Job.objects.values_list("ref", flat=True), 1)


def test_threads_racing_to_queue_one_key_make_one_job(work):
    work("test.read", lambda job: None)
    start, made = threading.Barrier(8), []

    def race():
        start.wait()
        made.append(jobs.enqueue("test.read", key="once").pk)
        connection.close()

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made)), Job.objects.count()) == (8, 1, 1)
