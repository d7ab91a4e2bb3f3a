"""Reads for pairing by hand: who waits, who has room, and what the two have in common."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE
from alongside.people.models import ProfileSkill
from alongside.people.queries.room import rooms
from alongside.people.terms import Side
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries.leaving import managing
from alongside.relationships.queries.pairs import mentees_of
from alongside.relationships.terms import MANAGED, ON_HOLD, Ending


@dataclass(frozen=True)
class Candidate:
    """A participant on one of the two lists."""

    participation: Participation
    skills: tuple[str, ...]  # what a mentor offers, or a mentee wants
    shared: tuple[str, ...] = ()  # of these, what the chosen other one wants or offers
    free: int = 0  # a mentor's free places
    manages: bool = False  # the chosen mentee's line manager
    why_not: str = ""  # why a mentor takes nobody now: a pause, or as many mentees as they want
    parted: bool = False  # declined or ended before with the chosen mentee

    @property
    def ref(self) -> str:
        """The participation's ref."""
        return self.participation.ref

    @property
    def others(self) -> tuple[str, ...]:
        """The skills that are not shared."""
        return tuple(name for name in self.skills if name not in self.shared)


def _held() -> QuerySet[Party]:
    return Party.objects.filter(participation=OuterRef("pk"), until__isnull=True)


def _named(found: QuerySet[Participation], words: str) -> QuerySet[Participation]:
    for word in words.split():
        found = found.filter(Q(membership__name__icontains=word) | Q(membership__known_as__icontains=word))
    return found


def _present(part: str, **where: Any) -> QuerySet[Participation]:
    found = Participation.objects.filter(part=part, until__isnull=True, **where)
    return found.exclude(membership__state__in=GONE).select_related("membership", "programme")


def _completed() -> QuerySet[Party]:
    return Party.objects.filter(participation=OuterRef("pk"), relationship__ending=Ending.COMPLETED)


def mentees_without_mentor(programme: Programme) -> QuerySet[Participation]:
    """The mentees whom one could pair, by name: also those who have completed once."""
    found = _present(Part.MENTEE, programme=programme).exclude(Exists(_held()))
    return found.order_by("membership__name", "membership_id")


def mentees_waiting(programme: Programme, words: str = "") -> QuerySet[Participation]:
    """The mentees who wait for a mentor, by name. Whoever has completed waits no more, but is found by `words`."""
    found = mentees_without_mentor(programme)
    return _named(found, words) if words else found.exclude(Exists(_completed()))


def waiting(**where: Any) -> QuerySet[Participation]:
    """The mentees who have no mentor and have not completed, in any programme."""
    return _present(Part.MENTEE, **where).exclude(Exists(_held())).exclude(Exists(_completed()))


def waiting_in(programmes: Collection[int]) -> QuerySet[Any, Any]:
    """How many mentees have no mentor, by programme: rows of `programme_key` and `count`."""
    counted = waiting(programme__in=programmes).order_by().values("programme").annotate(count=Count("pk"))
    return counted.annotate(programme_key=F("programme"))


def mentors_with_room(programme: Programme, words: str = "") -> QuerySet[Participation]:
    """The mentors with a free place, by name, with `taken` places; `words` narrows."""
    taken = _held().order_by().values("participation").annotate(count=Count("pk")).values("count")
    return (
        _named(_present(Part.MENTOR, programme=programme), words)
        .annotate(taken=Coalesce(Subquery(taken, output_field=IntegerField()), Value(0)))
        .filter(capacity__gt=F("taken"))
        .order_by("membership__name", "membership_id")
    )


def fitting_first(mentors: QuerySet[Participation], mentee: Participation) -> QuerySet[Participation]:
    """Mentors who offer most of what the mentee wants first."""
    wanted = ProfileSkill.objects.filter(profile__membership=mentee.membership_id, side=Side.WANTED)
    offered = ProfileSkill.objects.filter(
        profile__membership=OuterRef("membership"), side=Side.OFFERED, skill__in=wanted.values("skill")
    )
    count = offered.order_by().values("profile").annotate(count=Count("pk")).values("count")
    return (
        mentors.exclude(membership=mentee.membership_id)
        .annotate(fit=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)))
        .order_by("-fit", "membership__name", "membership_id")
    )


def skills(participations: Iterable[Participation], side: str) -> dict[int, tuple[str, ...]]:
    """What each of them offers or wants, by membership."""
    members = [held.membership_id for held in participations]
    rows = ProfileSkill.objects.filter(profile__membership__in=members, side=side)
    named: dict[int, list[str]] = {}
    for member, name in rows.order_by("skill__name").values_list("profile__membership_id", "skill__name"):
        named.setdefault(member, []).append(name)
    return {member: tuple(names) for member, names in named.items()}


def candidate(
    held: Participation,
    named: dict[int, tuple[str, ...]],
    wishes: Collection[str] = (),
    managers: Collection[int] = (),
    full: Mapping[int, str] | None = None,
    parted: Collection[int] = (),
) -> Candidate:
    """A participant as a row of a list: with `named` skills, and what they share with the chosen other one."""
    theirs = named.get(held.membership_id, ())
    return Candidate(
        participation=held,
        skills=theirs,
        shared=tuple(name for name in theirs if name in wishes),
        free=held.capacity - getattr(held, "taken", 0),
        manages=held.membership_id in managers,
        why_not=(full or {}).get(held.membership_id, ""),
        parted=held.pk in parted,
    )


def parted_from(mentee: Participation) -> set[int]:
    """The mentors, by participation, of the mentee's pairs that one of the two declined or ended in this programme."""
    over = Party.objects.filter(participation=mentee, relationship__ending__in=(Ending.DECLINED, Ending.NO_FAULT))
    both = Party.objects.filter(relationship__in=over.values("relationship")).exclude(participation=mentee)
    return set(both.values_list("participation_id", flat=True))


def without_room(mentors: Iterable[Participation]) -> dict[int, str]:
    """Why each of these mentors takes nobody now, by membership; without those who do: two queries at most."""
    said_of = rooms(held.membership for held in mentors)
    taken = mentees_of(pk for pk, room in said_of.items() if room.most is not None)
    said = {pk: room.why_not(taken.get(pk, 0)) for pk, room in said_of.items()}
    return {pk: words for pk, words in said.items() if words}


def wanted_and_offered(mentee: Membership, mentor: Membership) -> tuple[list[str], list[str]]:
    """What the mentee wants to develop, and what the mentor offers."""
    rows = ProfileSkill.objects.filter(
        Q(profile__membership=mentee, side=Side.WANTED) | Q(profile__membership=mentor, side=Side.OFFERED)
    )
    named = list(rows.order_by("skill__name").values_list("side", "skill__name"))
    return [name for side, name in named if side == Side.WANTED], [name for side, name in named if side == Side.OFFERED]


def search_pairs(found: QuerySet[Relationship], chosen: dict[str, str], programme: Programme) -> QuerySet[Relationship]:
    """A programme's pairs by name of either and by state, newest first."""
    for word in chosen.get("q", "").split():
        named = Party.objects.filter(relationship=OuterRef("pk"), participation__membership__name__icontains=word)
        found = found.filter(Exists(named))
    if (state := chosen.get("state")) == ON_HOLD:
        found = found.filter(held_at__isnull=False)
    elif state == MANAGED:
        found = found.filter(pk__in=managing([programme.pk]).values("pk"))
    elif state:
        found = found.filter(state=state)
    return found.order_by("-proposed_at", "-id")
