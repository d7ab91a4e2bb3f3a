"""Every change of accounts, organisations, memberships and roles."""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, sets
from alongside.foundation.events import Who, event
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity import queries, rules
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import (
    Account,
    AddressChange,
    Invitation,
    Membership,
    Organisation,
    OrganisationRole,
    PrintedCode,
)
from alongside.foundation.identity.terms import GONE, MembershipState, OrganisationRoleName
from alongside.foundation.vault.registry import Reseal

INVITATION_DAYS = 14
_INVITABLE = (MembershipState.LISTED, MembershipState.INVITED)


class NotPossible(Exception):
    """The action may not happen now; its words say why and what to do."""


class TooSoon(NotPossible):
    """Somebody was invited not long ago; `again` is when they may be invited again."""

    def __init__(self, words: Any, again: datetime) -> None:
        super().__init__(words)
        self.again = again


def create_account(*, email: str | None, password: str | None, timezone: str, language: str) -> Account:
    """A new account; without a password its owner signs in with a code by mail, or without `email` on a letter."""
    account = Account(email=email, timezone=timezone, language=language, created_at=clock.now())
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save()
    return account


def set_up_organisation(
    *, name: str, timezone: str, language: str, privacy_contact: str, account: Account, person: str
) -> Membership:
    """A new organisation, whose first administrator and coordinator is `person` with `account`."""
    organisation = Organisation(
        name=name, timezone=timezone, language=language, privacy_contact=privacy_contact, slug=_free_slug(name)
    )
    with event("organisation.set_up", by=System(organisation), about=organisation):
        organisation.set_up_at = clock.now()
        organisation.save()
        membership = Membership.objects.create(
            organisation=organisation,
            account=account,
            name=person,
            work_address=account.email or "",
            state=MembershipState.ACTIVE,
            created_at=clock.now(),
            joined_at=clock.now(),
        )
        for role in (OrganisationRoleName.ADMINISTRATOR, OrganisationRoleName.COORDINATOR):
            grant_role(membership, role, by=System(organisation))
    return membership


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or new_ref()
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)


def change_organisation(organisation: Organisation, *, by: Who, **changes: str) -> None:
    """Change an organisation's name, zone, language or privacy contact."""
    with event("organisation.changed", by=by, about=organisation, fields=",".join(sorted(changes))):
        for field, value in changes.items():
            setattr(organisation, field, value)
        organisation.save(update_fields=list(changes))


def grant_role(membership: Membership, role: str, *, by: Who) -> None:
    """Give somebody a role in their organisation; nothing happens where they have it already."""
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=membership.pk)  # a double click waits here
        if OrganisationRole.objects.filter(membership=membership, role=role, until__isnull=True).exists():
            return
        with event("role.granted", by=by, about=membership, role=role):
            OrganisationRole.objects.create(membership=membership, role=role, since=clock.now())


def end_role(membership: Membership, role: str, *, by: Who) -> None:
    """Take a role away; nothing happens where nobody has it. Raises NotPossible for the last administrator."""
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
        held = OrganisationRole.objects.filter(role=role, until__isnull=True, membership__organisation=organisation)
        if not held.filter(membership=membership).exists():
            return
        others = held.exclude(membership=membership).filter(membership__state=MembershipState.ACTIVE)
        if role == OrganisationRoleName.ADMINISTRATOR and not others.exists():
            raise NotPossible(_("An organisation needs an administrator who has joined. Name another one first."))
        with event("role.ended", by=by, about=membership, role=role):
            held.filter(membership=membership).update(until=clock.now())


def add_membership(*, organisation: Organisation, name: str, by: Who, **facts: str) -> Membership:
    """List one person (known_as, work_address, employee_number). Nobody is told."""
    membership = Membership(organisation=organisation, name=name, created_at=clock.now(), **facts)
    with event("membership.added", by=by, about=membership):
        membership.save()
    return membership


def add_memberships(organisation: Organisation, rows: QuerySet[Any], **columns: Any) -> int:
    """List everybody of `rows` in one statement; the caller's event (an import) remembers it. Nobody is told.

    `columns` are expressions over `rows`: ref, name, known_as, work_address, employee_number. Raises IntegrityError
    where an address or a number is somebody's already.
    """
    return sets.insert_from(
        Membership,
        rows,
        organisation=organisation.pk,
        state=MembershipState.LISTED,
        created_at=clock.now(),
        connection="",
        **columns,
    )


