"""How often somebody may be invited, how long links and codes work, and who has to take a second step."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from alongside.foundation.identity.terms import SecondStep

INVITATIONS_AT_MOST = ((1, timedelta(hours=1)), (3, timedelta(days=1)))
"""So many invitations of one person within so long: nobody's mailbox is flooded from here."""
ADDRESS_CHANGE_LASTS = timedelta(hours=1)
RESET_COUNTS_FOR = timedelta(days=1)
"""For so long an administrator's word counts that somebody's second step be reset."""
INVITATIONS_COUNT_FOR = max(within for _most, within in INVITATIONS_AT_MOST)


def next_invitation(made: Iterable[datetime], now: datetime) -> datetime | None:
    """When somebody who was invited at these moments may be invited again; None when that is now."""
    newest_first = sorted(made, reverse=True)
    full = [newest_first[most - 1] + within for most, within in INVITATIONS_AT_MOST if len(newest_first) >= most]
    free = max(full, default=now)
    return free if free > now else None


def token_hash(token: str) -> str:
    """What is kept of the token in a mailed link."""
    return hashlib.sha256(token.encode()).hexdigest()


def asks_second_step(said: str, asked_roles: Collection[str], roles: Collection[str]) -> bool:
    """Does an organisation that said this ask somebody with these roles for a second step?"""
    return said == SecondStep.EVERYBODY or (said == SecondStep.ROLES and not set(asked_roles).isdisjoint(roles))
