"""Reads of what mentees choose from, and of the places that are kept for them meanwhile."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet

from alongside.foundation import access, clock
from alongside.foundation.identity.actors import Actor
from alongside.matching.models import Offer, OfferedMentor
from alongside.matching.queries.rounds import near, visible_to
from alongside.matching.terms import OfferState
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.models import Party
from alongside.relationships.queries import by_hand
from alongside.relationships.rules import REMINDERS, SILENT_AFTER, reminder_due
from alongside.relationships.terms import PairPart


def choosing(programme: Programme) -> QuerySet[Offer, int]:
    """The mentees of a programme who are choosing now, by their participations' keys."""
    found = Offer.objects.filter(mentee__programme=programme, state=OfferState.OPEN, mentee__until__isnull=True)
    return found.values_list("mentee", flat=True)


def all_choosing() -> QuerySet[Offer, int]:
    """Every mentee who is choosing now, by their participations' keys: they wait for nobody."""
    return Offer.objects.filter(state=OfferState.OPEN).values_list("mentee", flat=True)


def _kept(mentors: Iterable[Participation]) -> QuerySet[OfferedMentor]:
    return OfferedMentor.objects.filter(
        mentor__in=[held.pk for held in mentors], kept=True, offer__state=OfferState.OPEN, offer__until__gt=clock.now()
    )


def kept_places(mentors: Iterable[Participation]) -> dict[int, int]:
    """How many places of each mentor are kept for mentees who choose, by participation."""
    return dict(_kept(mentors).order_by().values_list("mentor").annotate(count=Count("pk")))


class Places(NamedTuple):
    """Of the mentors of an offer, by participation: who has a place for its mentee, and whose are kept for others."""

    able: frozenset[int]
    kept: Mapping[int, datetime]  # until when

    def are_kept(self, row: OfferedMentor) -> bool:
        """Has a mentor a place, but one that is kept for somebody else who chooses?"""
        return row.mentor_id in self.kept and row.mentor_id not in self.able


def places(offer: Offer, rows: Iterable[OfferedMentor]) -> Places:
    """How the mentors of an offer stand now: two queries."""
    mentors = [row.mentor for row in rows]
    with_room = list(by_hand.mentors_with_room(offer.mentee.programme).filter(pk__in=[held.pk for held in mentors]))
    kept = _kept(with_room).exclude(offer=offer).order_by().values_list("mentor")
    counted = {key: (count, until) for key, count, until in kept.annotate(count=Count("pk"), until=Min("offer__until"))}
    free = {held.pk: held.capacity - getattr(held, "taken", 0) for held in with_room}
    able = frozenset(key for key, left in free.items() if left > counted.get(key, (0, None))[0])
    return Places(able, {key: until for key, (_count, until) in counted.items()})


def mentees_in(relationship_ref: str) -> QuerySet[Party, int]:
    """The mentee of a pair, by their participation's key."""
    return Party.objects.filter(relationship__ref=relationship_ref, part=PairPart.MENTEE).values_list("participation")


def to_remind(now: datetime) -> Iterator[tuple[Offer, int]]:
    """Who has not chosen and is to hear of it again now, with the number of the reminder: three queries."""
    found = Offer.objects.filter(
        state=OfferState.OPEN,
        made_at__lte=now - REMINDERS[0],
        made_at__gt=now - SILENT_AFTER,
        mentee__programme__state=ProgrammeState.RUNNING,
        mentee__until__isnull=True,
    )
    related = found.select_related("mentee__membership__account", "mentee__programme__organisation")
    for offer in related.prefetch_related("mentors__mentor__membership").order_by("pk"):
        yield offer, reminder_due(offer.made_at, now)


def slow(actor: Actor, programme: Programme) -> QuerySet[Offer]:
    """Who has not chosen for a fortnight, in a programme that the actor coordinates: nobody near to them."""
    found = Offer.objects.filter(
        round__in=visible_to(actor),
        mentee__programme=programme,
        state=OfferState.OPEN,
        made_at__lte=clock.now() - SILENT_AFTER,
    )
    related = found.exclude(mentee__in=near(actor)).select_related("mentee__membership", "mentee__programme")
    return related.order_by("made_at", "id")


def own(actor: Actor) -> QuerySet[Offer]:
    """The offers that the actor chooses from now, in programmes that run."""
    found = Offer.objects.filter(
        mentee__membership=actor.membership,
        mentee__until__isnull=True,
        mentee__programme__state=ProgrammeState.RUNNING,
        state=OfferState.OPEN,
    )
    return found.select_related("round__programme__organisation", "mentee__membership", "mentee__programme")


def own_offer(actor: Actor, slug: str) -> Offer:
    """The actor's own open offer in a programme, through the door."""
    return access.fetch(own(actor), mentee__programme__slug=slug)


def is_over(actor: Actor, slug: str) -> bool:
    """Was there something to choose from in a programme, and is there nothing any more?"""
    found = Offer.objects.filter(mentee__membership=actor.membership, mentee__programme__slug=slug)
    states = set(found.values_list("state", flat=True))
    return bool(states) and OfferState.OPEN not in states


def mentors_of(offer: Offer) -> list[OfferedMentor]:
    """The mentors of an offer, the best first, with the people."""
    held = offer.mentors.filter(gone=False).select_related("mentor__membership__organisation", "mentor__programme")
    return list(held.order_by("place"))