def invite(membership: Membership, *, by: Who) -> str:
    """Make a link by which the person joins, and return its token; earlier links stop working.

    Raises NotPossible where there is no address, or the person has joined or left, and TooSoon where they were
    invited not long ago.
    """
    if not membership.work_address:
        raise NotPossible(_("Add an e-mail address first."))
    token = secrets.token_urlsafe(24)
    with event("membership.invited", by=by, about=membership, notify=False):
        now = clock.now()
        held = Membership.objects.select_for_update().get(pk=membership.pk)  # two clicks invite once
        if held.state not in _INVITABLE:
            raise NotPossible(_("Only people who have not joined yet can be invited."))
        if again := queries.invitable_from([membership]).get(membership.pk):
            raise TooSoon(_("They were invited not long ago."), again)
        _end_invitations(membership)
        membership.invitations.filter(made_at__lte=now - rules.INVITATIONS_COUNT_FOR).delete()
        Invitation.objects.create(
            membership=membership,
            token_hash=rules.token_hash(token),
            made_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
        membership.state = MembershipState.INVITED
        membership.save(update_fields=["state"])
    return token


def _end_invitations(membership: Membership) -> None:
    """Links that were not used work no more; when they were made is still counted."""
    membership.invitations.filter(used_at__isnull=True, ended_at__isnull=True).update(ended_at=clock.now())


def find_invitation(token: str) -> Invitation | None:
    """The open invitation of a token; None when it is unknown, used or too old."""
    still_open = Invitation.objects.filter(used_at__isnull=True, ended_at__isnull=True, expires_at__gt=clock.now())
    for_whom = still_open.filter(token_hash=rules.token_hash(token), membership__state__in=_INVITABLE)
    return for_whom.select_related("membership__organisation").first()


def join(invitation: Invitation, *, account: Account) -> Membership:
    """Join an account to the invited membership. Raises NotPossible when the link has been used."""
    membership = invitation.membership
    with event("membership.joined", by=System(membership.organisation), about=membership):
        unused = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, ended_at__isnull=True)
        if not (waits_to_join(membership) and unused.update(used_at=clock.now())):
            raise NotPossible(_("This link has been used. Sign in instead."))
        take_in(membership, account)
    return membership


def waits_to_join(membership: Membership) -> bool:
    """Suspended or gone since the link was mailed: the state decides, and not what was read before."""
    return Membership.objects.select_for_update().filter(pk=membership.pk, state__in=_INVITABLE).exists()


def take_in(membership: Membership, account: Account) -> None:
    """Part of joining, within its event. Raises NotPossible where the account has a membership here already."""
    if Membership.objects.filter(organisation=membership.organisation, account=account).exists():
        raise NotPossible(_("This account belongs to somebody else in the organisation. Sign out and try again."))
    membership.account, membership.state = account, MembershipState.ACTIVE
    membership.joined_at = clock.now()
    membership.save(update_fields=["account", "state", "joined_at"])


def end_codes(membership: Membership) -> None:
    """Part of another action: codes on letters that were not used work no more."""
    PrintedCode.objects.filter(membership=membership, used_at=None, ended_at=None).update(ended_at=clock.now())


def suspend(membership: Membership, *, by: Who) -> None:
    """Stop somebody's reading and writing at once, until they are let back in."""
    _move(membership, MembershipState.SUSPENDED, name="membership.suspended", by=by)


def restore(membership: Membership, *, by: Who) -> None:
    """Let a suspended person back in."""
    state = MembershipState.ACTIVE if membership.account_id else MembershipState.LISTED
    _move(membership, state, name="membership.restored", by=by)


def leave(membership: Membership, *, by: Who) -> datetime:
    """Somebody leaves the organisation; later packages end what they were part of, as of the moment that is returned.

    Raises NotPossible for the last administrator who has joined.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=membership.organisation_id)
        if queries.only_administrator(membership.organisation) == membership.pk:
            raise NotPossible(_("An organisation needs an administrator. Name another one first."))
        return _move(membership, MembershipState.LEFT, name="membership.left", by=by)


def take_back_leaving(membership: Membership, state: str, *, by: Who) -> None:
    """That somebody left was a mistake: they are what they were. Whoever was invited has to be invited again.

    Raises NotPossible for whoever has not left.
    """
    state = MembershipState.LISTED if state == MembershipState.INVITED else state
    with event("membership.returned", by=by, about=membership):
        back = Membership.objects.filter(pk=membership.pk, state=MembershipState.LEFT).update(state=state)
        if not back:
            raise NotPossible(_("%(name)s has not left.") % {"name": membership.name})
        membership.refresh_from_db(fields=["state"])


def _move(membership: Membership, state: str, *, name: str, by: Who) -> datetime:
    with event(name, by=by, about=membership) as happened:
        if state in GONE:
            _end_invitations(membership)
            end_codes(membership)
        membership.state = state
        membership.save(update_fields=["state"])
    return happened.at


def make_nameless(membership: Membership, *, called: str) -> bool:
    """Leave nothing of somebody but a ref: records of others stand on it. The caller's event remembers it.

    `called` is what pages show instead of a name. Their account goes when this was its last membership; its sessions
    end in any case. True where the account went. Raises NotPossible for the last administrator who has joined.
    """
    account = membership.account
    if queries.only_administrator(membership.organisation) == membership.pk:
        raise NotPossible(_("An organisation needs an administrator. Name another one first."))
    Membership.objects.filter(pk=membership.pk).update(
        name=called, known_as=called[:60], work_address="", employee_number="", account=None,
        state=MembershipState.ERASED,
    )  # fmt: skip
    membership.refresh_from_db()
    if account is None:
        return False
    end_sessions(account)
    is_last = not Membership.objects.filter(account=account).exists()
    if is_last:
        _end_account(account)
    return is_last


def _end_account(account: Account) -> None:
    for model, name in sets.referring(Account):  # addresses, second factors, sessions: allauth's tables too
        model._default_manager.filter(**{name: account.pk}).delete()
    Account.objects.filter(pk=account.pk).delete()


def end_sessions(account: Account) -> int:
    """End every session of an account, and those in which somebody is about to sign in with it; how many."""
    return _end_sessions_that(lambda said: _is_of(said, account))


def end_sessions_naming(stand_in: Callable[[Any], bool]) -> int:
    """End the sessions in whose notes somebody stands, such as "Ben Thomas was invited"; how many."""
    return _end_sessions_that(stand_in)


def _is_of(said: Mapping[str, Any], account: Account) -> bool:
    is_in = said.get("_auth_user_id") == str(account.pk)
    if is_in or not account.email:
        return is_in
    begun = json.dumps({key: held for key, held in said.items() if key.startswith("account_")}, default=str).lower()
    return json.dumps(account.email)[1:-1] in begun


def _end_sessions_that(fit: Callable[[Any], bool]) -> int:
    found = [held.pk for held in Session.objects.iterator(chunk_size=500) if fit(held.get_decoded())]
    return Session.objects.filter(pk__in=found).delete()[0]


def change_settings(account: Account, *, timezone: str, language: str, by: Who) -> None:
    """Change an account's own zone and language."""
    with event("account.changed", by=by, about=account):
        account.timezone, account.language = timezone, language
        account.save(update_fields=["timezone", "language"])


