"""Reads of programmes and participations."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE, MembershipState
from alongside.people.models import Profile
from alongside.people.terms import RosterRole
from alongside.programmes.models import Participation, Programme, SavedSection
from alongside.programmes.terms import Part, ProgrammeState


def _parts_of(actor: Actor) -> QuerySet[Participation]:
    return Participation.objects.filter(membership=actor.membership, until__isnull=True)


_uninvited = Count(
    "participations__membership",
    filter=Q(
        participations__until__isnull=True,
        participations__membership__state=MembershipState.LISTED,
    )
    & ~Q(participations__part=Part.COORDINATOR)
    & ~Q(participations__membership__work_address=""),  # nobody can invite them by mail
    distinct=True,
)


_begun = Coalesce(
    Subquery(
        SavedSection.objects.filter(programme=OuterRef("pk")).values("programme").annotate(n=Count("pk")).values("n")
    ),
    0,
)


def visible_to(actor: Actor) -> QuerySet[Programme]:
    """The programmes that the actor coordinates or takes part in."""
    return Programme.objects.filter(
        organisation=actor.organisation, pk__in=_parts_of(actor).values("programme")
    ).select_related("organisation")


def coordinated_by(actor: Actor) -> QuerySet[Programme]:
    """The programmes that the actor coordinates."""
    parts = _parts_of(actor).filter(part=Part.COORDINATOR)
    return Programme.objects.filter(organisation=actor.organisation, pk__in=parts.values("programme")).select_related(
        "organisation"
    )


def desk(actor: Actor) -> list[Programme]:
    """The programmes that the actor coordinates, the ones that run first, without those that are archived.

    Each with `mentors`, `mentees`, `uninvited`, and how many sections of its design have been saved (`begun`). Loaded
    once for a page that assembles.
    """
    return hooks.once(("desk", actor.ref), lambda: _desk(actor))


def _desk(actor: Actor) -> list[Programme]:
    found = with_counts(coordinated_by(actor)).filter(archived_at__isnull=True)
    found = found.annotate(uninvited=_uninvited, begun=_begun)
    order = [ProgrammeState.RUNNING, ProgrammeState.DRAFT, ProgrammeState.CLOSED]
    return sorted(found, key=lambda held: order.index(ProgrammeState(held.state)))


def archived(actor: Actor) -> QuerySet[Programme]:
    """The archived programmes that the actor coordinates or took part in, the latest first."""
    return visible_to(actor).filter(archived_at__isnull=False)


def parts_of(actor: Actor) -> list[Participation]:
    """The actor's own parts in programmes that are not closed, with the programmes."""
    held = _parts_of(actor).exclude(programme__state=ProgrammeState.CLOSED)
    return list(held.select_related("programme").order_by("programme__starts_on", "id"))


def coordinates_any(actor: Actor) -> bool:
    """Does the actor coordinate a programme?"""
    return _parts_of(actor).filter(part=Part.COORDINATOR).exists()


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


def fellows(actor: Actor) -> QuerySet[Membership]:
    """Everybody who takes part in the programmes that the actor is in: their part of the directory."""
    in_them = Participation.objects.filter(programme__in=_parts_of(actor).values("programme"), until__isnull=True)
    return Membership.objects.filter(pk__in=in_them.values("membership"))


def search_participants(programme: Programme, chosen: dict[str, str]) -> QuerySet[Participation]:
    """Who takes part, by name; `q`, `part` and `state` (of the membership) narrow."""
    found = participants(programme, *([chosen["part"]] if chosen.get("part") else []))
    if state := chosen.get("state"):
        found = found.filter(membership__state=state)
    for word in chosen.get("q", "").split():
        found = found.filter(Q(membership__name__icontains=word) | Q(membership__known_as__icontains=word))
    return found


def addable(programme: Programme, chosen: dict[str, str]) -> QuerySet[Profile]:
    """The organisation's people who could be added, by name, with what the roster says of them.

    Left out: who has left, and who plays already every part that the roster names.
    """
    held = Participation.objects.filter(programme=programme, membership=OuterRef("membership"), until__isnull=True)
    found = (
        Profile.objects.filter(organisation=programme.organisation)
        .exclude(membership__state__in=GONE)
        .annotate(
            is_mentor=Exists(held.filter(part=Part.MENTOR)),
            is_mentee=Exists(held.filter(part=Part.MENTEE)),
            is_coordinator=Exists(held.filter(part=Part.COORDINATOR)),
        )
        .exclude(is_mentor=True, is_mentee=True)
        .exclude(is_mentor=True, roster_role=RosterRole.MENTOR)
        .exclude(is_mentee=True, roster_role=RosterRole.MENTEE)
    )
    for word in chosen.get("q", "").split():
        found = found.filter(Q(membership__name__icontains=word) | Q(membership__known_as__icontains=word))
    if said := chosen.get("said"):
        found = found.filter(roster_role=said)
    return found.select_related("membership").order_by("membership__name", "membership_id")


def joined(programme: Programme) -> QuerySet[Participation]:
    """Mentors and mentees who have joined."""
    return takers(programme).filter(membership__state=MembershipState.ACTIVE)


def invited(programme: Programme) -> QuerySet[Participation]:
    """Mentors and mentees who have been invited or have joined."""
    return takers(programme).exclude(membership__state=MembershipState.LISTED)


def takers(programme: Programme) -> QuerySet[Participation]:
    """Everybody who is mentor or mentee in a programme now."""
    return Participation.objects.filter(programme=programme, until__isnull=True).exclude(part=Part.COORDINATOR)


def with_counts(found: QuerySet[Programme]) -> QuerySet[Programme]:
    """With the numbers of `mentors` and `mentees` that take part now."""
    held = Q(participations__until__isnull=True)
    return found.annotate(
        mentors=Count("participations", filter=held & Q(participations__part=Part.MENTOR)),
        mentees=Count("participations", filter=held & Q(participations__part=Part.MENTEE)),
    ).order_by("-starts_on", "name", "id")
