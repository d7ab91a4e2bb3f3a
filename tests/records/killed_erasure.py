"""Erases somebody, and stands still after a number of changes: for the tests to kill. Without a number to the end."""

import sys
import time

import django

django.setup()

from alongside.foundation.identity.actors import System  # noqa: E402
from alongside.foundation.identity.models import Membership  # noqa: E402
from alongside.records.actions import erasing  # noqa: E402

ref, last = sys.argv[1], int(sys.argv[2])
count, remember = 0, erasing._count


def standing_still(erasure, gone):
    global count  # noqa: PLW0603
    remember(erasure, gone)
    count += 1
    if count == last:
        print("there", flush=True)
        time.sleep(60)


erasing._count = standing_still
held = Membership.objects.select_related("organisation", "account").get(ref=ref)
erasing.erase(held, by=System(held.organisation))
