"""When a mail is sent, tried again, or given up."""

import unicodedata
from datetime import timedelta

from django.conf import settings

FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS = 15, 3600, 40  # a day and a half of a server that is away
SECRETS_KEPT, MAILS_KEPT, ADOPTED_FOR = timedelta(hours=1), timedelta(days=30), timedelta(days=2)
LONGEST_SUBJECT = 200


def can_deliver() -> bool:
    """Does a mail reach somebody: is a mail server set, or are mails shown on a page here?"""
    return bool(settings.MAIL_URL or settings.SHOW_MAIL)


def wait_after(attempts: int) -> int:
    """Seconds until a mail is tried again: a quarter of a minute, doubling, an hour at most."""
    return int(min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT))


def header(words: str) -> str:
    """Words that can stand in a header: one line, nothing invisible, not too long."""
    visible = "".join(" " if letter.isspace() else letter for letter in words if _may_stand(letter))
    return " ".join(visible.split())[:LONGEST_SUBJECT]


def _may_stand(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
