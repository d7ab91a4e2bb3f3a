"""Reads of programmes and participations."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.foundation import clock, hooks, sets
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import GONE, MembershipState
from alongside.people.models import Profile, RosterImport
from alongside.people.queries.undoing import people_rows
from alongside.people.terms import RosterRole
from alongside.programmes.models import Design, Joining, Participation, Programme, SavedSection
from alongside.programmes.queries.counting import counts_due, desk_counts
from alongside.programmes.terms import JoiningState, Part, ProgrammeState


def _parts_of(actor: Actor) -> QuerySet[Participation]:
    return Participation.objects.filter(membership=actor.membership, until__isnull=True)


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows these are of one programme. A count for each asks less than one join of all."""
    counted = rows.order_by().values("programme").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


_held = Participation.objects.filter(programme=OuterRef("pk"), until__isnull=True)
_invited = Joining.objects.filter(programme=OuterRef("pk"), state=JoiningState.INVITED)
_begun = _number(SavedSection.objects.filter(programme=OuterRef("pk")))


_to_ask = Joining.objects.filter(
    programme=OuterRef("pk"), state__in=[JoiningState.INVITED, JoiningState.ASKED]
)  # as `asking.at_launch` of one programme
_asks = _number(_to_ask)
_open_to = Subquery(Design.objects.filter(programme=OuterRef("pk")).values("open_to")[:1])


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


def coordinated_pks(actor: Actor) -> set[int]:
    """Which programmes the actor coordinates; loaded once for a page that assembles."""
    return hooks.once(("coordinated_pks", actor.ref), lambda: set(coordinated_by(actor).values_list("pk", flat=True)))


def named_for(membership: Membership) -> QuerySet[Programme]:
    """The programmes that somebody is named for as coordinator, whatever their role across the organisation."""
    held = Participation.objects.filter(membership=membership, part=Part.COORDINATOR, until__isnull=True)
    return Programme.objects.filter(pk__in=held.values("programme"))


def desk(actor: Actor) -> list[Programme]:
    """The programmes that the actor coordinates, the ones that run first, without those that are archived.

    Each with whether any application waits (`has_waiting`), whether it is about to be counted (`counts_due`), and
    whether the actor is mentor or mentee in any programme (`plays`).
    Loaded once for a page that assembles.
    """
    return hooks.once(("desk", actor.ref), lambda: _desk(actor))


def _desk(actor: Actor) -> list[Programme]:
    found = coordinated_by(actor).filter(archived_at__isnull=True).order_by("-starts_on", "name", "id")
    found = found.select_related(None)  # they are all the actor's organisation's, which is known
    plays = Exists(_parts_of(actor).exclude(part=Part.COORDINATOR))
    waiting = Exists(_waiting(actor).filter(programme=OuterRef("pk")))
    found = found.annotate(plays=plays, counts_due=counts_due(), has_waiting=waiting)
    order = [ProgrammeState.RUNNING, ProgrammeState.DRAFT, ProgrammeState.CLOSED]
    for held in found:
        held.organisation = actor.organisation
    return sorted(found, key=lambda held: order.index(ProgrammeState(held.state)))


def coordinates_only(actor: Actor) -> bool:
    """Is it known without asking that the actor has programmes on their desk, and is mentor or mentee in none?"""
    found = hooks.loaded(("desk", actor.ref))
    return bool(found) and not found[0].plays


def waits(actor: Actor, what: str) -> Mapping[int, int]:
    """How much of one kind (a `hooks.DeskCount.key`) waits for the actor, by programme (primary key).

    In the programmes of their desk that run; without those in which nothing waits. Loaded once for a page that
    assembles.
    """
    running = [held for held in desk(actor) if held.state == ProgrammeState.RUNNING]
    return hooks.once(("waits", actor.ref), lambda: desk_counts(running))[what]


