"""Reads of accounts, memberships and roles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from alongside.foundation import clock
from alongside.foundation.identity import rules
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import (
    Account,
    AddressChange,
    Invitation,
    Membership,
    Organisation,
    OrganisationRole,
)
from alongside.foundation.identity.terms import MembershipState, OrganisationRoleName


def memberships_in_force(account: Account) -> list[Membership]:
    """The memberships that an account may act with, oldest first, with organisation and present roles: one query."""
    present = FilteredRelation("roles", condition=Q(roles__until__isnull=True))
    rows = (
        Membership.objects.filter(account=account, state=MembershipState.ACTIVE)
        .select_related("organisation")
        .annotate(present=present, role_now=F("present__role"))  # a row for each role, and one where there is none
        .order_by("id")
    )
    held: dict[int, Any] = {}
    for row in rows:
        membership = held.setdefault(row.pk, row)
        membership.account = account  # the one that is signed in: no need to read it again
        membership.roles_now = {*getattr(membership, "roles_now", ()), row.role_now} - {None}
    return list(held.values())


def actor_of(membership: Membership) -> Actor | None:
    """The actor of a membership; None while it is not in force or has no account."""
    if membership.state != MembershipState.ACTIVE or membership.account is None:
        return None
    held = getattr(membership, "roles_now", None)
    roles = held if held is not None else membership.roles.filter(until__isnull=True).values_list("role", flat=True)
    return Actor(membership.account, membership, membership.organisation, frozenset(roles))


def holders(organisation: Organisation, *roles: str) -> QuerySet[Membership]:
    """Who has any of these roles in an organisation now."""
    held = OrganisationRole.objects.filter(role__in=roles, until__isnull=True)
    return Membership.objects.filter(organisation=organisation, pk__in=held.values("membership"))


def invitable_from(memberships: Iterable[Membership]) -> dict[int, datetime]:
    """When those of some people may be invited again who were invited not long ago, by membership: one query."""
    now = clock.now()
    made: dict[int, list[datetime]] = {}
    recent = Invitation.objects.filter(membership__in=memberships, made_at__gt=now - rules.INVITATIONS_COUNT_FOR)
    for pk, at in recent.values_list("membership_id", "made_at"):
        made.setdefault(pk, []).append(at)
    free = {pk: rules.next_invitation(moments, now) for pk, moments in made.items()}
    return {pk: at for pk, at in free.items() if at}


def address_change(account: Account) -> AddressChange | None:
    """The change of the sign-in address that waits for its two mailboxes, if any."""
    return AddressChange.objects.filter(account=account, expires_at__gt=clock.now()).first()


def address_change_by(account: Account, token: str) -> AddressChange | None:
    """The same by the token of one of its links; None for a token that is not this account's, replaced, or too old."""
    change, held = address_change(account), rules.token_hash(token)
    return change if change and held in (change.new_token_hash, change.old_token_hash) else None


def only_administrator(organisation: Organisation) -> int | None:
    """The membership of the only administrator who has joined; None where there are others."""
    able = holders(organisation, OrganisationRoleName.ADMINISTRATOR).filter(state=MembershipState.ACTIVE)
    held = list(able.values_list("pk", flat=True)[:2])
    return held[0] if len(held) == 1 else None


def organisations_exist() -> bool:
    """Has anybody set up an organisation here? Until then the greeting is shown."""
    return Organisation.objects.exists()


def asking_for_second_step(account: Account) -> list[Membership]:
    """Those of somebody's memberships in force whose organisation asks them for a second step."""
    return [
        held
        for held in memberships_in_force(account)
        if rules.asks_second_step(held.organisation.second_step, held.organisation.second_step_roles, held.roles_now)  # type: ignore[attr-defined]
    ]