def ask_address_change(account: Account, *, address: str, by: Who) -> tuple[str, str]:
    """Begin to change the address somebody signs in with; an earlier change is given up.

    Returns a token for the new mailbox and one for the old: each confirms once, for an hour, to its owner alone.
    """
    tokens = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    with event("account.address_asked", by=by, about=account):
        Account.objects.select_for_update().get(pk=account.pk)
        AddressChange.objects.filter(account=account).delete()
        AddressChange.objects.create(
            account=account,
            new_address=address.strip().lower(),
            new_token_hash=rules.token_hash(tokens[0]),
            old_token_hash=rules.token_hash(tokens[1]),
            old_confirmed_at=None if account.email else clock.now(),  # who has no address yet has no mailbox to ask
            made_at=clock.now(),
            expires_at=clock.now() + rules.ADDRESS_CHANGE_LASTS,
        )
    return tokens


def confirm_address(account: Account, token: str, *, by: Who) -> bool:
    """Confirm from one mailbox; True once both have, and the address is changed.

    Raises NotPossible where the link works no more, or the address has come to belong to another account.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)  # two links at once: the second completes
        change = queries.address_change_by(account, token)
        if change is None:
            raise NotPossible(_("This link does not work any more. Ask for the change again."))
        mine, other = ("new", "old") if change.new_token_hash == rules.token_hash(token) else ("old", "new")
        if getattr(change, f"{other}_confirmed_at"):
            _change_address(account, change, by=by)
            return True
        if getattr(change, f"{mine}_confirmed_at") is None:
            with event("account.address_confirmed", by=by, about=account, mailbox=mine):
                setattr(change, f"{mine}_confirmed_at", clock.now())
                change.save(update_fields=[f"{mine}_confirmed_at"])
    return False


def _change_address(account: Account, change: AddressChange, *, by: Who) -> None:
    before = account.email
    try:
        with event("account.address_changed", by=by, about=account):
            account.email = change.new_address
            account.save(update_fields=["email"])
            change.delete()
    except IntegrityError:
        account.email = before
        raise NotPossible(_("This address belongs to another account by now. Ask for a different one.")) from None


def stop_address_change(account: Account, *, by: Who) -> None:
    """Give a change of the sign-in address up; nothing happens where there is none."""
    if AddressChange.objects.filter(account=account).exists():
        with event("account.address_stopped", by=by, about=account):
            AddressChange.objects.filter(account=account).delete()


def forget_address_changes() -> int:
    """Delete changes of sign-in addresses that were not confirmed in time; how many."""
    return AddressChange.objects.filter(expires_at__lte=clock.now()).delete()[0]


def reseal_second_factors(reseal: Reseal) -> int:
    """Seal the secrets of second factors anew, as a rotation asks; how many people's."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 -- models load after the apps

    from alongside.foundation.identity.second_factor import resealed  # noqa: PLC0415 -- its adapter needs the models

    count = 0
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            held = Authenticator.objects.select_for_update().filter(pk=pk).first()
            fresh = resealed(held.data, reseal) if held else {}
            if held and fresh:
                held.data |= fresh
                held.save(update_fields=["data"])
                count += 1
    return count