def in_preparation(actor: Actor) -> list[Programme]:
    """The programmes of the desk that are not launched.

    Each with whether it has people to launch with or has asked some (`has_mentors`, `has_mentees`), how many sections
    of its design have been saved (`begun`), for which part people can apply (`open_to`), and how many its launch asks
    by mail (`asks`).
    """
    drafts = [held.pk for held in desk(actor) if held.state == ProgrammeState.DRAFT]
    if not drafts:
        return []
    filled = {
        "has_mentors": Exists(_held.filter(part=Part.MENTOR)) | Exists(_invited.filter(part=Part.MENTOR)),
        "has_mentees": Exists(_held.filter(part=Part.MENTEE)) | Exists(_invited.filter(part=Part.MENTEE)),
    }
    found = Programme.objects.filter(pk__in=drafts).order_by("-starts_on", "name", "id")
    return list(found.annotate(begun=_begun, open_to=_open_to, asks=_asks, **filled))


class Waiting(NamedTuple):
    """The applications to one programme that wait: how many are new, how many people should have heard, since when."""

    programme: Programme
    applied: int
    overdue: int
    oldest: date | None


def waiting_applications(actor: Actor) -> list[Waiting]:
    """What waits in the programmes of the desk that run; without those in which nothing does."""
    running = {held.pk: held for held in _with_waiting(actor)}
    if not running:
        return []
    late = Q(news_by__lt=clock.today(actor.organisation.timezone))
    counts = {
        "applied": Count("pk", filter=Q(state=JoiningState.APPLIED)),
        "overdue": Count("pk", filter=late),
        "oldest": Min("news_by", filter=late),
    }
    rows = _waiting(actor).filter(programme__in=running).order_by().values_list("programme").annotate(**counts)
    found = {pk: counted for pk, *counted in rows}
    return [Waiting(held, *found[pk]) for pk, held in running.items() if pk in found]


def _with_waiting(actor: Actor) -> list[Any]:
    held: list[Any] = desk(actor)
    return [one for one in held if one.state == ProgrammeState.RUNNING and one.has_waiting]


def _waiting(actor: Actor) -> QuerySet[Joining]:
    states = [JoiningState.APPLIED, JoiningState.WAITING]
    return Joining.objects.filter(state__in=states).exclude(membership=actor.membership)


def archived(actor: Actor) -> QuerySet[Programme]:
    """The archived programmes that the actor coordinates or took part in, the latest first."""
    return visible_to(actor).filter(archived_at__isnull=False)


def parts_of(actor: Actor) -> list[Participation]:
    """The actor's own parts as mentor or mentee in programmes that are not closed, with the programmes."""
    held = _parts_of(actor).exclude(Q(part=Part.COORDINATOR) | Q(programme__state=ProgrammeState.CLOSED))
    return list(held.select_related("programme").order_by("programme__starts_on", "id"))


def coordinates_any(actor: Actor) -> bool:
    """Does the actor coordinate a programme?"""
    found = hooks.loaded(("desk", actor.ref))
    return _parts_of(actor).filter(part=Part.COORDINATOR).exists() if found is None else bool(found)


def participants(programme: Programme, *parts: str) -> QuerySet[Participation]:
    """Who plays these parts now, by name."""
    held = Participation.objects.filter(programme=programme, until__isnull=True)
    held = held.filter(part__in=parts) if parts else held
    return held.select_related("membership").order_by("membership__name", "membership_id")


def coordinators(programme: Programme) -> list[Membership]:
    """Who coordinates a programme now, the first one first."""
    return [held.membership for held in participants(programme, Part.COORDINATOR).order_by("id")]


def working_coordinators(programme: Programme) -> QuerySet[Participation]:
    """Who coordinates a programme and can sign in, or will."""
    return participants(programme, Part.COORDINATOR).exclude(membership__state__in=(*GONE, MembershipState.SUSPENDED))


def without_coordinator(organisation: Organisation) -> QuerySet[Programme]:
    """The programmes that go on and that nobody can look after, by name."""
    looks = Participation.objects.filter(programme=OuterRef("pk"), part=Part.COORDINATOR, until__isnull=True)
    looks = looks.exclude(membership__state__in=(*GONE, MembershipState.SUSPENDED))
    found = Programme.objects.filter(organisation=organisation).exclude(state=ProgrammeState.CLOSED)
    return found.filter(~Exists(looks)).select_related("organisation").order_by("name", "id")


def counts(programme: Programme) -> dict[str, int]:
    """How many mentors, mentees and coordinators take part now."""
    held = Participation.objects.filter(programme=programme, until__isnull=True)
    return held.aggregate(**{part.value: Count("pk", filter=Q(part=part)) for part in Part})


