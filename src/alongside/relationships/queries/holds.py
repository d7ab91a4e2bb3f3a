"""Reads of contact that is on hold: since when, who may end it, who writes to the two, between whom anything goes."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.db.models import Model, Q, QuerySet

from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE, MembershipState
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.programmes.queries import coordinators
from alongside.relationships.models import ContactHold, Party, Relationship
from alongside.relationships.terms import State

_PROGRAMMES_OWN = ("relationship.held", "relationship.released", "relationship.ended", "relationship.resumed")
_AWAY = (*GONE, MembershipState.SUSPENDED)


def open_holds(relationship: Relationship) -> QuerySet[ContactHold]:
    """The holds on a pair that have not ended."""
    return ContactHold.objects.filter(relationship=relationship, ended_at__isnull=True).select_related("by")


@dataclass(frozen=True)
class OnDesk:
    """What the coordinators of a pair's programme see of its holds: their own, and whether another stands."""

    own: ContactHold | None
    apart: bool


def on_desk(relationship: Relationship) -> OnDesk | None:
    """How a pair that is on hold stands on the coordinators' desk; None where nothing is on hold."""
    if not relationship.is_on_hold:
        return None
    held = list(open_holds(relationship))
    return OnDesk(next((one for one in held if not one.apart), None), any(one.apart for one in held))


def who_writes(relationship: Relationship) -> list[Membership]:
    """The coordinators who write to the two: from outside the pair, here and able to; the first one first."""
    near = Party.objects.filter(relationship=relationship).values("participation__membership")
    managers = Link.objects.filter(kind=LinkKind.MANAGES, target__in=near, until__isnull=True).values_list("source")
    apart = {*near.values_list("participation__membership", flat=True), *(held for (held,) in managers)}
    return [
        held for held in coordinators(relationship.programme) if held.pk not in apart and held.state not in _AWAY
    ]  # fmt: skip


def are_apart(first: Membership, second: Membership) -> bool:
    """Is contact between these two on hold, in any pair of theirs, ended ones too?"""
    theirs = Party.objects.filter(participation__membership=second).values("relationship")
    held = Party.objects.filter(participation__membership=first, relationship__in=theirs)
    return held.filter(relationship__held_at__isnull=False).exists()


def pairs_of(members: Collection[int]) -> QuerySet[Relationship]:
    """The pairs of some people that go on or are on hold, for whoever may put contact on hold from a later package."""
    theirs = Party.objects.filter(participation__membership__in=members).values("relationship")
    goes_on = ~Q(state=State.ENDED) | Q(held_at__isnull=False)
    return Relationship.objects.filter(goes_on, pk__in=theirs).order_by("proposed_at", "id")


def between(kind: str, about: Model) -> str:
    """The ref of the pair between whose two a mail of a kind goes. What the programme itself says goes between nobody.

    What it is about is the pair, or belongs to it by one or two keys.
    """
    if kind in _PROGRAMMES_OWN or (way := _way(type(about))) is None:
        return ""
    held = about
    for name in way:
        held = getattr(held, name)
    return str(held.ref) if isinstance(held, Relationship) else ""


@cache
def _way(model: type[Model], steps: int = 2) -> tuple[str, ...] | None:
    if model is Relationship:
        return ()
    if not steps:
        return None
    keys = [field for field in model._meta.concrete_fields if field.many_to_one and not field.null]
    ways = [(field.name, _way(field.related_model, steps - 1)) for field in keys if field.related_model is not model]
    return next(((name, *way) for name, way in ways if way is not None), None)
