"""Reads of programmes and participations."""

from django.db.models import Count, Q, QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part


def _parts_of(actor: Actor) -> QuerySet[Participation]:
    return Participation.objects.filter(membership=actor.membership, until__isnull=True)


def visible_to(actor: Actor) -> QuerySet[Programme]:
    """The programmes that the actor coordinates or takes part in."""
    return Programme.objects.filter(
        organisation=actor.organisation, pk__in=_parts_of(actor).values("programme")
    ).select_related("organisation")


def coordinated_by(actor: Actor) -> QuerySet[Programme]:
    """The programmes that the actor coordinates."""
    parts = _parts_of(actor).filter(part=Part.COORDINATOR)
    return Programme.objects.filter(
        organisation=actor.organisation, pk__in=parts.values("programme")
    ).select_related("organisation")


def participants(programme: Programme, *parts: str) -> QuerySet[Participation]:
    """Who plays these parts now, by name."""
    held = Participation.objects.filter(programme=programme, until__isnull=True)
    held = held.filter(part__in=parts) if parts else held
    return held.select_related("membership").order_by("membership__name", "membership_id")


def coordinators(programme: Programme) -> list[Membership]:
    """Who coordinates a programme now, the first one first."""
    return [held.membership for held in participants(programme, Part.COORDINATOR).order_by("id")]


def counts(programme: Programme) -> dict[str, int]:
    """How many mentors, mentees and coordinators take part now."""
    held = Participation.objects.filter(programme=programme, until__isnull=True)
    return held.aggregate(**{part.value: Count("pk", filter=Q(part=part)) for part in Part})


def fellow_members(actor: Actor) -> QuerySet[Participation]:
    """Everybody's parts in the programmes that the actor is in: the base of the directory."""
    return Participation.objects.filter(programme__in=_parts_of(actor).values("programme"), until__isnull=True)
