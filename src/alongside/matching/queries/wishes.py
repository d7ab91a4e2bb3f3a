"""Reads of whom somebody would like to be paired with: their own alone."""

from django.db.models import Exists, OuterRef, QuerySet

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import GONE
from alongside.matching.models import MatchingPolicy, Wish
from alongside.matching.terms import Way
from alongside.people.models import Link
from alongside.people.queries import directory
from alongside.people.terms import LinkKind
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part, ProgrammeState
from alongside.relationships.models import Party

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
    return found.select_related("programme__organisation", "membership").order_by("id")


def unsaid(actor: Actor) -> QuerySet[Participation]:
    """Those in which the actor is in no pair and has named nobody."""
    named, paired = Wish.objects.filter(by=OuterRef("pk")), Party.objects.filter(participation=OuterRef("pk"))
    return wishing(actor).exclude(Exists(named)).exclude(Exists(paired.filter(until__isnull=True)))


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
