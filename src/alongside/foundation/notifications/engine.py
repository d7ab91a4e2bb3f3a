"""Sending: each mail once, by compare-and-set; a mail whose process died while sending is tried again.

Between the server's "accepted" and our note of it a process can die. Then the mail goes out a second time, with the
same Message-ID, so that the receiver's mail program can fold the two.
"""

from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from alongside.foundation import clock
from alongside.foundation.notifications import queries, rules
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.terms import MailState, Trouble

LEASE = timedelta(seconds=120)
_log = structlog.get_logger("alongside.mail")


class TryLater(Exception):
    """The mail could not be sent now and waits `seconds`; `away` when the server is away for every mail."""

    def __init__(self, seconds: float, *, away: bool) -> None:
        super().__init__(f"again after {seconds} seconds")
        self.seconds, self.away = seconds, away


def send(ref: str, connection: BaseEmailBackend) -> None:
    """Send one mail if it waits to be sent; otherwise nothing happens.

    Raises TryLater when it must be tried again.
    """
    mail = _take(ref)
    if mail is None:
        return
    if mail.expires_at and mail.expires_at <= clock.now():
        _end(mail, MailState.FAILED, trouble=Trouble.TOO_LATE)
        return
    try:
        connection.send_messages([message(mail)])
    except Exception as error:  # noqa: BLE001 -- whatever a mail server or its library does, the mail is kept
        _after_fault(mail, error)
    else:
        _end(mail, MailState.SENT, sent_at=clock.now())


def seconds_until_free(ref: str) -> float:
    """How long another process may still be sending this mail; 0 when none is."""
    mail = Mail.objects.filter(ref=ref, state=MailState.SENDING).first()
    if mail is None or mail.lease_until is None:
        return 0
    return max((mail.lease_until - clock.now()).total_seconds(), 0) + 1


def message(mail: Mail) -> EmailMultiAlternatives:
    """The message of a mail, with a Message-ID that stays the same at every attempt."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{mail.ref}.mail@{host}>", "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made = EmailMultiAlternatives(
        rules.header(mail.subject), mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to_address], headers=headers
    )
    if mail.html:
        made.attach_alternative(mail.html, "text/html")
    return made


def _take(ref: str) -> Mail | None:
    now = clock.now()
    until = now + LEASE
    taken = queries.sendable(now).filter(ref=ref)
    if not taken.update(state=MailState.SENDING, lease_until=until, attempts=F("attempts") + 1):
        return None
    return Mail.objects.filter(ref=ref, lease_until=until).first()


def _after_fault(mail: Mail, error: Exception) -> None:
    refused = _refuses_address(error)
    _log.warning("mail.not_sent", mail=mail.ref, attempt=mail.attempts, error=type(error).__name__, refused=refused)
    if refused:
        _end(mail, MailState.FAILED, trouble=Trouble.REFUSED)
    elif mail.attempts >= rules.MOST_ATTEMPTS:
        _end(mail, MailState.FAILED, trouble=Trouble.UNREACHABLE)
    else:
        wait = rules.wait_after(mail.attempts)
        _end(mail, MailState.QUEUED, trouble=Trouble.UNREACHABLE, not_before=clock.now() + timedelta(seconds=wait))
        raise TryLater(wait, away=not _is_about_one(error)) from error


def _is_about_one(error: Exception) -> bool:
    import smtplib  # noqa: PLC0415 -- only what sends mail pays for it

    return isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError)


def _refuses_address(error: Exception) -> bool:
    """Is it this address that will never do, rather than the server that cannot now?"""
    import smtplib  # noqa: PLC0415 -- only what sends mail pays for it

    from anymail.exceptions import AnymailRecipientsRefused  # noqa: PLC0415 -- brings a client of HTTP along

    if isinstance(error, AnymailRecipientsRefused):
        return True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def _end(mail: Mail, state: MailState, **said: object) -> None:
    if mail.secret and state in (MailState.SENT, MailState.FAILED):
        said |= {"body": "", "html": ""}
    if state == MailState.SENT:
        said.setdefault("trouble", Trouble.NONE)
    mine = Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, lease_until=mail.lease_until)
    if not mine.update(state=state, lease_until=None, **said):
        _log.warning("mail.lease_lost", mail=mail.ref)
