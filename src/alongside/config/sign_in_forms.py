"""allauth's forms in our words: what is asked for, and what to put right."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity import devices
from alongside.foundation.identity.terms import KEEP_ME
from alongside.foundation.ui.forms import PlainForm

_LABELS = {
    "login": _("Your e-mail address"),
    "email": _("Your e-mail address"),
    "oldpassword": _("The password you have"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}


class InOurWords(PlainForm):
    """Before one of allauth's forms: labels and sentences as on every other page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & _LABELS.keys():
            self.fields[name].label = _LABELS[name]


class PasswordForm(InOurWords, account.LoginForm):
    """Whoever ticks the box says that the device is theirs, and nobody else's who signs in here."""

    remember = forms.BooleanField(label=KEEP_ME, required=False)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signs them in, after their second step where they have one."""
        devices.note_owner(request, self._login.user if self.cleaned_data["remember"] else None)
        return super().login(request, redirect_url)


class CodeForm(InOurWords, account.ConfirmLoginCodeForm):
    """The code that was mailed, with the same box."""

    remember = forms.BooleanField(label=KEEP_ME, required=False)


class AskForCode(InOurWords, account.RequestLoginCodeForm):
    """Where the code goes."""


class AskForNewPassword(InOurWords, account.ResetPasswordForm):
    """Where the link goes."""


class NewPassword(InOurWords, account.ResetPasswordKeyForm):
    """The new one, after the link."""


class ChangePassword(InOurWords, account.ChangePasswordForm):
    """The one that there is, and a new one."""


class IsItYou(InOurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class SecondStep(InOurWords, second_step.AuthenticateForm):
    """A code from the app, or a recovery code."""


class SecondStepAgain(InOurWords, second_step.ReauthenticateForm):
    """The same, before something that matters."""


class FirstCode(InOurWords, app.ActivateTOTPForm):
    """The first code, which shows that the app is set up."""
