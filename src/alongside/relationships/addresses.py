"""The addresses by which a proposal is answered out of a mail, without signing in."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import answer_address

YES, NO = "relationship.accept", "relationship.decline"
YES_WORDS = _("Say yes at once, without signing in")
NO_WORDS = _("Decline, without signing in")


def yes_address(receiver: Membership, relationship_ref: str) -> str:
    """Where somebody says yes to one proposal; empty for whoever has not joined."""
    return answer_address(YES, receiver.ref, relationship_ref) if receiver.account_id else ""


def no_address(receiver: Membership, relationship_ref: str) -> str:
    """Where somebody declines one proposal; empty for whoever has not joined."""
    return answer_address(NO, receiver.ref, relationship_ref) if receiver.account_id else ""
