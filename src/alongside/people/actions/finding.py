"""The words by which people are found."""

from collections.abc import Iterable
from typing import NamedTuple

from alongside.foundation import search
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState
from alongside.people.models import Profile, ProfileSkill
from alongside.people.queries import FELLOW_KIND, SEARCH_KIND
from alongside.people.queries.directory import shows
from alongside.people.terms import Showing, Side


def index(membership: Membership) -> None:
    """Make somebody findable: by every word for whoever lists the people, by what they show for their fellows."""
    index_people(membership.organisation, [membership.pk])


def index_people(organisation: Organisation, members: Iterable[int]) -> None:
    """The same for some thousand memberships of one organisation."""
    held = list(_held(list(members)))
    search.index_many(organisation, SEARCH_KIND, ((person.ref, " ".join(_words(*person))) for person in held))
    search.index_many(organisation, FELLOW_KIND, ((person.ref, " ".join(_shown(*person))) for person in held))


def forget_people(organisation: Organisation, refs: Iterable[str]) -> None:
    """Let people who are gone be found no more."""
    held = list(refs)
    for kind in (SEARCH_KIND, FELLOW_KIND):
        search.index_many(organisation, kind, ((ref, "") for ref in held))


class _Person(NamedTuple):
    membership: Membership
    profile: Profile
    offered: list[str]

    @property
    def ref(self) -> str:
        return self.membership.ref


def _held(members: list[int]) -> Iterable[_Person]:
    profiles = Profile.objects.filter(membership__in=members).exclude(membership__state=MembershipState.ERASED)
    offered: dict[int, list[str]] = {}
    skills = ProfileSkill.objects.filter(profile__membership__in=members, side=Side.OFFERED)
    for profile, name in skills.values_list("profile_id", "skill__name"):
        offered.setdefault(profile, []).append(name)
    for profile in profiles.select_related("membership"):
        yield _Person(profile.membership, profile, offered.get(profile.pk, []))


def _words(membership: Membership, profile: Profile, offered: list[str]) -> list[str]:
    told = (profile.headline, profile.job_title, profile.department, profile.team, profile.site)
    named = (membership.name, membership.known_as, membership.work_address, membership.employee_number)
    return [*named, *told, *offered]


def _shown(membership: Membership, profile: Profile, offered: list[str]) -> list[str]:
    shown = shows(profile)
    told = {
        Showing.HEADLINE: [profile.headline],
        Showing.WORK: [profile.job_title, profile.department, profile.team, profile.site],
        Showing.SKILLS: offered,
    }
    return [membership.name, membership.known_as, *(word for what in told if what in shown for word in told[what])]
