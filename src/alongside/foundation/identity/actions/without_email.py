"""People without e-mail: codes on letters, and who tells them that something waits."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import Who, event
from alongside.foundation.identity import queries, rules
from alongside.foundation.identity.actions import NotPossible, end_codes, take_in, waits_to_join
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Account, Membership, NamedContact, PrintedCode
from alongside.foundation.identity.terms import GONE, MembershipState


def make_code(membership: Membership, *, by: Who) -> str:
    """A code for a letter, by which somebody without e-mail signs in once within 30 days; an earlier one ends.

    Raises NotPossible for whoever has an address, has no employee number, or is suspended or gone.
    """
    code = rules.new_code()
    with event("membership.code_printed", by=by, about=membership):
        Membership.objects.select_for_update().get(pk=membership.pk)  # two clicks make one code that works
        if not queries.without_email(membership.organisation).filter(pk=membership.pk).exists():
            raise NotPossible(_("Letters are for people without e-mail who are here now."))
        if not membership.employee_number:
            raise NotPossible(_("Add an employee number first: they sign in with it."))
        end_codes(membership)
        PrintedCode.objects.create(
            membership=membership,
            code_hash=queries.code_hash(rules.as_code(code)),
            made_at=clock.now(),
            expires_at=clock.now() + rules.CODE_LASTS,
        )
        if membership.state == MembershipState.LISTED:
            with event("membership.invited", by=by, about=membership, notify=False):
                membership.state = MembershipState.INVITED
                membership.save(update_fields=["state"])
    return code


def use_code(printed: PrintedCode, *, account: Account | None = None) -> Membership:
    """Somebody signs in with the code on their letter; with `account` they join with it.

    Raises NotPossible where it was used or ended meanwhile.
    """
    membership = printed.membership
    name = "membership.joined" if account else "membership.code_used"
    with event(name, by=System(membership.organisation), about=membership):
        unused = PrintedCode.objects.filter(pk=printed.pk, used_at=None, ended_at=None, expires_at__gt=clock.now())
        waits = waits_to_join(membership) if account else membership.state == MembershipState.ACTIVE
        if not (waits and unused.update(used_at=clock.now())):
            raise NotPossible(_("This code has been used, or a newer letter has taken its place."))
        if account:
            take_in(membership, account)
    return membership


def set_contact(membership: Membership, contact: Membership | None, *, by: Who) -> None:
    """Say who is mailed that something waits for somebody without e-mail; None for nobody.

    Raises NotPossible for somebody from elsewhere, who is gone, or who has no e-mail either.
    """
    if contact and (contact.organisation_id != membership.organisation_id or contact.state in GONE):
        raise NotPossible(_("They have to be on the people list of the same organisation."))
    if contact and queries.without_email(contact.organisation).filter(pk=contact.pk).exists():
        raise NotPossible(_("They have no e-mail either. Choose somebody who has."))
    with event("membership.contact_changed", by=by, about=membership, contact=contact.ref if contact else ""):
        NamedContact.objects.filter(membership=membership).delete()
        if contact:
            NamedContact.objects.create(membership=membership, contact=contact)


def choose_password(account: Account, password: str, *, by: Who) -> None:
    """A password for whoever has just signed in with the code on a letter. Other sessions end."""
    with event("account.password_chosen", by=by, about=account):
        account.set_password(password)
        account.save(update_fields=["password"])
