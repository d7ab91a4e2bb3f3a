"""An organisation of any size, straight into the tables: `population.py PEOPLE` prints the pages and sign-ins."""

import json
import logging
import random
import sys
from datetime import timedelta

import django

django.setup()
logging.disable(logging.INFO)  # only what goes wrong is said

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from alongside.config.management.commands.serve import collect_static  # noqa: E402
from alongside.foundation import clock, search, sets  # noqa: E402
from alongside.foundation.events.refs import new_ref  # noqa: E402
from alongside.foundation.identity import actions as identity  # noqa: E402
from alongside.foundation.identity.actors import SYSTEM  # noqa: E402
from alongside.foundation.identity.models import Account, Membership, Organisation  # noqa: E402
from alongside.foundation.identity.terms import MembershipState, OrganisationRoleName  # noqa: E402
from alongside.people.models import Link, Profile, ProfileSkill, Skill  # noqa: E402
from alongside.people.queries import SEARCH_KIND  # noqa: E402
from alongside.people.roster.headers import fold  # noqa: E402
from alongside.programmes.actions import count_funnel  # noqa: E402
from alongside.programmes.models import Participation, Programme  # noqa: E402
from alongside.relationships.models import Party, Relationship  # noqa: E402
from parts.rosters import FORENAMES, PLACES, SITES, SKILLS, SURNAMES  # noqa: E402

IN_A_PROGRAMME = 2500
FOUND = 20  # whom a search for "okaf imag" finds, whatever the size: a page that shows more has more to draw
FOUND_NAME, FOUND_DEPARTMENT, FOUND_TEAM = "Okafor", "Acute services", "Imaging"
BATCH = 5000


