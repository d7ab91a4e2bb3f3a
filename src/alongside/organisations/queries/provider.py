"""Reads of an organisation's own sign-in."""

from alongside.foundation import vault
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState
from alongside.organisations.models import Provider, ProviderLink
from alongside.organisations.rules import Proved


def provider_of(organisation: Organisation) -> Provider | None:
    """An organisation's own sign-in, whether it is in use or not."""
    return Provider.objects.filter(organisation=organisation).select_related("organisation").first()


def provider_at(slug: str) -> Provider | None:
    """The sign-in in use of the organisation with this short name."""
    found = Provider.objects.filter(organisation__slug=slug.strip().lower(), enabled=True)
    return found.select_related("organisation").first()


def any_provider() -> bool:
    """Has any organisation here a sign-in of its own?"""
    return Provider.objects.filter(enabled=True).exists()


def secret_of(provider: Provider) -> str:
    """The client secret; empty where none was given."""
    return vault.unseal_one(provider.client_secret, vault.place(provider, "client_secret")) or ""


def link_of(membership: Membership) -> ProviderLink | None:
    """By whom somebody is known at the provider; None where they are not connected."""
    return ProviderLink.objects.filter(membership=membership).first()


def linked(organisation: Organisation, proved: Proved) -> Membership | None:
    """Who comes in as this subject of this issuer, and may act; None for anybody else."""
    link = ProviderLink.objects.filter(organisation=organisation, issuer=proved.issuer, subject=proved.subject)
    here = Membership.objects.filter(pk__in=link.values("membership"), state=MembershipState.ACTIVE)
    return here.select_related("account", "organisation").first()


def by_verified_address(provider: Provider, proved: Proved) -> Membership | None:
    """Who has joined, is not connected yet, and whose work address the provider vouches for; where that is wanted."""
    if not (provider.links_by_address and proved.address):
        return None
    here = Membership.objects.filter(
        organisation=provider.organisation, state=MembershipState.ACTIVE, work_address__iexact=proved.address
    )
    unlinked = here.exclude(pk__in=ProviderLink.objects.values("membership"))
    return unlinked.select_related("account", "organisation").first()
