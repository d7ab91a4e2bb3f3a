"""Takes the only roster in, and stands still after a step of it: for the tests to kill."""

import sys
import time

import django

django.setup()

from alongside.foundation.identity.actors import System  # noqa: E402
from alongside.people import actions  # noqa: E402
from alongside.people.actions import indexing, undoing  # noqa: E402
from alongside.people.models import RosterImport  # noqa: E402

work, last_step = sys.argv[1], int(sys.argv[2])
indexing._BATCH = 2


def progress(done: int, total: int, words: str) -> None:
    if done >= last_step:
        print("there", flush=True)
        time.sleep(60)


roster = RosterImport.objects.select_related("organisation").get()
if work == "commit":
    actions.commit_roster(roster, by=System(roster.organisation), progress=progress)
elif work == "undo":
    steps = ("_return_leavers", "_unlink", "_forget_skills", "_change_back", "_remove_people", "_forget_words")
    name = steps[last_step % len(steps)]
    step = getattr(undoing._Undoing, name)
    setattr(undoing._Undoing, name, lambda self: (step(self), progress(last_step, 0, "")))
    actions.undo_import(roster, by=System(roster.organisation))
else:
    actions.index_roster(roster, progress=progress)
