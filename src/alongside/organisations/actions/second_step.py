"""Resetting somebody's second step, and telling them."""

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.foundation import notifications
from alongside.foundation.events import Who
from alongside.foundation.identity.actions import second_step as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Account, Membership

_SIGN_IN_ANEW = _(
    "You are signed out everywhere. Sign in as usual; where a second step is asked for, you set it up anew."
)


def reset_second_step(membership: Membership, *, by: Who) -> None:
    """An administrator lets somebody sign in without their second step once more; the person is mailed.

    Whether it is done, or another organisation of theirs has to agree first, is said to the person alone: where else
    somebody belongs is nobody's business. Raises NotPossible as identity does.
    """
    with transaction.atomic():
        done = identity.reset_second_step(membership, by=by)
        account = Account.objects.get(memberships=membership)
        _tell(account, _done(membership) if done else _waits(membership))


def reset_by_operator(account: Account) -> None:
    """The same at the word of whoever runs the installation; nobody else has to agree."""
    with transaction.atomic():
        identity.reset_by_operator(account, by=SYSTEM)
        words = _(
            "Whoever runs Alongside for you reset your second step. Your app and your recovery codes work no more."
        )
        _tell(account, [words, _SIGN_IN_ANEW])


def _tell(account: Account, lines: list[object]) -> None:
    if account.email:
        notifications.tell(
            "account.safety",
            to=account.email,
            subject=_("Your second step when signing in"),
            lines=[*lines, _("If you did not ask for this, tell your administrator at once.")],
            action=(_("Sign in"), reverse("account_login")),
            urgent=True,
        )


def _done(membership: Membership) -> list[object]:
    words = _(
        "An administrator of {organisation} reset your second step. Your app and your recovery codes work no more."
    )
    return [
        format_lazy(words, organisation=membership.organisation.name),
        _SIGN_IN_ANEW,
    ]


def _waits(membership: Membership) -> list[object]:
    words = _("An administrator of {organisation} asked that your second step be reset. It is not reset yet.")
    return [
        format_lazy(words, organisation=membership.organisation.name),
        _("Another organisation of yours asks for one too. Have its administrator do the same within a day."),
    ]
