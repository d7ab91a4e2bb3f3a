"""Who is what in a programme, as the separation of roles needs it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Q

from alongside.foundation.identity.models import Membership, Organisation, OrganisationRole
from alongside.foundation.identity.terms import GONE, OrganisationRoleName
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.programmes.models import Design, Participation, Programme
from alongside.programmes.rules.separation import Person, Roles
from alongside.programmes.terms import Duty, Part

GUARDIANS = (OrganisationRoleName.SAFEGUARDING_LEAD, OrganisationRoleName.SAFEGUARDING_ALTERNATE)


def contact_of(programme: Programme, design: Design) -> str:
    """Whom people ask about their data: the programme's own contact, else the organisation's."""
    return design.privacy_contact or programme.organisation.privacy_contact


def person(membership: Membership) -> Person:
    """Somebody as the rules know them."""
    return Person(membership.pk, membership.name)


def roles_of(programme: Programme, contact: str, named: Mapping[str, Membership]) -> Roles:
    """Who coordinates, handles concerns, sponsors, and who is near to whom: four queries, however many take part."""
    coordinators = _coordinators(programme)
    guardians = _guardians(programme.organisation)
    sponsor = named.get(Duty.SPONSOR)
    return Roles(
        coordinators=tuple(person(held) for held in coordinators),
        leads=tuple(guardians[OrganisationRoleName.SAFEGUARDING_LEAD]),
        alternates=tuple(guardians[OrganisationRoleName.SAFEGUARDING_ALTERNATE]),
        sponsor=person(sponsor) if sponsor else None,
        near=_near(programme, {*map(person, coordinators), *(one for held in guardians.values() for one in held)}),
        contact_of=tuple(person(held) for held in coordinators if contact and contact.lower() in _addresses(held)),
    )


def _coordinators(programme: Programme) -> list[Membership]:
    held = Participation.objects.filter(programme=programme, part=Part.COORDINATOR, until__isnull=True)
    held = held.exclude(membership__state__in=GONE).select_related("membership__account").order_by("id")
    return [one.membership for one in held]


def _guardians(organisation: Organisation) -> dict[str, list[Person]]:
    held = OrganisationRole.objects.filter(
        membership__organisation=organisation, role__in=GUARDIANS, until__isnull=True
    ).exclude(membership__state__in=GONE)
    found: dict[str, list[Person]] = {role: [] for role in GUARDIANS}
    for row in held.select_related("membership").order_by("membership__name", "membership_id"):
        found[row.role].append(person(row.membership))
    return found


def _addresses(membership: Membership) -> set[str]:
    account = membership.account
    return {membership.work_address.lower(), (account.email or "").lower() if account else ""} - {""}


def _near(programme: Programme, holders: Iterable[Person]) -> frozenset[tuple[Person, Person]]:
    by_key = {holder.key: holder for holder in holders}
    takers = Participation.objects.filter(programme=programme, until__isnull=True).exclude(part=Part.COORDINATOR)
    own = takers.filter(membership__in=by_key).values_list("membership_id", "membership__name").distinct()
    near = {(by_key[key], Person(key, name)) for key, name in own}
    links = Link.objects.filter(
        kind=LinkKind.MANAGES, source__in=by_key, until__isnull=True, target__in=takers.values("membership")
    )
    near |= {
        (by_key[source], Person(target, name))
        for source, target, name in links.values_list("source_id", "target_id", "target__name")
    }
    return frozenset(near)


def would_be_near(roles: Roles, members: Iterable[Membership]) -> Roles:
    """The same roles as if some people took part: one query more, however many they are."""
    holders = {held.key: held for held in (*roles.coordinators, *roles.guardians)}
    takers = {held.pk: person(held) for held in members}
    links = Link.objects.filter(kind=LinkKind.MANAGES, source__in=holders, target__in=takers, until__isnull=True)
    near = {(holders[source], takers[target]) for source, target in links.values_list("source_id", "target_id")}
    near |= {(holders[key], takers[key]) for key in holders.keys() & takers.keys()}
    return replace(roles, near=frozenset(near))


def find_member(organisation: Organisation, said: str) -> list[Membership]:
    """Whom an address, an employee number or a whole name means, three at most: only one is an answer."""
    people = Membership.objects.filter(organisation=organisation).exclude(state__in=GONE)
    found = people.filter(Q(work_address__iexact=said) | Q(employee_number=said))
    return list(found[:3]) or list(people.filter(name__iexact=said)[:3])


def known_by(membership: Membership | None) -> str:
    """By what `find_member` finds somebody again."""
    return (membership.work_address or membership.employee_number or membership.name) if membership else ""
