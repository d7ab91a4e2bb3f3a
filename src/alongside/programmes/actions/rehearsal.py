"""Reading before the launch what will be sent after it."""

from django.utils.translation import override

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actors import Actor
from alongside.foundation.notifications import letters
from alongside.foundation.notifications import queries as outbox
from alongside.foundation.notifications.letters import Letter
from alongside.programmes.models import Programme, RehearsedLetter


def mark_read(programme: Programme, letter: Letter, *, by: Actor) -> None:
    """Remember that a coordinator has read a mail as it is worded now. Twice changes nothing but who it was."""
    organisation = programme.organisation
    with event("rehearsal.read", by=by, about=programme, letter=letter.key), override(organisation.language):
        own = outbox.kept(organisation, letter, organisation.language).in_force
        RehearsedLetter.objects.update_or_create(
            programme=programme,
            letter=letter.key,
            defaults={
                "digest": letters.digest(own.wording if own else letter.ours),
                "read_by": by.membership,
                "read_at": clock.now(),
            },
        )
