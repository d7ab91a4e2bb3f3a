"""Sending: each mail once, by compare-and-set; a mail whose process died while sending is tried again.

Between the server's "accepted" and our note of it a process can die. Then the mail goes out a second time, with the
same Message-ID, so that the receiver's mail program can fold the two.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from alongside.foundation import clock
from alongside.foundation.identity.models import Account
from alongside.foundation.notifications import queries, registry, rules, timing
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.terms import DIGEST, MailState, Trouble, Urgency

LEASE = timedelta(seconds=120)
_log = structlog.get_logger("alongside.mail")


class TryLater(Exception):
    """The mail could not be sent now and waits `seconds`; `away` when the server is away for every mail."""

    def __init__(self, seconds: float, *, away: bool) -> None:
        super().__init__(f"again after {seconds} seconds")
        self.seconds, self.away = seconds, away


class PutOff(Exception):
    """The receiver's quiet hours: the mail waits `seconds`, whatever the server does."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"quiet for {seconds} seconds")
        self.seconds = seconds


def send(ref: str, connection: BaseEmailBackend) -> None:
    """Send one mail if it waits to be sent; otherwise nothing happens. One that is to be gathered is kept for that.

    Raises TryLater when it must be tried again, PutOff when its receiver is not to be disturbed.
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
    with transaction.atomic():
        taken = queries.sendable(now).filter(ref=ref)
        if not taken.update(state=MailState.SENDING, lease_until=until, attempts=F("attempts") + 1):
            return None
        mail = Mail.objects.get(ref=ref)
        planned = _plan(mail, now)
        if planned.at is None:
            return mail
        _put_off(mail, planned)
    if not planned.gather:
        raise PutOff((planned.at - now).total_seconds())
    return None


def _plan(mail: Mail, now: datetime) -> timing.Plan:
    urgency = registry.urgency_of(mail.kind)
    if urgency == Urgency.AT_ONCE or (mail.expires_at and mail.expires_at <= now):
        return timing.GO
    # Locked, so that two workers cannot both count to one less than the most.
    if mail.to_account:
        Account.objects.select_for_update(no_key=True).get(pk=mail.to_account.pk)
    wishes = queries.wishes_of(mail)
    if mail.kind == DIGEST:
        return timing.plan(Urgency.SOON, wishes, now=now, sent_today=0)
    today = queries.sent_since(mail, timing.start_of_day(wishes, now))
    return timing.plan(urgency, wishes, now=now, sent_today=today)


def _put_off(mail: Mail, planned: timing.Plan) -> None:
    state = MailState.GATHERED if planned.gather else MailState.QUEUED
    Mail.objects.filter(pk=mail.pk).update(
        state=state, not_before=planned.at, lease_until=None, attempts=mail.attempts - 1, trouble=Trouble.NONE
    )


def _after_fault(mail: Mail, error: Exception) -> None:
    refused = _refuses_address(error)
    _log.warning("mail.not_sent", mail=mail.ref, attempt=mail.attempts, error=type(error).__name__, refused=refused)
    if refused:
        _end(mail, MailState.FAILED, trouble=Trouble.REFUSED)
    elif mail.attempts >= rules.MOST_ATTEMPTS:
        _end(mail, MailState.FAILED, trouble=_trouble(error))
    else:
        wait = rules.wait_after(mail.attempts)
        _end(mail, MailState.QUEUED, trouble=_trouble(error), not_before=clock.now() + timedelta(seconds=wait))
        raise TryLater(wait, away=not _is_about_one(error)) from error


def _trouble(error: Exception) -> Trouble:
    """What stands in the way of every mail, as far as the error tells."""
    import smtplib  # noqa: PLC0415 -- only what sends mail pays for it
    import ssl  # noqa: PLC0415 -- the same

    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError | ssl.SSLError):
        return Trouble.NO_ENTRY
    if isinstance(error, smtplib.SMTPSenderRefused) and 500 <= error.smtp_code < 600:
        return Trouble.SENDER
    return Trouble.UNREACHABLE


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
    with transaction.atomic():
        if not mine.update(state=state, lease_until=None, **said):
            _log.warning("mail.lease_lost", mail=mail.ref)
        elif mail.kind == DIGEST and state in (MailState.SENT, MailState.FAILED):
            _end_parts(mail, state, said)


def _end_parts(digest: Mail, state: MailState, said: dict[str, object]) -> None:
    """What was sent in it is sent. Where it was given up, each of its mails was, and can be tried again for itself."""
    parts = Mail.objects.filter(digest_ref=digest.ref, state=MailState.GATHERED)
    if state == MailState.SENT:
        parts.update(state=MailState.SENT, sent_at=said["sent_at"])
        return
    parts.update(state=MailState.FAILED, trouble=said["trouble"], digest_ref="")
    Mail.objects.filter(pk=digest.pk).update(trouble=Trouble.NOT_NEEDED, body="", html="")
