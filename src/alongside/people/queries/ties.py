"""How people stand to each other, as later packages know it: people asks, and knows of no programme and no pair."""

from collections.abc import Callable
from enum import StrEnum

from django.db.models import Q, QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership


class Tie(StrEnum):
    """How somebody stands to an actor."""

    PARTNER = "partner"  # proposed to each other, or a pair
    MATCHED = "matched"  # a pair that both have said yes to, while it lasts
    COORDINATED = "coordinated"  # takes part where the actor coordinates, from outside of any pair of the actor's
    MENTOR = "mentor"  # the actor, who mentors somewhere


Sight = Callable[[Actor], QuerySet[Membership]]
_held: dict[Tie, list[Sight]] = {tie: [] for tie in Tie}


def add(tie: Tie, sight: Sight) -> None:
    """Let a later package say who stands so to an actor: `sight(actor)` gives the memberships."""
    if sight not in _held[tie]:
        _held[tie].append(sight)


def of(actor: Actor, tie: Tie) -> QuerySet[Membership]:
    """Who stands so to an actor."""
    named = Q(pk__in=[])
    for sight in _held[tie]:
        named |= Q(pk__in=sight(actor).values("pk"))
    return Membership.objects.filter(named, organisation=actor.organisation)
