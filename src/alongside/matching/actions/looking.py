"""Somebody who was not placed asks that a person looks at it again; a coordinator answers."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.matching import queries
from alongside.matching.models import Left, LookAgain
from alongside.matching.queries import after


def ask_to_look(left: Left, *, by: Actor, by_mail: bool = False) -> LookAgain:
    """Ask that a person looks again at somebody whom a published round did not place. No reason is needed.

    Asked twice is asked once. Raises NotPossible where somebody is proposed to them by now.
    """
    if not after.waits(left.mentee):
        raise NotPossible(_("Somebody has been proposed to you since. Look at your page."))
    made, how = LookAgain(round_id=left.run.round_id, mentee=left.mentee), {"by_mail": True} if by_mail else {}
    try:
        with event("matching.look_again_asked", by=by, about=made, **how):
            made.save()
    except IntegrityError:  # by the page and by the mail, or twice in the same moment
        return LookAgain.objects.get(round_id=left.run.round_id, mentee=left.mentee)
    return made


def answer_look(look: LookAgain, words: str, *, by: Actor) -> LookAgain:
    """Say what came of looking again, in a coordinator's own words: the mentee is mailed them.

    Raises NotPossible where another coordinator has answered, or for somebody near to the actor.
    """
    with transaction.atomic():
        fresh = LookAgain.objects.select_for_update().get(pk=look.pk)
        if fresh.answered_at:
            raise NotPossible(_("A colleague has answered already."))
        if queries.near(by).filter(pk=fresh.mentee_id).exists():
            raise NotPossible(_("This is about you or somebody whom you manage. Another coordinator answers it."))
        with event("matching.look_again_answered", by=by, about=fresh):
            fresh.words, fresh.answered_by, fresh.answered_at = words.strip(), by.membership, clock.now()
            fresh.save(update_fields=["words", "answered_by", "answered_at"])
    return fresh
