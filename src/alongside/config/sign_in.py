"""allauth's addresses: those that we want, and a closed door where we do not.

Accounts begin with an invitation, so nobody signs up; the sign-in address is changed on a page of our own
(organisations), because both mailboxes have to confirm it. allauth looks some closed addresses up by name, so they
exist and answer 404.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.urls import urlpatterns as account
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path

from alongside.foundation import access

CLOSED = {"account_signup", "account_email", "account_email_verification_sent", "account_confirm_email"}


@access.requires(access.PUBLIC)
def closed(request: HttpRequest, **key: str) -> HttpResponse:
    """Nothing is here, for anybody."""
    raise Http404


def _shut(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, closed, pattern.default_args, pattern.name)


class SetUpApp(ActivateTOTPView):
    """allauth's page; whoever has just shown a code from their app has taken the second step in this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keeps the app, and remembers the step."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return response


urlpatterns = [
    *(_shut(pattern) if pattern.name in CLOSED else pattern for pattern in account),
    path("2fa/totp/activate/", access.requires(access.SIGNED_IN)(SetUpApp.as_view()), name="mfa_activate_totp"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
