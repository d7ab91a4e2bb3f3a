"""Reads of the outbox and of preferences."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from alongside.foundation import clock
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.notifications import registry, rules
from alongside.foundation.notifications.models import Mail, Refusal
from alongside.foundation.notifications.registry import Words
from alongside.foundation.notifications.terms import MailState, Trouble

OTHER_KINDS = "other"


def newest() -> QuerySet[Mail]:
    """Every mail, newest first: for the page that stands in for a mail server."""
    return Mail.objects.order_by("-created_at", "-id")


def troubles(organisation: Organisation) -> QuerySet[Mail]:
    """An organisation's mails that were not sent, wait for a mail server or are tried again; newest first, unread.

    `blank`: the text is gone. `known`: the organisation knows the address; whoever signs in with another than their
    work address keeps it to themselves.
    """
    stuck = Q(state__in=[MailState.FAILED, MailState.HELD]) | Q(state=MailState.QUEUED, trouble=Trouble.UNREACHABLE)
    at_work = Membership.objects.filter(
        organisation=organisation, account=OuterRef("to_account"), work_address__iexact=OuterRef("to_address")
    )
    found = Mail.objects.filter(stuck, organisation_ref=organisation.ref).exclude(trouble=Trouble.NOT_NEEDED)
    return (
        found.annotate(
            blank=ExpressionWrapper(Q(body=""), models.BooleanField()),
            known=ExpressionWrapper(Q(to_account__isnull=True) | Exists(at_work), models.BooleanField()),
        )
        .order_by("-created_at", "-id")
        .defer("subject", "body", "html")
    )


def failed_since(organisation: Organisation, since: datetime) -> QuerySet[Mail]:
    """An organisation's mails that were given up, of those written since then."""
    return troubles(organisation).filter(state=MailState.FAILED, created_at__gte=since)


def narrowed(
    found: QuerySet[Mail], organisation: Organisation, *, q: str = "", state: str = "", kind: str = ""
) -> QuerySet[Mail]:
    """Mails in trouble by address or name, state, and kind; `OTHER_KINDS` for those of which only that is said."""
    if q:
        named = Membership.objects.filter(organisation=organisation, name__icontains=q, account__isnull=False)
        found = found.filter(Q(known=True, to_address__icontains=q) | Q(to_account__in=named.values("account")))
    if state:
        found = found.filter(state=state)
    if kind == OTHER_KINDS:
        return found.exclude(kind__in=registry.open_kinds())
    return found.filter(kind=kind) if kind else found


@dataclass(frozen=True)
class Unsent:
    """A mail that was not sent, as an administrator may see it."""

    mail: Mail
    name: str
    address: str  # empty where it is the receiver's own affair
    kind: Words
    why: str
    cure: Words
    may_try_again: bool


def unsent(mails: Iterable[Mail], organisation: Organisation) -> list[Unsent]:
    """The mails of a page of `troubles`, in its order: two queries, however many they are."""
    held = list(mails)
    names = _names(held, organisation)
    return [_unsent(mail, names.get(mail.to_account_id or mail.to_address.lower(), "")) for mail in held]


def _unsent(mail: Mail, name: str) -> Unsent:
    blank: bool = mail.blank  # type: ignore[attr-defined]
    delivers = rules.can_deliver()
    reason = rules.why_not_again(
        state=mail.state, blank=blank, expires_at=mail.expires_at, now=clock.now(), delivers=delivers
    )
    return Unsent(
        mail=mail,
        name=name,
        address=mail.to_address if mail.known else "",  # type: ignore[attr-defined]
        kind=registry.open_kinds().get(mail.kind, ""),
        why=mail.get_trouble_display(),
        cure=rules.cure(state=mail.state, trouble=mail.trouble, blank=blank, delivers=delivers),
        may_try_again=reason is None,
    )


def _names(mails: list[Mail], organisation: Organisation) -> dict[int | str, str]:
    """Names by account, and by address for whoever has not joined."""
    here = Membership.objects.filter(organisation=organisation).order_by()
    accounts = {mail.to_account_id for mail in mails if mail.to_account_id}
    addresses = {mail.to_address.lower() for mail in mails if not mail.to_account_id}
    by_account = here.filter(account__in=accounts).values_list("account_id", "name")
    by_address = here.exclude(work_address="").annotate(folded=Lower("work_address")).filter(folded__in=addresses)
    return dict([*by_account, *by_address.values_list("folded", "name")])


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
