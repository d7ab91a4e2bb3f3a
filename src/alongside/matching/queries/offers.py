"""Reads of what mentees choose from, and of the places that are kept for them meanwhile."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from alongside.foundation import access, clock
from alongside.foundation.identity.actors import Actor
from alongside.matching.models import Offer, OfferedMentor
from alongside.matching.terms import OfferState
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import ProgrammeState


def choosing(programme: Programme) -> QuerySet[Offer, int]:
    """The mentees of a programme who are choosing now, by their participations' keys."""
    found = Offer.objects.filter(mentee__programme=programme, state=OfferState.OPEN, mentee__until__isnull=True)
    return found.values_list("mentee", flat=True)


def _kept(mentors: Iterable[Participation]) -> QuerySet[OfferedMentor]:
    return OfferedMentor.objects.filter(
        mentor__in=[held.pk for held in mentors], kept=True, offer__state=OfferState.OPEN, offer__until__gt=clock.now()
    )


def kept_places(mentors: Iterable[Participation], *, but: Offer | None = None) -> dict[int, int]:
    """How many places of each mentor are kept for mentees who choose, by participation; one offer's own left out."""
    found = _kept(mentors).exclude(offer=but) if but else _kept(mentors)
    return dict(found.order_by().values_list("mentor").annotate(count=Count("pk")))


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


def mentors_of(offer: Offer) -> list[OfferedMentor]:
    """The mentors of an offer, the best first, with the people."""
    held = offer.mentors.filter(gone=False).select_related("mentor__membership__organisation", "mentor__programme")
    return list(held.order_by("place"))
