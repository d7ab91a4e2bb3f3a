"""Accepting an invitation."""

from django.db import transaction

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Account, Invitation, Membership
from alongside.organisations.actions.notice import note_shown
from alongside.organisations.models import PrivacyNotice
from alongside.organisations.terms import ShownWhen
from alongside.people.actions.people import change_profile


def set_up_account(
    invitation: Invitation, *, name: str, known_as: str, password: str | None, notice: PrivacyNotice
) -> Account:
    """A new account with the invited address, joined to its membership, in the name its owner goes by.

    `notice` is the version of the privacy notice that stood on the page: it is remembered, and it is no consent.
    Without a password its owner signs in with a code by mail. Raises NotPossible when the link has been used, and
    IntegrityError when the address has an account by now.
    """
    membership = invitation.membership
    organisation = membership.organisation
    with transaction.atomic():
        account = identity.create_account(
            email=membership.work_address,
            password=password,
            timezone=organisation.timezone,
            language=organisation.language,
        )
        membership = identity.join(invitation, account=account)
        _rename(membership, name)
        by = Actor(account, membership, organisation)
        change_profile(membership, by=by, known_as=known_as)
        note_shown(membership, notice, by=by, when=ShownWhen.JOINING)
    return account


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
