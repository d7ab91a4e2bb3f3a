"""What an organisation has given of somebody before they join: named to them, with its source."""

from django.utils.functional import Promise

from alongside.foundation.identity.models import Membership
from alongside.people.models import Link, Profile, ProfileSkill
from alongside.people.terms import LinkKind, Meaning, Side

_OF_THE_MEMBERSHIP = (Meaning.NAME, Meaning.KNOWN_AS, Meaning.WORK_ADDRESS, Meaning.EMPLOYEE_NUMBER)
_OF_THE_PROFILE = (
    Meaning.JOB_TITLE, Meaning.GRADE, Meaning.DEPARTMENT, Meaning.TEAM, Meaning.SITE, Meaning.START_DATE,
    Meaning.LANGUAGES, Meaning.WORKING_DAYS, Meaning.HEADLINE, Meaning.CAREER_AIM,
)  # fmt: skip
_SKILLS = {Side.OFFERED: Meaning.SKILLS_OFFERED, Side.WANTED: Meaning.SKILLS_WANTED}


def given_before(membership: Membership) -> list[str | Promise]:
    """Which kinds of facts are there already, by what they are called: three queries. Never the facts themselves."""
    profile = Profile.objects.filter(membership=membership).first() or Profile()
    found = [held for held in _OF_THE_MEMBERSHIP if getattr(membership, held.value)]
    found += [held for held in _OF_THE_PROFILE if getattr(profile, held.value)]
    sides = ProfileSkill.objects.filter(profile__membership=membership).values_list("side", flat=True).distinct()
    found += [_SKILLS[Side(side)] for side in sorted(sides)]
    named = [held.label for held in found]
    managed = Link.objects.filter(kind=LinkKind.MANAGES, target=membership, until__isnull=True).exists()
    said = [Meaning.ROLE.label] if profile.roster_role else []
    return [*named, *([Meaning.MANAGER_ADDRESS.label] if managed else []), *said]