def main(people: int) -> None:
    chance = random.Random(people)
    organisation, carys = _organisation()
    with sets.room(256), transaction.atomic():
        members = _members(organisation, people, chance)
        profiles = _profiles(organisation, members, chance)
        _index(organisation, members, profiles)
        programmes = _programmes(organisation, carys, members)
        pairs = [pair for programme, some in programmes for pair in _pairs(programme, some)]
    for programme, _some in programmes:
        count_funnel(programme)  # as the job does that such changes ask for
    sets.know_sizes()  # as a job does every day
    relationship, mentor, mentee = pairs[len(pairs) // 2]
    amara = _joined(mentor.membership)
    collect_static()
    slug = relationship.programme.slug
    print(
        json.dumps(
            {
                "people": Membership.objects.count(),
                "pairs": len(pairs),
                "programmes": len(programmes),
                "signed_in": {"carys": _cookie(carys.account), "amara": _cookie(amara)},
                "slug": slug,
                "person": mentee.membership.ref,
                "participation": mentor.ref,
                "pair": relationship.ref,
            }
        )
    )


def _organisation() -> tuple[Organisation, Membership]:
    account = identity.create_account(
        email="carys@large.example", password=None, timezone="Europe/London", language="en-gb"
    )
    carys = identity.set_up_organisation(
        name="Large",
        timezone="Europe/London",
        language="en-gb",
        privacy_contact=account.email,
        account=account,
        person="Carys Llewellyn",
    )
    identity.grant_role(carys, OrganisationRoleName.COORDINATOR, by=SYSTEM)
    return carys.organisation, carys


def _members(organisation: Organisation, count: int, chance: random.Random) -> list[Membership]:
    others = [name for name in SURNAMES if name != FOUND_NAME]
    people = [
        Membership(
            organisation=organisation,
            name=f"{chance.choice(FORENAMES)} {FOUND_NAME if _is_found(number, count) else chance.choice(others)}",
            work_address=f"person{number}@large.example",
            employee_number=f"N{number:06}",
        )
        for number in range(count)
    ]
    return Membership.objects.bulk_create(people, batch_size=BATCH)


def _is_found(number: int, count: int) -> bool:
    return number % max(count // FOUND, 1) == 0


def _profiles(organisation: Organisation, members: list[Membership], chance: random.Random) -> list[Profile]:
    vocabulary = Skill.objects.bulk_create(
        Skill(organisation=organisation, name=name, folded=fold(name)) for name in SKILLS
    )
    profiles = []
    for number, member in enumerate(members):
        department = chance.choice(list(PLACES))
        team = chance.choice(PLACES[department])
        if _is_found(number, len(members)):
            department, team = FOUND_DEPARTMENT, FOUND_TEAM
        profiles.append(
            Profile(
                organisation=organisation,
                membership=member,
                department=department,
                team=team,
                site=chance.choice(SITES),
                job_title=f"Band {chance.randint(3, 9)} {team.lower()} officer",
                languages=["English"],
            )
        )
    Profile.objects.bulk_create(profiles, batch_size=BATCH)
    ProfileSkill.objects.bulk_create(
        (
            ProfileSkill(profile=profile, skill=skill, side=chance.choice(("offered", "wanted")))
            for profile in profiles
            for skill in chance.sample(vocabulary, 2)
        ),
        batch_size=BATCH,
    )
    leads = members[:: max(20, len(members) // 500)]
    Link.objects.bulk_create(
        (
            Link(source=leads[place % len(leads)], target=member)
            for place, member in enumerate(members)
            if leads[place % len(leads)] is not member
        ),
        batch_size=BATCH,
    )
    return profiles


def _index(organisation: Organisation, members: list[Membership], profiles: list[Profile]) -> None:
    texts = sorted(
        (member.ref, f"{member.name} {member.work_address} {profile.job_title} {profile.department} {profile.site}")
        for member, profile in zip(members, profiles, strict=True)
    )
    search.index_many(organisation, SEARCH_KIND, texts)


def _programmes(
    organisation: Organisation, carys: Membership, members: list[Membership]
) -> list[tuple[Programme, list[Participation]]]:
    now, today, made = clock.now(), clock.today("Europe/London"), []
    for number, start in enumerate(range(0, len(members), IN_A_PROGRAMME)):
        programme = Programme.objects.create(
            organisation=organisation,
            slug=f"large-{number}",
            name=f"Programme {number}",
            purpose="Newly promoted leaders find their feet.",
            starts_on=today - timedelta(days=100),
            ends_on=today + timedelta(days=265),
            model_key="clutterbuck",
            model_edition=1,
            state="running",
            launched_at=now,
        )
        Participation.objects.create(programme=programme, membership=carys, part="coordinator")
        some = [
            Participation(programme=programme, membership=member, part="mentee" if place % 2 else "mentor")
            for place, member in enumerate(members[start : start + IN_A_PROGRAMME])
        ]
        made.append((programme, Participation.objects.bulk_create(some, batch_size=BATCH)))
    return made


def _pairs(programme: Programme, some: list[Participation]) -> list[tuple[Relationship, Participation, Participation]]:
    now = clock.now()
    couples = list(zip(some[::2], some[1::2], strict=False))
    pairs = Relationship.objects.bulk_create(
        Relationship(
            ref=new_ref(), programme=programme, state="active", stage="progress", accepted_at=now,
            proposed_at=now - timedelta(minutes=place),
        )
        for place, _couple in enumerate(couples)
    )  # fmt: skip
    Party.objects.bulk_create(
        Party(relationship=pair, participation=held, part=part, place_no=1, answer="accepted", answered_at=now)
        for pair, couple in zip(pairs, couples, strict=True)
        for held, part in zip(couple, ("mentor", "mentee"), strict=True)
    )
    return [(pair, *couple) for pair, couple in zip(pairs, couples, strict=True)]


def _joined(membership: Membership) -> Account:
    account = identity.create_account(
        email="amara@large.example", password=None, timezone="Europe/London", language="en-gb"
    )
    Membership.objects.filter(pk=membership.pk).update(account=account, state=MembershipState.ACTIVE)
    return account


def _cookie(account: Account) -> str:
    client = Client()
    client.force_login(account, backend="alongside.foundation.identity.backend.Backend")
    return client.cookies["session"].value


if __name__ == "__main__":
    main(int(sys.argv[1]))
