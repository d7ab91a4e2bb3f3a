"""Runs retention as of a moment, and stands still at a place: for the tests to kill.

A place is a table: its rows are about to go, in the middle of a transaction. Or "a name": one is about to be taken out.
"""

import sys
import time
from datetime import datetime

import django

django.setup()

from alongside.foundation import clock, privacy  # noqa: E402
from alongside.foundation.identity.actors import SYSTEM  # noqa: E402
from alongside.records import actions  # noqa: E402

moment, place = datetime.fromisoformat(sys.argv[1]), sys.argv[2]


def stand_still(_what):
    print("there", flush=True)
    time.sleep(60)
    return {}


if place == "a name":
    privacy.at_erasure(stand_still)
else:
    privacy.before_removal(place)(stand_still)
with clock.set_to(moment):
    actions.apply_retention(by=SYSTEM)
