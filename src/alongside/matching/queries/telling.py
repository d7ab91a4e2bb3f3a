"""Reads for the mails of a round: whom it is about, who they are, and what they share. A few queries for all of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from alongside.foundation.identity.models import Membership
from alongside.matching.models import Left, Offer, Published, Round, Run, Taker
from alongside.matching.shared import Said, Shared
from alongside.matching.terms import RunState
from alongside.people.queries import directory
from alongside.programmes.models import Participation
from alongside.relationships.models import Party
from alongside.relationships.terms import PairPart

_PERSON = ("membership__account", "membership__organisation")


@dataclass(frozen=True)
class ToldPair:
    """A proposed pair as the mails to its two need it."""

    ref: str
    mentee: Participation
    mentor: Participation
    shared: Shared
    mentee_said: Said
    mentor_said: Said


def published_run(round_: Round) -> Run | None:
    """The run whose pairs a round has published, or would."""
    return Run.objects.filter(round=round_, state=RunState.DONE).order_by("-number").first()


def said_in(run: Run | None) -> dict[int, Said]:
    """What a run knew of everybody, by participation: one query."""
    return dict(Taker.objects.filter(run=run).values_list("participation_id", "said")) if run else {}


def told_pairs(round_: Round) -> list[ToldPair]:
    """The pairs that a round proposed, in the order of their mentees: three queries."""
    published = {held.relationship_id: held for held in Published.objects.filter(round=round_)}
    said, parts = said_in(published_run(round_)), dict[int, dict[str, Party]]()
    for party in _parties(round_):
        parts.setdefault(party.relationship_id, {})[party.part] = party
    return [_told(published[pair], two, said) for pair, two in parts.items()]


def _parties(round_: Round) -> QuerySet[Party]:
    pairs = Published.objects.filter(round=round_).values("relationship")
    related = [f"participation__{way}" for way in _PERSON]
    found = Party.objects.filter(relationship__in=pairs).select_related("relationship", *related)
    return found.order_by("participation__membership__name", "participation_id")


def _told(held: Published, two: dict[str, Party], said: dict[int, Said]) -> ToldPair:
    mentee, mentor = (two[part].participation for part in (PairPart.MENTEE, PairPart.MENTOR))
    ref = two[PairPart.MENTEE].relationship.ref
    return ToldPair(ref, mentee, mentor, held.shared, said.get(mentee.pk, {}), said.get(mentor.pk, {}))


def told_left(round_: Round) -> list[Left]:
    """Who was not placed by a round, by name: two queries."""
    held = Left.objects.filter(run=published_run(round_), mentee__until__isnull=True)
    return list(
        held.select_related("mentee", *(f"mentee__{way}" for way in _PERSON)).order_by("mentee__membership__name", "id")
    )


def told_offers(round_: Round) -> list[Offer]:
    """The offers of a round, by the mentee's name, with the mentors in their order: three queries."""
    held = Offer.objects.filter(round=round_)
    related = held.select_related("mentee", *(f"mentee__{way}" for way in _PERSON))
    return list(related.prefetch_related("mentors__mentor__membership").order_by("mentee__membership__name", "id"))


def shown_to_fellows(people: Iterable[Membership]) -> dict[int, set[str]]:
    """What each of some people shows to the members of their programmes (`Showing`), by membership."""
    return {person.membership.pk: person.shown for person in directory.as_fellows_see(people)}
