"""allauth's mails, through our outbox and in our words; sign-up closed: accounts come from invitations."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from alongside.foundation.notifications import actions, rules
from alongside.foundation.notifications.rendering import Said

_Say = Callable[[dict[str, Any]], Said]


class SignInAdapter(DefaultAccountAdapter):
    """How people sign in here."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": lazy(
            "These do not belong together. Look at both again, or have a code or a new password sent to you."
        ),
        "too_many_login_attempts": lazy("That was tried too often. Wait five minutes, then try again."),
        "rate_limited": lazy("That was asked for too often. Wait five minutes, then try again."),
        "incorrect_code": lazy("This is not the code. Look at the newest mail again."),
        "incorrect_password": lazy("This is not your password."),
        "enter_current_password": lazy("This is not the password you have."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account begins with an invitation or with setting up an organisation."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **said: Any) -> HttpResponse | None:
        """A code that was mailed to an address that is no longer the account's signs nobody in."""
        if said.get("email") and said["email"].strip().lower() != user.email:
            clear_login(request)
            return redirect("account_login")
        return super().pre_login(request, user, **said)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Is it their password? allauth looks accounts up by an address, which people without e-mail have not."""
        if user.email:
            return bool(super().reauthenticate(user, password))
        usage = ratelimit.consume(
            self.request, app="allauth.account", action="login_failed", key=f"without-email:{user.pk}"
        )
        if not usage:
            raise self.validation_error("too_many_login_attempts")
        is_theirs: bool = user.check_password(password)
        if is_theirs:
            usage.rollback()
        return is_theirs

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address of the page for a new password, on our own host whatever the request says of its host."""
        return settings.SITE_URL + _path(super().get_reset_password_from_key_url(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of allauth's mails. One that somebody waits for is refused where no mail can be delivered."""
        name = template_prefix.rpartition("/")[2]
        if name in _WAITED_FOR and not rules.can_deliver():
            raise ImmediateHttpResponse(render(self.request, "notifications/no_mail.html", status=503))
        say, waited_for = _SAYINGS.get(name, _something_changed), name in _WAITED_FOR
        actions.send_sign_in_mail(email, lambda: say(context), secret=waited_for)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _not_you() -> str:
    return _("If it was not you, somebody may have typed your address by mistake. You need do nothing.")


def _tell_us() -> str:
    return _("If it was not you, choose a new password at once and tell your administrator.")


def _login_code(context: dict[str, Any]) -> Said:
    lines = [_("Enter this code in the window in which you asked for it:"), str(context["code"])]
    return Said(_("Your code to sign in"), [*lines, _("It works for a few minutes."), _not_you()], None)


def _password_reset(context: dict[str, Any]) -> Said:
    lines = [_("You asked to choose a new password for Alongside."), _not_you()]
    return Said(_("Choose a new password"), lines, (_("Choose a new password"), _path(context["password_reset_url"])))


def _unknown_account(context: dict[str, Any]) -> Said:
    lines = [
        _("Somebody asked to sign in to Alongside with this address, but no account has it."),
        _("Perhaps you signed up with another address. If you were invited, open the link in the invitation."),
        _not_you(),
    ]
    return Said(_("No account with this address"), lines, None)


def _confirm_address(context: dict[str, Any]) -> Said:
    lines = [_("You asked to sign in to Alongside with this address from now on."), _not_you()]
    return Said(_("Confirm your address"), lines, (_("Confirm this address"), _path(context["activate_url"])))


def _address_changed(context: dict[str, Any]) -> Said:
    now = _("You now sign in to Alongside with %(address)s.") % {"address": context["to_email"]}
    return Said(_("Your sign-in address was changed"), [now, _tell_us()], None)


def _something_changed(context: dict[str, Any]) -> Said:
    return Said(_("Your account was changed"), [_("How you sign in to Alongside was changed."), _tell_us()], None)


def _changed(subject: Callable[[], str]) -> _Say:
    return lambda _context: Said(subject(), [subject() + ".", _tell_us()], None)


_WAITED_FOR = {"login_code", "password_reset_key", "unknown_account", "email_confirmation"}
_SAYINGS: dict[str, _Say] = {
    "login_code": _login_code,
    "password_reset_key": _password_reset,
    "unknown_account": _unknown_account,
    "account_already_exists": _unknown_account,
    "email_confirmation": _confirm_address,
    "email_changed": _address_changed,
    "password_changed": _changed(lambda: _("Your password was changed")),
    "password_reset": _changed(lambda: _("Your password was changed")),
    "password_set": _changed(lambda: _("Your account has a password now")),
    "email_deleted": _changed(lambda: _("A sign-in address was removed")),
    "email_confirm": _changed(lambda: _("Your sign-in address was confirmed")),
    "totp_activated": _changed(lambda: _("Signing in now needs a second step")),
    "totp_deactivated": _changed(lambda: _("Signing in needs no second step any more")),
    "recovery_codes_generated": _changed(lambda: _("New recovery codes were made")),
}
