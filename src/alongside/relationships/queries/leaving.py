"""Reads of pairs for when somebody leaves, or becomes the line manager of whom they mentor."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people.models import Link, RosterImport
from alongside.people.queries import new_managers
from alongside.people.terms import LinkKind
from alongside.programmes.models import Participation
from alongside.programmes.terms import Part
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries.pairs import Pair, pairs, visible_to
from alongside.relationships.terms import Ending, PairPart, State


def _with_any_of(members: object) -> Exists:
    return Exists(Party.objects.filter(relationship=OuterRef("pk"), participation__membership__in=members))


def open_pairs_of(actor: Actor, memberships: Collection[Membership]) -> list[Pair]:
    """The pairs that have not ended of some people, as far as an actor may know of them."""
    found = visible_to(actor).exclude(state=State.ENDED).filter(_with_any_of(memberships))
    return pairs(actor, found.order_by("proposed_at", "id"))


def pairs_ended_at(actor: Actor, left: Mapping[int, datetime]) -> list[Pair]:
    """The pairs that ended because one of the two left, as far as an actor may know of them."""
    found = visible_to(actor).filter(ending=Ending.WITHDRAWN, ended_at__in=set(left.values()))
    return [pair for pair in pairs(actor, found.filter(_with_any_of(left))) if _ended_by_leaving(pair, left)]


def _ended_by_leaving(pair: Pair, left: Mapping[int, datetime]) -> bool:
    return any(left.get(member.pk) == pair.relationship.ended_at for member in (pair.mentor, pair.mentee))


def relationships_ended_at(left: Mapping[int, datetime]) -> list[Relationship]:
    """The same for the system, whoever may know of them."""
    parties = Party.objects.filter(
        participation__membership__in=left,
        relationship__ending=Ending.WITHDRAWN,
        relationship__ended_at__in=set(left.values()),
    )
    found = parties.select_related("relationship", "participation").order_by("relationship_id")
    return [party.relationship for party in found if left[party.participation.membership_id] == _ended(party)]


def _ended(party: Party) -> datetime | None:
    return party.relationship.ended_at


def busy_participations(ended: Collection[Pair]) -> set[int]:
    """The participations of some ended pairs that are in a pair again."""
    held = [party.participation_id for pair in ended for party in (pair.mentor_party, pair.mentee_party)]
    again = Party.objects.filter(participation__in=held, until__isnull=True)
    return set(again.values_list("participation_id", flat=True))


def _mentor() -> QuerySet[Party]:
    return Party.objects.filter(part=PairPart.MENTOR, relationship=OuterRef("relationship"), until__isnull=True)


def pairs_with_new_manager(actor: Actor, roster: RosterImport) -> list[Pair]:
    """The open pairs of which a roster makes the mentor the mentee's line manager, as far as an actor may know."""
    named = new_managers(roster).filter(
        membership=OuterRef("participation__membership"),
        manager=OuterRef("mentor"),
    )
    mentees = Party.objects.filter(part=PairPart.MENTEE, until__isnull=True)
    mentees = mentees.annotate(mentor=_mentor().values("participation__membership")[:1]).filter(Exists(named))
    found = visible_to(actor).exclude(state=State.ENDED).filter(pk__in=mentees.values("relationship"))
    return pairs(actor, found.order_by("proposed_at", "id"))


def managing(programmes: Collection[int]) -> QuerySet[Relationship]:
    """The open pairs of some programmes in which the mentor manages the mentee now."""
    links = Link.objects.filter(kind=LinkKind.MANAGES, until__isnull=True)
    held = Party.objects.filter(until__isnull=True)
    mentee = held.filter(part=PairPart.MENTEE, relationship=OuterRef("relationship"))
    # From the mentors of these programmes who manage anybody, who are few: however many manage in the organisation.
    inside = Participation.objects.filter(programme__in=programmes, part=Part.MENTOR, until__isnull=True)
    managers = inside.filter(Exists(links.filter(source=OuterRef("membership"))))
    mentors = held.filter(part=PairPart.MENTOR, participation__in=managers.values("pk")).annotate(
        mentee=Subquery(mentee.values("participation__membership")[:1])
    )
    managed = links.filter(source=OuterRef("participation__membership"), target=OuterRef("mentee"))
    found = Relationship.objects.filter(pk__in=mentors.filter(Exists(managed)).values("relationship"))
    return found.exclude(state=State.ENDED)


def managing_in(programmes: Collection[int]) -> QuerySet[Any, Any]:
    """In how many open pairs the mentor manages the mentee now, by programme: `programme_key` and `count`."""
    counted = managing(programmes).order_by().values("programme").annotate(count=Count("pk"))
    return counted.annotate(programme_key=F("programme"))
