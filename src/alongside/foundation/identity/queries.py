"""Reads of accounts, memberships and roles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.crypto import salted_hmac

from alongside.foundation import clock
from alongside.foundation.identity import rules
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import (
    Account,
    AddressChange,
    Invitation,
    Membership,
    NamedContact,
    Organisation,
    OrganisationRole,
    PrintedCode,
)
from alongside.foundation.identity.terms import GONE, MembershipState, OrganisationRoleName


def signed_in(pk: int) -> Account | None:
    """An account by its number, with what it may act with (`acts_with`): its memberships in force, oldest first.

    One query where it has any; their organisations and present roles come along.
    """
    held = _in_force(pk)
    account = held[0].account if held else Account.objects.filter(pk=pk).first()
    if account:
        account.acts_with = held  # type: ignore[attr-defined]
    return account


def _in_force(account: int) -> list[Membership]:
    present = FilteredRelation("roles", condition=Q(roles__until__isnull=True))
    rows = (
        Membership.objects.filter(account=account, state=MembershipState.ACTIVE)
        .select_related("account", "organisation")
        .annotate(present=present, role_now=F("present__role"))  # a row for each role, and one where there is none
        .order_by("id")
    )
    held: dict[int, Any] = {}
    for row in rows:
        membership = held.setdefault(row.pk, row)
        membership.account = next(iter(held.values())).account  # one account, one object
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
        for held in _in_force(account.pk)
        if rules.asks_second_step(held.organisation.second_step, held.organisation.second_step_roles, held.roles_now)  # type: ignore[attr-defined]
    ]


WITHOUT_EMAIL = Q(account__isnull=True, work_address="") | Q(account__isnull=False, account__email__isnull=True)
"""Memberships of people to whom no mail can be sent."""


def without_email(organisation: Organisation) -> QuerySet[Membership]:
    """Who is in an organisation now and cannot be written by mail."""
    return Membership.objects.filter(WITHOUT_EMAIL, organisation=organisation).exclude(state__in=GONE)


def by_number(slug: str, number: str) -> Membership | None:
    """Whoever without e-mail has this employee number, in the organisation of this short name; None for nobody."""
    if not number or "\0" in slug + number:  # PostgreSQL refuses to look for it
        return None
    people = Membership.objects.filter(WITHOUT_EMAIL, organisation__slug=slug.lower()).exclude(state__in=GONE)
    found = list(people.select_related("organisation", "account").filter(employee_number__iexact=number)[:2])
    exact = [held for held in found if held.employee_number == number]
    return next(iter(exact or (found if len(found) == 1 else [])), None)


def open_code(membership: Membership | None, typed: str) -> PrintedCode | None:
    """The code on somebody's letter, if that is what was typed and it still works. Asked for nobody too, alike."""
    code, whose = rules.as_code(typed), membership.pk if membership else 0
    held = PrintedCode.objects.filter(membership=whose, used_at=None, ended_at=None, expires_at__gt=clock.now())
    return held.filter(code_hash=code_hash(code)).select_related("membership__organisation").first() if code else None


def open_code_by_ref(ref: str) -> PrintedCode | None:
    """The same for whoever has typed it a moment ago, and has not joined yet."""
    held = PrintedCode.objects.filter(ref=ref, used_at=None, ended_at=None, expires_at__gt=clock.now())
    waiting = held.filter(membership__state__in=(MembershipState.LISTED, MembershipState.INVITED))
    return waiting.select_related("membership__organisation").first()


def only_organisation() -> Organisation | None:
    """The one organisation of this installation; None where there are more."""
    held = list(Organisation.objects.all()[:2])
    return held[0] if len(held) == 1 else None


def code_hash(code: str) -> str:
    """What is kept of a code: of no use to whoever has the database and not the installation's secret."""
    return salted_hmac("alongside.identity.printed_code", code, algorithm="sha256").hexdigest()


def codes_open(memberships: Iterable[Membership]) -> dict[int, datetime]:
    """Until when the codes of some people work who have one, by membership: one query."""
    held = PrintedCode.objects.filter(membership__in=memberships, used_at=None, ended_at=None)
    return dict(held.filter(expires_at__gt=clock.now()).values_list("membership_id", "expires_at"))


def contact_of(membership: Membership) -> Membership | None:
    """Who is asked to tell somebody without e-mail that something waits; None for nobody, or nobody who can now."""
    named = NamedContact.objects.filter(membership=membership).values("contact")
    here = Membership.objects.filter(pk__in=named, organisation=membership.organisation_id)
    return here.exclude(WITHOUT_EMAIL).exclude(state__in=GONE).select_related("organisation", "account").first()
