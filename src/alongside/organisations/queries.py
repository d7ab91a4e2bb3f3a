"""Reads of an organisation's roles."""

from alongside.foundation.identity.models import Membership, Organisation, OrganisationRole


def by_role(organisation: Organisation) -> dict[str, list[Membership]]:
    """Who has which role now, by name: one query for all of them."""
    held = OrganisationRole.objects.filter(membership__organisation=organisation, until__isnull=True)
    found: dict[str, list[Membership]] = {}
    for row in held.select_related("membership").order_by("membership__name", "membership_id"):
        found.setdefault(row.role, []).append(row.membership)
    return found


def has_holder(organisation: Organisation, role: str) -> bool:
    """Has anybody this role now?"""
    held = OrganisationRole.objects.filter(membership__organisation=organisation, until__isnull=True, role=role)
    return held.exists()
