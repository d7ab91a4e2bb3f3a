"""Reads of whom somebody would like to be paired with: their own alone."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import GONE
from alongside.matching.models import MatchingPolicy, Offer, Wish
from alongside.matching.rules import Policy, hears_wishes
from alongside.matching.terms import OfferState, Way
from alongside.people.models import Link
from alongside.people.queries import directory
from alongside.people.terms import LinkKind
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part, ProgrammeState
from alongside.readiness.queries import people as readiness
from alongside.relationships.queries import open_pairs

_OTHER = {Part.MENTEE: Part.MENTOR, Part.MENTOR: Part.MENTEE}


def wishing(actor: Actor) -> QuerySet[Participation]:
    """The actor's parts in programmes in which both sides say whom they would like."""
    ranking = MatchingPolicy.objects.filter(way=Way.RANKING).values("programme")
    found = Participation.objects.filter(
        membership=actor.membership,
        part__in=list(_OTHER),
        until__isnull=True,
        programme__in=ranking,
        programme__state=ProgrammeState.RUNNING,
    )
    return _with_policy(found).select_related("programme__organisation", "membership").order_by("id")


def _with_policy(found: QuerySet[Participation]) -> QuerySet[Any]:
    policy = MatchingPolicy.objects.filter(programme=OuterRef("programme"))
    return found.annotate(policy=Subquery(policy.values("kept")))


def are_heard(held: Any) -> bool:
    """Does it count whom somebody out of `wishing` or `asked_of` would like, as the policy is now?"""
    return hears_wishes(Policy.from_kept(held.policy).weights, Way.RANKING)


def asked_of(actor: Actor) -> list[Participation]:
    """The actor's parts without a pair in which there is something to choose (`chooses`) or to wish for (`wishes`).

    One query, and none for whoever is in a pair in every part: those are known for what is asked of them beforehand.
    """
    paired = {pair.my_party.participation_id for pair in open_pairs(actor) if pair.my_party}
    parts = [held.participation.pk for held in readiness.own(actor) if held.participation.pk not in paired]
    if not parts:
        return []
    offer = Offer.objects.filter(mentee=OuterRef("pk"), state=OfferState.OPEN)
    ranking = MatchingPolicy.objects.filter(programme=OuterRef("programme"), way=Way.RANKING)
    held = _with_policy(Participation.objects.filter(pk__in=parts))
    found = held.annotate(
        chooses=Exists(offer), wishes=Exists(ranking) & ~Exists(Wish.objects.filter(by=OuterRef("pk")))
    )
    return list(found.filter(Q(chooses=True) | Q(wishes=True)).select_related("programme").order_by("id"))


def own_part(actor: Actor, slug: str, part: str) -> Participation:
    """One of these parts, through the door."""
    return access.fetch(wishing(actor), programme__slug=slug, part=part)


def able(held: Participation) -> QuerySet[Participation]:
    """Whom somebody can name: the other side of their programme, without themselves and whom they may not be with."""
    line = Link.objects.filter(kind=LinkKind.MANAGES, until__isnull=True)
    one, other = ("target", "source") if held.part == Part.MENTEE else ("source", "target")
    managed = line.filter(**{one: held.membership_id}).values(other)
    found = Participation.objects.filter(programme=held.programme_id, part=_OTHER[Part(held.part)], until__isnull=True)
    found = found.exclude(membership__state__in=GONE).exclude(membership=held.membership_id)
    return found.exclude(membership__in=managed).select_related("membership__organisation")


def found_among(actor: Actor, held: Participation, words: str = "") -> QuerySet[Participation]:
    """The same by name, narrowed by what each shows in the directory."""
    found = able(held)
    if words:
        found = found.filter(membership__in=directory.search_fellows(actor, q=words).order_by().values("pk"))
    return found.order_by("membership__name", "id")


def own(held: Participation) -> list[Participation]:
    """Whom somebody has named, in their order; who takes part no more is left out."""
    found = Wish.objects.filter(by=held, about__until__isnull=True).select_related("about__membership__organisation")
    return [wish.about for wish in found.order_by("rank")]


def opened_in(programme: Programme) -> bool:
    """Do both sides of a programme say whom they would like?"""
    return MatchingPolicy.objects.filter(programme=programme, way=Way.RANKING).exists()
