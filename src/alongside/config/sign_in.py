"""allauth's addresses: those that we want, and a closed door where we do not.

Accounts begin with an invitation, so nobody signs up; the sign-in address is changed on a page of our own
(organisations), because both mailboxes have to confirm it. allauth looks some closed addresses up by name, so they
exist and answer 404.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.urls import urlpatterns as account
from allauth.account.views import ConfirmLoginCodeView
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path

from alongside.foundation import access
from alongside.foundation.identity import devices, second_factor

CLOSED = {"account_signup", "account_email", "account_email_verification_sent", "account_confirm_email"}


@access.requires(access.PUBLIC)
def closed(request: HttpRequest, **key: str) -> HttpResponse:
    """Nothing is here, for anybody."""
    raise Http404


def _shut(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, closed, pattern.default_args, pattern.name)


class EnterCode(ConfirmLoginCodeView):
    """allauth's page for the code that was mailed."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Signs them in; or sends another code, when the form is one without a box."""
        if "remember" in form.cleaned_data:
            devices.note_owner(self.request, self._process.user if form.cleaned_data["remember"] else None)
        return super().form_valid(form)


class SetUpApp(ActivateTOTPView):
    """allauth's page; whoever has just shown a code from their app has taken the second step in this session."""

    def get_form(self, form_class: Any = None) -> Any:
        """The form, which takes the app's secret from the session, where it is sealed."""
        second_factor.show_begun(self.request.session)
        form = super().get_form(form_class)
        second_factor.hide_begun(self.request.session)
        return form

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """With the key in pieces of four letters, as somebody types it who cannot scan it."""
        held = super().get_context_data(**more)
        secret = held["form"].secret
        return held | {"key_parts": [secret[start : start + 4] for start in range(0, len(secret), 4)]}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keeps the app, and remembers the step."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return response


urlpatterns = [
    path("login/code/confirm/", access.requires(access.PUBLIC)(EnterCode.as_view()), name="account_confirm_login_code"),
    *(_shut(pattern) if pattern.name in CLOSED else pattern for pattern in account),
    path("2fa/totp/activate/", access.requires(access.SIGNED_IN)(SetUpApp.as_view()), name="mfa_activate_totp"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
