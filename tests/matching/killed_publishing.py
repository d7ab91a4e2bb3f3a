"""Publishes a round, and stands still in the middle of it: for the tests to kill. With "to the end" it does not."""

import sys
import time

import django

django.setup()

from alongside.foundation import jobs  # noqa: E402
from alongside.foundation.notifications import teller  # noqa: E402
from alongside.matching.actions import publishing, running  # noqa: E402

where, at = sys.argv[1], int(sys.argv[2])
count = 0


def still(*arguments):
    global count  # noqa: PLW0603
    count += 1
    if count == at:
        print("there", flush=True)
        time.sleep(60)


def standing_still_in(holder, name):
    do = getattr(holder, name)

    def done(*arguments, **options):
        result = do(*arguments, **options)
        still()
        return result

    setattr(holder, name, done)


if where == "proposing":
    standing_still_in(publishing.relationships, "propose_all")
elif where == "telling":
    standing_still_in(teller, "_tell")
elif where == "running":
    standing_still_in(running, "_proposals")
jobs.run_pending()
