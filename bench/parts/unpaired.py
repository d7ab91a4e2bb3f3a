"""A running programme whose people are all without a pair: `unpaired.py MENTEES MENTORS` prints its short name.

They are taken from the members that `population.py` made, with what they say they offer and want.
"""

import json
import logging
import sys
from datetime import timedelta

import django

django.setup()
logging.disable(logging.INFO)  # only what goes wrong is said

from alongside.foundation import clock  # noqa: E402
from alongside.foundation.identity.models import Membership  # noqa: E402
from alongside.foundation.identity.terms import MembershipState  # noqa: E402
from alongside.programmes.models import Participation, Programme  # noqa: E402


def main(mentees: int, mentors: int) -> None:
    members = list(Membership.objects.filter(state=MembershipState.LISTED).order_by("pk")[: mentees + mentors])
    today = clock.today("Europe/London")
    programme = Programme.objects.create(
        organisation_id=members[0].organisation_id,
        slug="unpaired",
        name="Not paired yet",
        purpose="Newly promoted leaders find their feet.",
        starts_on=today,
        ends_on=today + timedelta(days=365),
        model_key="clutterbuck",
        model_edition=1,
        state="running",
        launched_at=clock.now(),
    )
    parts = ["mentee"] * mentees + ["mentor"] * mentors
    Participation.objects.bulk_create(
        (
            Participation(programme=programme, membership=member, part=part, capacity=2 if part == "mentor" else 1)
            for member, part in zip(members, parts, strict=True)
        ),
        batch_size=5000,
    )
    print(json.dumps({"slug": programme.slug}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
