"""Takes the only file of running pairs in, and stands still after a step of it: for the tests to kill."""

import sys
import time

import django

django.setup()

from alongside.foundation.identity.actors import System  # noqa: E402
from alongside.relationships.actions import taking_in  # noqa: E402
from alongside.relationships.models import PairsImport  # noqa: E402

last_step = int(sys.argv[1])


def progress(done: int, total: int, words: str) -> None:
    if done >= last_step:
        print("there", flush=True)
        time.sleep(60)


held = PairsImport.objects.select_related("programme__organisation").get()
taking_in.commit(held, by=System(held.programme.organisation), progress=progress)
