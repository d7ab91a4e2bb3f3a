"""The directory: whom an actor finds among the members of their programmes, and what of each."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet

from alongside.foundation import access, search
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people import policy
from alongside.people.models import OwnValue, Profile, ProfileSkill
from alongside.people.queries import FELLOW_KIND, GONE, Person, fellows, ties, visible_to, with_entries, with_profiles
from alongside.people.roster.headers import fold
from alongside.people.terms import Showing, Side

FIELDS = {
    Showing.HEADLINE: ("headline", "languages", "interests", "career_aim"),
    Showing.WORK: ("job_title", "grade", "department", "team", "site"),
    Showing.PRONOUNS: ("pronouns",),
    Showing.TIMES: ("working_days", "ways_to_meet"),
}


def shows(profile: Profile) -> set[str]:
    """What somebody shows to the members of their programmes: nothing before they have joined and could choose."""
    if profile.membership.account_id is None:
        return set()
    return {str(what) for what in Showing if getattr(profile, f"show_{what}")}


def fetch(actor: Actor, ref: str) -> Person:
    """One person with their usual times, as the actor may see them: two queries. Raises Http404 as `access.fetch`."""
    people = visible_to(actor)
    # Of these by ref: a list of all whom a coordinator may find would be made first.
    found = Profile.objects.filter(membership__in=people.filter(ref=ref)).select_related("membership", "pause")
    found = found.annotate(has_own_fields=Exists(OwnValue.objects.filter(profile=OuterRef("pk"))))
    profile = access.find(found, membership__ref=ref)
    profile = profile or Profile(membership=access.fetch(people, ref=ref))
    (person,) = _as_seen(actor, with_entries([Person(profile.membership, profile)], times=True))
    return person


def seen(actor: Actor, memberships: Iterable[Membership]) -> list[Person]:
    """People as the actor may see them, in the order given: what they do not show is left out."""
    return _as_seen(actor, with_profiles(memberships))


def _as_seen(actor: Actor, people: list[Person]) -> list[Person]:
    if policy.manages_people(actor, None):
        return [_whole(person) for person in people]
    partners = set(ties.of(actor, ties.Tie.PARTNER).values_list("pk", flat=True))
    near = {actor.membership.pk, *partners}
    return [_whole(person) if person.membership.pk in near else _as_chosen(person) for person in people]


def as_fellows_see(memberships: Iterable[Membership]) -> list[Person]:
    """People as the members of their programmes see them."""
    return [_as_chosen(person) for person in with_profiles(memberships)]


def _whole(person: Person) -> Person:
    return replace(person, shown={str(what) for what in Showing})


def _as_chosen(person: Person) -> Person:
    shown = shows(person.profile)
    kept = {name: getattr(person.profile, name) for what in shown for name in FIELDS.get(Showing(what), ())}
    profile = Profile(membership=person.membership, organisation=person.membership.organisation, **kept)
    skills = (person.offered, person.wanted) if Showing.SKILLS in shown else ([], [])
    times = person.times if Showing.TIMES in shown else []
    return Person(person.membership, profile, *skills, times, shown)


def search_fellows(actor: Actor, *, q: str = "", skill: str = "", sort: str = "name") -> QuerySet[Membership]:
    """The members of the actor's programmes, by name; only what somebody shows finds them."""
    found = search.match(fellows(actor), actor.organisation, FELLOW_KIND, q).exclude(state__in=GONE)
    if skill:
        offering = ProfileSkill.objects.filter(
            skill__organisation=actor.organisation, skill__folded=fold(skill), side=Side.OFFERED,
            profile__show_skills=True, profile__membership__account__isnull=False,
        )  # fmt: skip
        found = found.filter(pk__in=offering.values("profile__membership"))
    found = found.select_related("organisation")
    return found.order_by("-name", "-id") if sort == "-name" else found.order_by("name", "id")
