"""Keeping what somebody lets the coordinators use after an ending, and taking it back."""

from collections.abc import Iterable

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actors import Actor
from alongside.relationships.models import Learned, Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import NextTime


def keep_learned(pair: Pair, what: Iterable[str]) -> None:
    """Keep what was ticked by one of the two who ends the pair, within the ending's own event."""
    chosen = set(what)
    kept = [one.value for one in NextTime if one in chosen]
    if kept and pair.my_party is not None:
        Learned.objects.create(
            relationship=pair.relationship, participation=pair.my_party.participation, what=kept, at=clock.now()
        )


def take_back_learned(relationship: Relationship, *, by: Actor) -> bool:
    """Nobody uses or reads any more what the actor ticked at the end of a pair; False where nothing is kept."""
    held = Learned.objects.filter(relationship=relationship, participation__membership=by.membership)
    if not held.exists():
        return False
    with event("relationship.learned_taken_back", by=by, about=relationship):
        held.delete()
    return True
