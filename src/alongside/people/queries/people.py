"""Reads of people, their skills and their line managers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from alongside.foundation import search
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState
from alongside.people import policy, rules
from alongside.people.models import Link, Profile, ProfileSkill, WeeklyTime
from alongside.people.roster.headers import fold
from alongside.people.terms import LinkKind, Side

SEARCH_KIND = "people.membership"  # every word: for whoever lists the people
FELLOW_KIND = "people.fellow"  # what each person shows to the members of their programmes
GONE = (MembershipState.LEFT, MembershipState.ERASED)
FILTERED = ("department", "team", "site")
_ENTRY = ("profile_id", "side", "what", "day", "zone")  # of a skill, or of a usual time
_sights: list[Callable[[Actor], QuerySet[Membership]]] = []


def add_sight(sight: Callable[[Actor], QuerySet[Membership]]) -> None:
    """Let a later package show an actor more people (`programmes`: the members of their own programmes).

    `sight(actor)` gives the memberships; `may_meet(actor, membership)` follows from it.
    """
    if sight not in _sights:
        _sights.append(sight)


def visible_to(actor: Actor) -> QuerySet[Membership]:
    """The people whom an actor may find: coordinators and administrators everybody, others themselves and more."""
    people = Membership.objects.filter(organisation=actor.organisation).exclude(state=MembershipState.ERASED)
    return people if policy.manages_people(actor, None) else people.filter(_near(actor))


def _near(actor: Actor) -> Q:
    near = Q(pk=actor.membership.pk)
    for sight in _sights:
        near |= Q(pk__in=sight(actor).values("pk"))
    return near


def fellows(actor: Actor) -> QuerySet[Membership]:
    """Oneself and the members of one's programmes, also for whoever may list everybody."""
    people = Membership.objects.filter(organisation=actor.organisation).exclude(state=MembershipState.ERASED)
    return people.filter(_near(actor))


@dataclass
class Person:
    """A membership with its profile and skills: whole from `with_profiles`, as a viewer may see it from `directory`."""

    membership: Membership
    profile: Profile
    offered: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    times: list[rules.Weekly] = field(default_factory=list)  # where they were asked for
    shown: set[str] = field(default_factory=set)  # of `Showing`: what the viewer sees, where it was asked


def with_profiles(memberships: Iterable[Membership]) -> list[Person]:
    """The people of a page, in its order: two queries, however many they are."""
    held = list(memberships)
    said = Profile.objects.filter(membership__in=held).select_related("pause")
    profiles = {profile.membership_id: profile for profile in said}
    people = [Person(member, profiles.get(member.pk) or Profile(membership=member)) for member in held]
    for person in people:
        person.profile.membership = person.membership
    return with_entries(people)


def with_entries(people: list[Person], *, times: bool = False) -> list[Person]:
    """The same people with their skills, and with their usual times where asked: one query."""
    by_profile = {person.profile.pk: person for person in people if person.profile.pk}
    skills = ProfileSkill.objects.filter(profile__in=by_profile)
    asked = skills.annotate(what=F("skill__name"), day=Value(0), zone=Value("")).values_list(*_ENTRY)
    if times:
        weekly = WeeklyTime.objects.filter(profile__in=by_profile).order_by()
        asked = asked.union(weekly.annotate(side=Value(""), what=F("part")).values_list(*_ENTRY), all=True)
    for profile, side, what, day, zone in asked.order_by("day", "what"):
        person = by_profile[profile]
        if side:
            (person.offered if side == Side.OFFERED else person.wanted).append(what)
        else:
            person.times.append(rules.Weekly(day, what, zone))
    return people


def as_listed(people: QuerySet[Membership]) -> QuerySet[Membership]:
    """With what their list says of each: `job_title`, `department`, `team`, `site`; empty where there is no profile."""
    said = Profile.objects.filter(membership=OuterRef("pk"))
    names = ("job_title", *FILTERED)
    return people.annotate(**{name: Coalesce(Subquery(said.values(name)), Value("")) for name in names})


def search_people(
    actor: Actor, *, q: str = "", department: str = "", site: str = "", skill: str = "", state: str = "",
    team: str = "", sort: str = "name",
) -> QuerySet[Membership]:  # fmt: skip
    """The people whom an actor may find, narrowed and sorted (by name, or with "-name" from the end)."""
    found = search.match(visible_to(actor), actor.organisation, SEARCH_KIND, q)
    said = {"department": department, "site": site, "team": team}
    said = {name: value for name, value in said.items() if value}
    if said:
        fitting = Profile.objects.filter(organisation=actor.organisation, **said)
        found = found.filter(pk__in=fitting.values("membership"))
    if skill:
        having = ProfileSkill.objects.filter(
            skill__organisation=actor.organisation, skill__folded=fold(skill), side=Side.OFFERED
        )
        found = found.filter(pk__in=having.values("profile__membership"))
    found = found.filter(state=state) if state else found.exclude(state__in=GONE)
    return found.order_by("-name", "-id") if sort == "-name" else found.order_by("name", "id")


def present_count(organisation: Organisation) -> int:
    """How many people belong to an organisation now."""
    return Membership.objects.filter(organisation=organisation).exclude(state__in=GONE).count()


def profile_of(membership: Membership) -> Profile:
    """Somebody's profile; an empty one, not yet kept, where there is none."""
    return Profile.objects.filter(membership=membership).first() or Profile(
        membership=membership, organisation=membership.organisation
    )


def skills_of(membership: Membership, side: str) -> list[str]:
    """What somebody offers or wants, by name."""
    held = ProfileSkill.objects.filter(profile__membership=membership, side=side)
    return list(held.order_by("skill__name").values_list("skill__name", flat=True))


def managers(membership: Membership) -> QuerySet[Membership]:
    """Who manages somebody now."""
    links = Link.objects.filter(kind=LinkKind.MANAGES, target=membership, until__isnull=True)
    return Membership.objects.filter(pk__in=links.values("source"))


def managed_by(membership: Membership) -> QuerySet[Membership]:
    """Whom somebody manages now."""
    links = Link.objects.filter(kind=LinkKind.MANAGES, source=membership, until__isnull=True)
    return Membership.objects.filter(pk__in=links.values("target"))


def above_and_below(membership: Membership, most: int) -> tuple[list[Membership], list[Membership]]:
    """Who manages somebody now, and the first `most` of whom they manage, by name: one query."""
    links = Link.objects.filter(kind=LinkKind.MANAGES, until__isnull=True).select_related("source", "target")
    near = links.filter(Q(source=membership) | Q(target=membership))
    is_below = Case(When(source=membership, then=Value(1)), default=Value(0))  # nobody has two managers
    found = list(near.order_by(is_below, "target__name", "target_id")[: most + 1])
    above = [link.source for link in found if link.target_id == membership.pk]
    return above, [link.target for link in found if link.source_id == membership.pk][:most]


def said_in_roster(organisation: Organisation) -> QuerySet[Profile]:
    """The profiles whose roster named a role (`roster_role`, `roster_capacity`), with their memberships, by name.

    A programme takes its participants from these.
    """
    said = Profile.objects.filter(organisation=organisation).exclude(roster_role="")
    return said.exclude(membership__state__in=GONE).select_related("membership").order_by("membership__name", "pk")
