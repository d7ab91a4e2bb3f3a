"""Reads of the outbox and of preferences."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from alongside.foundation.identity.models import Account
from alongside.foundation.notifications import rules
from alongside.foundation.notifications.models import Mail, Refusal
from alongside.foundation.notifications.terms import MailState


def newest() -> QuerySet[Mail]:
    """Every mail, newest first: for the page that stands in for a mail server."""
    return Mail.objects.order_by("-created_at", "-id")


def troubles(organisation_ref: str) -> QuerySet[Mail]:
    """An organisation's mails that were not sent or wait for a mail server, newest first."""
    found = Mail.objects.filter(organisation_ref=organisation_ref, state__in=[MailState.FAILED, MailState.HELD])
    return found.order_by("-created_at").defer("body", "html")


def who_refuse(kind: str, accounts: Collection[int]) -> set[int]:
    """Those of some accounts that do not want a kind of mail."""
    return set(Refusal.objects.filter(kind=kind, account__in=accounts).values_list("account_id", flat=True))


def refused_by(account: Account) -> set[str]:
    """The kinds of mail that an account does not want."""
    return set(Refusal.objects.filter(account=account).values_list("kind", flat=True))


def sendable(now: datetime) -> QuerySet[Mail]:
    """Mails that may be sent now: waiting, or left behind by a process that died while sending."""
    left_behind = Q(state=MailState.SENDING, lease_until__lt=now)
    return Mail.objects.filter(Q(state=MailState.QUEUED, not_before__lte=now) | left_behind)


def forgotten(now: datetime) -> QuerySet[Mail]:
    """Mails of the last days that no job seems to carry any more, or that were kept until a server was set."""
    overdue = Q(state=MailState.QUEUED, not_before__lt=now - 2 * rules.SECRETS_KEPT)
    overdue |= Q(state=MailState.SENDING, lease_until__lt=now - rules.SECRETS_KEPT) | Q(state=MailState.HELD)
    return Mail.objects.filter(overdue, created_at__gt=now - rules.ADOPTED_FOR)
