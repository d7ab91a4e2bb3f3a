"""When a mail is sent, tried again, or given up, and what helps."""

import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.notifications import terms
from alongside.foundation.notifications.terms import MailState, Trouble

FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS = 15, 3600, 40  # a day and a half of a server that is away
SECRETS_KEPT, MAILS_KEPT, ADOPTED_FOR = timedelta(hours=1), timedelta(days=30), timedelta(days=2)
UNREAD_KEPT = timedelta(days=90)
"""What is kept for somebody without e-mail, who signs in when a letter reaches them."""
LONGEST_SUBJECT = 200
MOST_TRIALS, TRIALS_WITHIN = 10, timedelta(hours=1)


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


def why_not_again(
    *, state: str, blank: bool, expires_at: datetime | None, now: datetime, delivers: bool
) -> str | Promise | None:
    """Why a mail that was not sent cannot be tried again by hand; None when it can."""
    if state not in (MailState.FAILED, MailState.HELD):
        return terms.ON_ITS_WAY
    if expires_at and expires_at <= now:
        return terms.NO_LONGER_TRUE
    if blank:
        return terms.LINK_DELETED
    return None if delivers else _("No mail server is set yet.")


def cure(*, state: str, trouble: str, blank: bool, delivers: bool) -> str | Promise:
    """What helps with a mail that was not sent."""
    if state == MailState.HELD and delivers:
        return terms.SERVER_BY_NOW
    if state == MailState.FAILED and blank:
        return terms.LINK_DELETED_AND_REFUSED if trouble == Trouble.REFUSED else terms.LINK_DELETED
    return terms.CURES.get((MailState(state), Trouble(trouble)), terms.NO_LONGER_TRUE)
