"""Setting up an organisation, with the people it names first, and changing one’s own sign-in address."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications
from alongside.foundation.events import Who
from alongside.foundation.events.models import AuditHead
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.identity.queries import organisations_exist
from alongside.foundation.identity.rules import ADDRESS_CHANGE_LASTS
from alongside.foundation.identity.terms import OrganisationRoleName


def set_up(facts: dict[str, Any]) -> Membership:
    """The first organisation, its administrator and its safeguarding lead and alternate, wholly or not at all.

    Raises NotPossible when somebody else has set one up meanwhile.
    """
    with transaction.atomic():
        # The one row that every installation has: whoever holds it sets up alone, also when two begin at once.
        AuditHead.objects.get_or_create(pk=1)
        AuditHead.objects.select_for_update().get(pk=1)
        if organisations_exist():
            raise identity.NotPossible(_("This copy has been set up already. Sign in instead."))
        if Account.objects.filter(email__iexact=facts["email"]).exists():
            raise identity.NotPossible(_("There is an account with this e-mail address already. Use another one."))
        account = identity.create_account(
            email=facts["email"], password=facts["password"], timezone=facts["timezone"], language=facts["language"]
        )
        membership = identity.set_up_organisation(
            name=facts["organisation"],
            timezone=facts["timezone"],
            language=facts["language"],
            privacy_contact=facts["privacy_contact"],
            account=account,
            person=facts["name"],
        )
        for part, role in (
            ("lead", OrganisationRoleName.SAFEGUARDING_LEAD),
            ("alternate", OrganisationRoleName.SAFEGUARDING_ALTERNATE),
        ):
            if facts.get(f"{part}_email"):
                named = _listed(membership.organisation, facts[f"{part}_name"], facts[f"{part}_email"])
                identity.grant_role(named, role, by=System(membership.organisation))
    return membership


def _listed(organisation: Organisation, name: str, address: str) -> Membership:
    found = Membership.objects.filter(organisation=organisation, work_address__iexact=address).first()
    return found or identity.add_membership(
        organisation=organisation, name=name, work_address=address, by=System(organisation)
    )


def ask_address_change(account: Account, *, address: str, by: Who) -> None:
    """Mail a link to the new mailbox and one to the old, if there is one; the address changes once each is followed.

    Where another account has the address, its owner is told that somebody asked, and nothing can be confirmed: the
    same happens and the same is written, so that nobody learns who has an account here.
    """
    with transaction.atomic():
        has_owner = Account.objects.filter(email=address).exists()
        new_token, old_token = identity.ask_address_change(account, address=address, by=by)
        subject, lines, action = _already_yours() if has_owner else _to_new(new_token, alone=not account.email)
        _mail_link(address, subject, lines, action, account)
        if account.email:
            _mail_link(account.email, *_to_old(address, old_token), account)


def _already_yours() -> tuple[Any, list[Any], None]:
    lines = [
        _("Somebody asked to sign in to Alongside with this address from now on. An account has it already: yours."),
        _("Nothing has changed, and nothing will. You need do nothing."),
        _("If you asked for it, you have two accounts: sign in with this address, or ask for a different one."),
    ]
    return _("Somebody asked for your address"), lines, None


def _to_new(token: str, *, alone: bool) -> tuple[Any, list[Any], Any]:
    here = _("Confirm it here. The link works for one hour.")
    both = _("Confirm it here, and in the mail to the address that you sign in with now. The link works for one hour.")
    lines = [
        _("You asked to sign in to Alongside with this address from now on."),
        here if alone else both,
        _("If it was not you, somebody may have typed your address by mistake. You need do nothing."),
    ]
    return _("Confirm your new address"), lines, (_("Confirm this address"), _confirm_path(token))


def _to_old(address: str, token: str) -> tuple[Any, list[Any], Any]:
    lines = [
        format_lazy(_("You asked to sign in to Alongside with {address} instead of this address."), address=address),
        _("Confirm it here, and in the mail to the new address. The link works for one hour."),
        _("If it was not you, do not follow the link: without it nothing changes. Somebody may be using your account."),
        _("Choose a new password at once, and tell your administrator."),
    ]
    subject = _("Confirm that your sign-in address changes")
    return subject, lines, (_("Confirm the change"), _confirm_path(token))


def _confirm_path(token: str) -> str:
    return reverse("organisations:confirm_address", args=[token])


def _mail_link(to: str, subject: Any, lines: list[Any], action: Any, account: Account) -> None:
    notifications.tell(
        "account.sign_in",
        to=to,
        subject=subject,
        lines=lines,
        action=action,
        expires=clock.now() + ADDRESS_CHANGE_LASTS,
        urgent=True,
        secret=True,
        about=account.ref,
    )


def confirm_address(account: Account, token: str, *, by: Who) -> bool:
    """Confirm from one mailbox; True once both have: then the address is changed and both are told.

    Raises NotPossible where the link works no more, or the address has come to belong to another account.
    """
    with transaction.atomic():
        before = account.email
        changed = identity.confirm_address(account, token, by=by)
        if changed:
            _tell_of_change(before, account.email)
    return changed


def _tell_of_change(before: str | None, after: str | None) -> None:
    names = {"before": before, "after": after}
    beware = _("If it was not you, tell your administrator at once.")
    subject = _("Your sign-in address was changed")
    now = format_lazy(_("You now sign in to Alongside with {after}, no longer with {before}."), **names)
    if before is None:
        now = format_lazy(_("You now sign in to Alongside with {after}."), **names)
    for address in filter(None, (before, after)):
        notifications.tell("account.safety", to=address, subject=subject, lines=[now, beware], urgent=True)
