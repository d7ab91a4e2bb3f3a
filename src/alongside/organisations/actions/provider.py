"""An organisation's own sign-in: setting it up, and connecting people with it."""

import secrets
from datetime import timedelta

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications, vault
from alongside.foundation.events import Who, event
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership, Organisation
from alongside.organisations.models import Provider, ProviderLink
from alongside.organisations.rules import Proved

CODE_LASTS = timedelta(minutes=10)


def set_provider(organisation: Organisation, *, client_secret: str | None, by: Who, **facts: str | bool) -> Provider:
    """Set or change an organisation's own sign-in; `client_secret` of None keeps the one that is there.

    Another issuer connects nobody any more who was connected with the former one. Where one is changed or put out of
    use, whoever came in through it is signed out.
    """
    with event("provider.changed", by=by, about=organisation, fields=",".join(sorted(facts))):
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # two at once make one row
        found = Provider.objects.filter(organisation=organisation).first() or Provider(organisation=organisation)
        before = (found.issuer, found.enabled)
        for name, value in facts.items():
            setattr(found, name, value)
        if client_secret is not None:
            place = vault.place(found, "client_secret")
            found.client_secret = vault.seal(client_secret, owner=found.key_owner, place=place)
        found.changed_at = clock.now()
        found.save()
        if (found.issuer, found.enabled) != before:
            _connected(organisation).update(connection=new_ref())
    return found


def remove_provider(provider: Provider, *, by: Who) -> None:
    """End an organisation's own sign-in: its secret is destroyed, everybody is disconnected and signed out of it."""
    with event("provider.removed", by=by, about=provider.organisation):
        _connected(provider.organisation).update(connection="")
        ProviderLink.objects.filter(organisation=provider.organisation).delete()
        vault.destroy(provider.key_owner)
        provider.delete()


def connect(membership: Membership, proved: Proved, *, by: Who) -> None:
    """From now on somebody comes in as this subject of this issuer; they are told by mail.

    Raises NotPossible where somebody else does, or they are connected with another one.
    """
    try:
        with event("provider.connected", by=by, about=membership):
            ProviderLink.objects.create(
                membership=membership,
                organisation=membership.organisation,
                issuer=proved.issuer,
                subject=proved.subject,
                made_at=clock.now(),
            )
            _keep(membership, new_ref())
            _tell(membership, _("You can now sign in through {organisation}."))
    except IntegrityError:
        words = _("This sign-in is connected with somebody already. Disconnect it there first, or use another one.")
        raise NotPossible(words) from None


def disconnect(membership: Membership, *, by: Who) -> None:
    """Somebody no longer comes in through their organisation, and is signed out where they did.

    Nothing happens where they were not connected.
    """
    held = ProviderLink.objects.filter(membership=membership)
    if held.exists():
        with event("provider.disconnected", by=by, about=membership):
            held.delete()
            _keep(membership, "")
            _tell(membership, _("You can no longer sign in through {organisation}."))


def _connected(organisation: Organisation) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation).exclude(connection="")


def _keep(membership: Membership, connection: str) -> None:
    membership.connection = connection
    membership.save(update_fields=["connection"])


def _tell(membership: Membership, words: object) -> None:
    address = membership.account.email if membership.account else None
    if address:
        notifications.tell(
            "account.safety",
            to=address,
            subject=_("How you sign in was changed"),
            lines=[
                format_lazy(words, organisation=membership.organisation.name),
                _("If it was not you, tell your administrator at once."),
            ],
            urgent=True,
        )


def mail_connecting_code(membership: Membership) -> str:
    """A code to the work address that the provider vouches for: only whoever reads that mailbox is connected."""
    code = f"{secrets.randbelow(10**8):08d}"
    words = _("Somebody signed in through {organisation} with your address. If it was you, enter this code there:")
    lines = [
        format_lazy(words, organisation=membership.organisation.name),
        code,
        _("It works for ten minutes. If it was not you, tell your administrator: you need do nothing else."),
    ]
    notifications.tell(
        "account.sign_in",
        to=membership.work_address,
        subject=_("Your code to connect your sign-in"),
        lines=lines,
        expires=clock.now() + CODE_LASTS,
        urgent=True,
        secret=True,
    )
    return code
