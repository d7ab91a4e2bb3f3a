"""Kills workers while they work: `killing KILLS WORKERS SEED`; what became of the work, as JSON.

Workers are forked from this process, which has loaded everything and holds no connection: a killed one is replaced at
once. A kill is SIGKILL to a whole worker process, whatever its two lanes and its heartbeat are doing.
"""

import json
import logging
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta

import django

django.setup()
logging.disable(logging.CRITICAL)  # a worker that is killed leaves warnings to the next one

from django.db import connection, connections, transaction  # noqa: E402

from alongside.foundation import jobs  # noqa: E402
from alongside.foundation.events import declare_event, event, log  # noqa: E402
from alongside.foundation.identity.actors import SYSTEM  # noqa: E402
from alongside.foundation.jobs import engine, registry, running, worker  # noqa: E402
from alongside.foundation.jobs.models import Job  # noqa: E402

engine.LEASE = timedelta(seconds=2)
running.BEAT_EVERY, running.SHOW_EVERY = 0.4, 0.1
worker.TAKE_BACK_EVERY, worker.POLL_EVERY = 0.3, 0.05
KINDS = ("bench.together", "bench.keyed", "bench.chain", "bench.urgent")
AT_HAND = 40  # work that waits at any time, so that no worker is idle
declare_event("bench.written", "Work of the bench was done")
registry._every.clear()
registry._every["bench.round"] = 1


def _write(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_effect (what) VALUES (%s)", [what])


@registry.task("bench.together")
def together(job: running.Running, *, n: str) -> None:
    """Effect, event and end in one transaction."""
    _go_on(job)
    with job.finishing(), event("bench.written", by=SYSTEM, about=job.record):
        _write(f"together {n}")
        time.sleep(0.01)


@registry.task("bench.urgent", priority=jobs.URGENT)
def urgent(job: running.Running, *, n: str) -> None:
    """The same in the other lane."""
    with job.finishing():
        _write(f"urgent {n}")
        time.sleep(0.01)


@registry.task("bench.keyed")
def keyed(job: running.Running, *, n: str) -> None:
    """Three effects in transactions of their own, each written once by its key; the end comes afterwards."""
    for part in range(3):
        with transaction.atomic():
            if _claimed(f"{n}.{part}"):
                _write(f"keyed {n}.{part}")
        _go_on(job)


def _claimed(key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_key (key) VALUES (%s) ON CONFLICT DO NOTHING", [key])
        return cursor.rowcount == 1


@registry.task("bench.chain")
def chain(job: running.Running, *, n: str) -> None:
    """Work that queues the next piece together with its own end."""
    _go_on(job)
    with job.finishing():
        jobs.enqueue("bench.link", key=f"link {n}", n=n)


@registry.task("bench.link")
def link(job: running.Running, *, n: str) -> None:
    """The next piece."""
    with job.finishing():
        _write(f"chain {n}")


@registry.task("bench.round")
def round_(job: running.Running) -> None:
    """A slot of the schedule."""
    with job.finishing():
        _write(f"round {job.record.key}")


def _go_on(job: running.Running) -> None:
    for step in range(3):
        job.progress(step, 3, "At it")
        time.sleep(0.02)


def _start() -> int:
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    here = worker.Worker(grace=0.5)
    signal.signal(signal.SIGTERM, lambda *_: here.stop())
    here.run()
    os._exit(0)


def _stop(pid: int, number: int) -> None:
    os.kill(pid, number)
    os.waitpid(pid, 0)


def _top_up(queued: list[str]) -> None:
    waiting = Job.objects.filter(state="queued").exclude(name="bench.round").count()
    for _piece in range(max(0, AT_HAND - waiting)):
        n = str(len(queued))
        name = KINDS[len(queued) % len(KINDS)]
        jobs.enqueue(name, n=n)
        queued.append(name)


def _kill(pids: list[int], chance: random.Random) -> bool:
    """Kill one worker at a moment of chance and start another; was it at work?"""
    time.sleep(chance.uniform(0.05, 0.3))
    place = chance.randrange(len(pids))
    _stop(pids[place], signal.SIGKILL)
    hit = Job.objects.filter(state="running", claim__contains=f".{pids[place]}.").exists()
    pids[place] = _start()
    return hit


def _finish() -> None:
    end = time.monotonic() + 300
    while Job.objects.filter(state__in=("queued", "running")).exclude(name="bench.round").exists():
        if time.monotonic() > end:
            return
        time.sleep(0.2)


def _expected(queued: list[str]) -> set[str]:
    """Every effect that must be there."""
    wanted = set()
    for n, name in enumerate(queued):
        kind = name.removeprefix("bench.")
        wanted |= {f"keyed {n}.{part}" for part in range(3)} if kind == "keyed" else {f"{kind} {n}"}
    return wanted


def _found(queued: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM bench_effect")
        seen = Counter(what for (what,) in cursor.fetchall())
    rounds = {what: times for what, times in seen.items() if what.startswith("round ")}
    effects = {what: times for what, times in seen.items() if what not in rounds}
    ours = Job.objects.exclude(name="bench.round")
    return {
        "queued": len(queued),
        "lost": len(_expected(queued) - effects.keys()),
        "doubled": sum(times > 1 for times in effects.values()) + len(effects.keys() - _expected(queued)),
        "not_done": ours.exclude(state="done").count(),
        "taken_over": Job.objects.filter(losses__gt=0).count(),
        "slots": len(rounds),
        "slots_twice": sum(times > 1 for times in rounds.values()),
        "audit_faults": int(log.first_fault() is not None),
    }


def main(kills: int, workers: int, seed: int) -> None:
    """Queue, kill, let the rest end, count."""
    chance, queued, began = random.Random(seed), [], time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_effect (what varchar(200) NOT NULL)")
        cursor.execute("CREATE TABLE bench_key (key varchar(200) PRIMARY KEY)")
    _top_up(queued)
    pids = [_start() for _worker in range(workers)]
    hits = 0
    try:
        for _number in range(kills):
            hits += _kill(pids, chance)
            _top_up(queued)
        _finish()
    finally:
        for pid in pids:
            _stop(pid, signal.SIGTERM)
    print(json.dumps({**_found(queued), "hits": hits, "seconds": time.monotonic() - began}))


main(*map(int, sys.argv[1:]))
