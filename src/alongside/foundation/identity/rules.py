"""How often somebody may be invited, how long links and codes work, and who has to take a second step."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from alongside.foundation.identity.terms import SecondStep

INVITATIONS_AT_MOST = ((1, timedelta(hours=1)), (3, timedelta(days=1)))
"""So many invitations of one person within so long: nobody's mailbox is flooded from here."""
ADDRESS_CHANGE_LASTS = timedelta(hours=1)
RESET_COUNTS_FOR = timedelta(days=1)
"""For so long an administrator's word counts that somebody's second step be reset."""
INVITATIONS_COUNT_FOR = max(within for _most, within in INVITATIONS_AT_MOST)

CODE_LASTS = timedelta(days=30)
"""A code on a letter: long enough for internal post and a holiday."""
_LETTERS, _CODE_LENGTH = "ABCDEFGHJKMNPQRSTVWXYZ23456789", 12  # none that looks like another one


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


def new_code() -> str:
    """A code for a letter, easily read and typed: "K7QF-22MB-XHTR", one of 5 * 10**17."""
    drawn = "".join(secrets.choice(_LETTERS) for _place in range(_CODE_LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def as_code(typed: str) -> str:
    """What somebody typed as a code would stand on a letter; empty where it cannot be one."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return plain if len(plain) == _CODE_LENGTH and set(plain) <= set(_LETTERS) else ""


def without_email(*, address_of_account: str | None, has_account: bool, work_address: str) -> bool:
    """Is there no address to which this person could be written?"""
    return not (address_of_account if has_account else work_address)


def called(known_as: str, name: str) -> str:
    """What people call somebody: "known as", or the first word of the name."""
    return known_as or name.split(" ", maxsplit=1)[0]
