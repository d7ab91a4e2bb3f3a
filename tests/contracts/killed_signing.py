"""Signs the version that is shown to somebody, and stands still in the middle of it: for the tests to kill."""

import sys
import time

import django

django.setup()

from alongside.contracts import actions  # noqa: E402
from alongside.contracts.models import Version  # noqa: E402
from alongside.foundation import events  # noqa: E402
from alongside.foundation.identity.models import Membership  # noqa: E402
from alongside.foundation.identity.queries import actor_of  # noqa: E402
from alongside.relationships.queries import pair  # noqa: E402

ref, place = sys.argv[1:]


def stand_still(_happened):
    print("there", flush=True)
    time.sleep(60)


if place == "the end":
    events.at_the_end(stand_still)
else:
    events.on(place)(stand_still)
actor = actor_of(Membership.objects.select_related("organisation", "account").get(ref=ref))
version = Version.objects.get()
hashes = {text.layer: text.sha256 for text in version.texts.all()}
shown = actions.read_showing(actions.showing(version, hashes, to=actor).token())
seen = pair(actor, version.contract.relationship.ref)
actions.sign(seen, version.ref, shown=shown, method="password", by=actor)
