"""The words by which people are found."""

from collections.abc import Iterable

from alongside.foundation import search
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState
from alongside.people.models import Profile, ProfileSkill
from alongside.people.queries import SEARCH_KIND
from alongside.people.terms import Side


def index(membership: Membership) -> None:
    """Make somebody findable by name, work details and what they offer."""
    index_people(membership.organisation, [membership.pk])


def index_people(organisation: Organisation, members: Iterable[int]) -> None:
    """The same for some thousand memberships of one organisation."""
    search.index_many(organisation, SEARCH_KIND, _texts(list(members)))


def _texts(members: list[int]) -> Iterable[tuple[str, str]]:
    profiles = Profile.objects.filter(membership__in=members).exclude(membership__state=MembershipState.ERASED)
    offered: dict[int, list[str]] = {}
    skills = ProfileSkill.objects.filter(profile__membership__in=members, side=Side.OFFERED)
    for profile, name in skills.values_list("profile_id", "skill__name"):
        offered.setdefault(profile, []).append(name)
    for profile in profiles.select_related("membership"):
        said = [*_words(profile.membership, profile), *offered.get(profile.pk, ())]
        yield profile.membership.ref, " ".join(said)


def _words(membership: Membership, profile: Profile) -> list[str]:
    told = (profile.headline, profile.job_title, profile.department, profile.team, profile.site)
    return [membership.name, membership.known_as, membership.work_address, membership.employee_number, *told]
