"""Reads of what somebody lets the coordinators use after an ending: their own, and from outside the pair."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.programmes.models import Participation
from alongside.relationships.models import Learned
from alongside.relationships.queries.pairs import own, seen_from_outside


def visible_to(actor: Actor) -> QuerySet[Learned]:
    """What the actor ticked themselves, and what was ticked in pairs that they see from outside, as coordinators."""
    mine = Q(participation__membership=actor.membership, relationship__in=own(actor))
    found = Learned.objects.filter(mine | Q(relationship__in=seen_from_outside(actor)))
    return found.select_related("participation__membership", "relationship")


def for_next(actor: Actor, people: Collection[Participation]) -> dict[int, list[Learned]]:
    """For a coordinator who looks for somebody new: what each of these let them use, by key; their own never."""
    outside = visible_to(actor).filter(participation__in=people).exclude(participation__membership=actor.membership)
    found: dict[int, list[Learned]] = {}
    for held in outside:
        found.setdefault(held.participation_id, []).append(held)
    return found
