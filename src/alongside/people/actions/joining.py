"""Accepting an invitation."""

from django.db import transaction

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions.without_email import use_code
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Account, Invitation, Membership, PrintedCode
from alongside.organisations.actions.notice import note_shown
from alongside.organisations.actions.provider import connect
from alongside.organisations.models import PrivacyNotice
from alongside.organisations.rules import Proved
from alongside.organisations.terms import ShownWhen
from alongside.people.actions.people import change_profile


def set_up_account(
    invitation: Invitation,
    *,
    name: str,
    known_as: str,
    password: str | None,
    notice: PrivacyNotice,
    proved: Proved | None = None,
) -> Account:
    """A new account with the invited address, joined to its membership, in the name its owner goes by.

    `notice` is the version of the privacy notice that stood on the page: it is remembered, and it is no consent.
    Without a password its owner signs in with a code by mail; with `proved` also through the organisation's own
    sign-in. Raises NotPossible when the link has been used, and
    IntegrityError when the address has an account by now.
    """
    membership = invitation.membership
    with transaction.atomic():
        account = _account(membership, email=membership.work_address, password=password)
        identity.join(invitation, account=account)
        if proved:
            connect(membership, proved, by=Actor(account, membership, membership.organisation))
        _settle(membership, account, name=name, known_as=known_as, notice=notice)
    return account


def set_up_account_by_letter(
    printed: PrintedCode, *, name: str, known_as: str, password: str | None, notice: PrivacyNotice
) -> Account:
    """The same for somebody without e-mail, by the code on their letter. Without a password the next one is printed."""
    membership = printed.membership
    with transaction.atomic():
        account = _account(membership, email=None, password=password)
        use_code(printed, account=account)
        _settle(membership, account, name=name, known_as=known_as, notice=notice)
    return account


def _account(membership: Membership, *, email: str | None, password: str | None) -> Account:
    organisation = membership.organisation
    zone, language = organisation.timezone, organisation.language
    return identity.create_account(email=email, password=password, timezone=zone, language=language)


def _settle(membership: Membership, account: Account, *, name: str, known_as: str, notice: PrivacyNotice) -> None:
    _rename(membership, name)
    by = Actor(account, membership, membership.organisation)
    change_profile(membership, by=by, known_as=known_as)
    note_shown(membership, notice, by=by, when=ShownWhen.JOINING)


def _rename(membership: Membership, name: str) -> None:
    if name and name != membership.name:
        membership.name = name
        membership.save(update_fields=["name"])


def accept_invitation(invitation: Invitation, *, account: Account, notice: PrivacyNotice) -> Membership:
    """Join an account that is there already, whose owner was shown `notice`. Raises NotPossible for a used link."""
    with transaction.atomic():
        membership = identity.join(invitation, account=account)
        by = Actor(account, membership, membership.organisation)
        note_shown(membership, notice, by=by, when=ShownWhen.JOINING)
    return membership
