"""Telling whoever waits for a mentor how it stands, every fortnight."""

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

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
    names = {"programme": held.programme.name, "names": looks}
    written = notifications.tell(
        KIND,
        to=[held.membership],
        subject=format_lazy(_("“{programme}”: we are still looking for a mentor for you"), **names),
        lines=[
            format_lazy(_("In “{programme}” {names} still looks for the right person for you."), **names),
            _("As soon as somebody is proposed to you, you get a mail. Until then there is nothing you have to do."),
            _("If you like, look at your profile again: what you want to develop decides who is proposed to you."),
        ],
        action=(_("Look at your profile"), reverse("people:own_profile")),
        organisation=held.programme.organisation,
        dedupe=f"{KIND}:{held.ref}:{number}",
    )
    return len(written)