def fellows(actor: Actor) -> QuerySet[Membership]:
    """Everybody who takes part in the programmes that the actor is in: their part of the directory."""
    in_them = Participation.objects.filter(programme__in=_parts_of(actor).values("programme"), until__isnull=True)
    return Membership.objects.filter(pk__in=in_them.values("membership"))


def programmes_of(members: Iterable[Membership]) -> set[int]:
    """The programmes, by primary key, in which one of these people takes part now."""
    held = Participation.objects.filter(membership__in=list(members), until__isnull=True)
    return set(held.order_by().values_list("programme_id", flat=True).distinct())


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


def parts_of_people(memberships: Collection[Membership]) -> list[Participation]:
    """The parts that some people play now in programmes that are not closed, with `alone` for a last coordinator."""
    others = Participation.objects.filter(programme=OuterRef("programme"), part=Part.COORDINATOR, until__isnull=True)
    held = Participation.objects.filter(membership__in=memberships, until__isnull=True)
    held = held.exclude(programme__state=ProgrammeState.CLOSED).annotate(
        alone=Q(part=Part.COORDINATOR) & ~Exists(others.exclude(membership=OuterRef("membership")))
    )
    return list(held.select_related("programme").order_by("programme__name", "part", "pk"))


def made_by_import(roster: RosterImport) -> QuerySet[Participation]:
    """The parts that an import made: they bear the moment of its taking in."""
    if not roster.programme or roster.committed_at is None:
        return Participation.objects.none()
    of_it = Participation.objects.filter(programme__slug=roster.programme, since=roster.committed_at)
    return of_it.filter(membership__in=people_rows(roster).values("membership")).order_by()


def gone_on_since(roster: RosterImport) -> QuerySet[Participation]:
    """Those of them that somebody has changed or ended, or that are in a pair."""
    made = made_by_import(roster)
    happened = AuditEntry.objects.filter(about_kind="programmes.participation", about_ref=OuterRef("ref"))
    touched: Any = Q(until__isnull=False) | Exists(happened)
    for model, name in sets.referring(Participation):
        touched |= Exists(model._default_manager.filter(**{name: OuterRef("pk")}))
    return made.filter(touched)


def parts_ended_at(left: Mapping[int, datetime]) -> list[Participation]:
    """The parts that ended in the very moment in which somebody left."""
    held = Participation.objects.filter(membership__in=left, until__in=set(left.values()))
    found = held.select_related("programme", "membership").order_by("programme__name", "part", "pk")
    return [part for part in found if part.until == left[part.membership_id]]


def free_parts(profile: Any) -> list[Part]:
    """The parts that somebody out of `addable` does not play yet."""
    played = {
        Part.MENTOR: profile.is_mentor,
        Part.MENTEE: profile.is_mentee,
        Part.COORDINATOR: profile.is_coordinator,
    }
    return [part for part, is_played in played.items() if not is_played]


class Chosen(NamedTuple):
    """Who was chosen to be added, with their parts, and who cannot be any more: those known, and how many others."""

    people: Sequence[tuple[Profile, list[Part]]] = ()
    gone: Sequence[Membership] = ()
    unknown: int = 0


def chosen(programme: Programme, wanted: Mapping[Part, Set[str]]) -> Chosen:
    """The people whom somebody ticked for each part, named by their refs, as they stand now."""
    refs = set().union(*wanted.values())
    if not refs:
        return Chosen()
    people = []
    for profile in addable(programme, {}).filter(membership__ref__in=refs):
        parts = [part for part in free_parts(profile) if profile.membership.ref in wanted.get(part, ())]
        people.append((profile, parts))
    able = {(profile.membership.ref, part) for profile, parts in people for part in parts}
    lost = {ref for part, ticked in wanted.items() for ref in ticked if (ref, part) not in able}
    known = Membership.objects.filter(organisation=programme.organisation, ref__in=lost)
    gone = list(known.order_by("name", "id")) if lost else []
    return Chosen([held for held in people if held[1]], gone, len(lost) - len(gone))


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
    mentors, mentees = _number(_held.filter(part=Part.MENTOR)), _number(_held.filter(part=Part.MENTEE))
    return found.annotate(mentors=mentors, mentees=mentees)
