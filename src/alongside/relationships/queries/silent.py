"""Reads of proposals that somebody has not answered: whom to remind, and what comes to the coordinators' list."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import MembershipState
from alongside.programmes.models import Programme
from alongside.programmes.terms import ProgrammeState
from alongside.relationships import rules
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries.pairs import coordinated
from alongside.relationships.terms import Answer, PairPart, State


def _silent() -> Q:
    return Q(
        state=State.PROPOSED,
        held_at__isnull=True,
        programme__state=ProgrammeState.RUNNING,
        proposed_at__lte=clock.now() - rules.SILENT_AFTER,
    )


def silent_in(actor: Actor, programme: Programme) -> QuerySet[Relationship]:
    """The proposals of a programme, as its coordinator sees them from outside, that have no answer for a fortnight."""
    return coordinated(actor, programme).filter(_silent()).order_by("proposed_at", "id")


def silent_counts(programmes: Collection[int]) -> QuerySet[Any, Any]:
    """How many came to the coordinator's list and wait still, by programme: rows of `programme_key` and `count`."""
    held = Relationship.objects.filter(programme__in=programmes, state=State.PROPOSED, silent_at__isnull=False)
    counted = held.filter(held_at__isnull=True).order_by().values("programme").annotate(count=Count("pk"))
    return counted.annotate(programme_key=F("programme"))


def newly_silent() -> QuerySet[Relationship]:
    """The proposals that have had no answer for a fortnight and are on no coordinator's list yet."""
    return Relationship.objects.filter(_silent(), silent_at__isnull=True).order_by("pk")


def waiting_parties(relationship: Relationship) -> list[Party]:
    """Who of the two has not answered, with their person and account."""
    held = Party.objects.filter(relationship=relationship, answer=Answer.WAITING, until__isnull=True)
    return list(held.select_related("participation__membership__account").order_by("id"))


@dataclass(frozen=True)
class Due:
    """Somebody who is to be reminded: the party, with pair and people, and the number of the reminder, from 1."""

    party: Party
    partner: Party
    number: int


def to_remind(now: datetime) -> Iterable[Due]:
    """Who has not answered a proposal and is to hear of it again now: two queries."""
    waiting = Party.objects.filter(
        answer=Answer.WAITING,
        until__isnull=True,
        relationship__state=State.PROPOSED,
        relationship__held_at__isnull=True,
        relationship__programme__state=ProgrammeState.RUNNING,
        relationship__proposed_at__lte=now - rules.REMINDERS[0],
        relationship__proposed_at__gt=now - rules.SILENT_AFTER,
        participation__membership__state=MembershipState.ACTIVE,
    ).order_by("pk")
    person = ("participation__membership__account", "participation__membership__organisation")
    found = list(waiting.select_related("relationship__programme__organisation", *person))
    pairs = {party.relationship_id for party in found}
    both = Party.objects.filter(relationship__in=pairs).select_related("participation__membership")
    by_part = {(party.relationship_id, party.part): party for party in both}
    for party in found:
        other = PairPart.MENTEE if party.part == PairPart.MENTOR else PairPart.MENTOR
        number = rules.reminder_due(party.relationship.proposed_at, now)
        yield Due(party, by_part[party.relationship_id, other], number)
