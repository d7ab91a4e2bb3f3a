"""Putting contact between the two of a pair on hold, and letting it go on.

Whoever acts in a pair takes its row by `locked`, in this package or a later one: so nothing that began before a hold is
finished after it.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.actions import drop_between
from alongside.relationships.models import ContactHold, Move, Relationship
from alongside.relationships.queries import Pair, holds
from alongside.relationships.terms import OFF_HOLD, ON_HOLD

SENTENCE = _("Meetings are on hold for now. Nothing can be planned, written or sent between the two of you.")


class OnHold(NotPossible):
    """Contact between the two is on hold: nothing of what was asked was done."""

    def __init__(self) -> None:
        super().__init__(SENTENCE)


def locked(relationship: Relationship) -> Relationship:
    """The pair as it is now, locked, for whoever wants to write in it or send something. Raises OnHold."""
    fresh = Relationship.objects.select_for_update().get(pk=relationship.pk)
    if fresh.is_on_hold:
        raise OnHold
    return fresh


def hold(pair: Pair, *, by: Actor) -> ContactHold:
    """Put contact on hold, by a coordinator from outside the pair.

    Raises NotPossible for anybody else, and where the coordinators hold it already.
    """
    _refuse_others(pair)
    return _hold(pair.relationship, by.membership, by)


def release(pair: Pair, *, by: Actor) -> bool:
    """End the coordinators' hold; False where contact stays on hold, as somebody else holds it too.

    Raises NotPossible for anybody but a coordinator from outside, and where no hold is theirs to end.
    """
    _refuse_others(pair)
    return _release(pair.relationship, by.membership, by, apart=False)


def hold_apart(relationship: Relationship) -> ContactHold:
    """Put contact on hold for a later package, which remembers who asked and why; here neither is.

    Where it is held apart already, that hold is given back: whoever holds twice ends it when the last one does.
    """
    with transaction.atomic():
        Relationship.objects.select_for_update().get(pk=relationship.pk)
        held = holds.open_holds(relationship).filter(apart=True).first()
        return held or _hold(relationship, None, SYSTEM)


def release_apart(relationship: Relationship) -> bool:
    """End a hold that was put apart; False where contact stays on hold. Raises NotPossible where there is none."""
    return _release(relationship, None, SYSTEM, apart=True)


def _refuse_others(pair: Pair) -> None:
    if not pair.standing.coordinates:
        raise NotPossible(_("Only a coordinator from outside the pair can do this."))


def _hold(relationship: Relationship, member: Membership | None, by: Who) -> ContactHold:
    with transaction.atomic():
        fresh = Relationship.objects.select_for_update().select_related("programme").get(pk=relationship.pk)
        if holds.open_holds(fresh).filter(apart=member is None).exists():
            raise NotPossible(_("Meetings of these two are on hold already."))
        made = ContactHold(relationship=fresh, apart=member is None, by=member, at=clock.now())
        if fresh.is_on_hold:  # both know: they are not told twice, nor by whom it is held as well
            made.save()
            return made
        with event("relationship.held", by=by, about=fresh) as happened:
            made.at = fresh.held_at = relationship.held_at = happened.at
            made.save()
            fresh.save(update_fields=["held_at"])
            _remember(fresh, ON_HOLD, member)
            drop_between(fresh.ref)
    return made


def _release(relationship: Relationship, member: Membership | None, by: Who, *, apart: bool) -> bool:
    with transaction.atomic():
        fresh = Relationship.objects.select_for_update().select_related("programme").get(pk=relationship.pk)
        mine = holds.open_holds(fresh).filter(apart=apart)
        if not mine.update(ended_at=clock.now(), ended_by=member):
            raise NotPossible(_("There is no hold here that you can end."))
        if holds.open_holds(fresh).exists():
            return False
        with event("relationship.released", by=by, about=fresh, notify=fresh.is_open):
            fresh.held_at = relationship.held_at = None
            fresh.save(update_fields=["held_at"])
            _remember(fresh, OFF_HOLD, member)
    return True


def _remember(relationship: Relationship, code: str, member: Membership | None) -> None:
    Move.objects.create(
        relationship=relationship,
        from_stage=relationship.stage,
        to_stage=relationship.stage,
        evidence=[code],
        by=member,
        at=clock.now(),
    )
