"""Who a session belongs to: read with everything that it may act with, since every page asks for both."""

from allauth.account.auth_backends import AuthenticationBackend

from alongside.foundation.identity import queries
from alongside.foundation.identity.models import Account

NAME = "alongside.foundation.identity.backend.Backend"


class Backend(AuthenticationBackend):
    """allauth's sign-in, by address and password or code."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session; None where it may not sign in any more."""
        account = queries.signed_in(user_id)
        return account if account and self.user_can_authenticate(account) else None
