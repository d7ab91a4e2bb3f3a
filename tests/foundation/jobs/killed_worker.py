"""A worker for the tests to kill: short leases, and work whose effect is one row."""

import os
import signal
import sys
import threading
import time
from datetime import timedelta

import django

django.setup()

from alongside.foundation.identity.models import Organisation  # noqa: E402
from alongside.foundation.jobs import engine, registry, running, worker  # noqa: E402
from alongside.foundation.search.models import Word  # noqa: E402

engine.LEASE = timedelta(seconds=1.5)
running.BEAT_EVERY, running.SHOW_EVERY = 0.3, 0.1
worker.TAKE_BACK_EVERY, worker.POLL_EVERY = 0.3, 0.05
registry._every.clear()


@registry.task("test.effect")
def effect(job, *, n):
    time.sleep(0.08)
    job.progress(1, 2, "Half way")
    time.sleep(0.04)
    with job.finishing():
        Word.objects.create(organisation=Organisation.objects.get(), kind="effect", ref=f"n{n}", word="done")
        time.sleep(0.02)


@registry.task("test.silent")
def silent(job):
    time.sleep(60)


if sys.argv[1] == "for-ever":
    worker.LAST_CALL = 0.5
    here = worker.Worker(grace=2, leave=lambda: os._exit(0))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=here.stop).start())
    here.run()
else:
    worker.Worker().run_until_empty()
