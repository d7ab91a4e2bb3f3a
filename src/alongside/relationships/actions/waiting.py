"""Telling whoever waits for a mentor how it stands, every fortnight."""

from django.db import transaction
from django.urls import reverse

from alongside.foundation import clock, notifications
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinators
from alongside.relationships.queries import waiting

KIND = "relationship.waiting"


def tell_waiting() -> int:
    """Mail each of them once a fortnight, whatever number of times this runs; how many mails were written."""
    return sum(_tell(held, number) for held, number in waiting.to_tell(clock.now()))


@transaction.atomic
def _tell(held: Participation, number: int) -> int:
    looks = ", ".join(member.name for member in coordinators(held.programme))
    written = notifications.tell(
        KIND,
        to=[held.membership],
        letter=KIND,
        places={"programme": held.programme.name, "names": looks},
        page=reverse("people:own_profile"),
        organisation=held.programme.organisation,
        within=held.programme,
        dedupe=f"{KIND}:{held.ref}:{number}",
    )
    return len(written)
