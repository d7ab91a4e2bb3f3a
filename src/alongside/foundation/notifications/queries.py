"""Reads of the outbox and of preferences."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from alongside.foundation import clock
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.identity.terms import GONE
from alongside.foundation.notifications import registry, rules
from alongside.foundation.notifications.letters import Letter, Wording
from alongside.foundation.notifications.models import KeptMail, Mail, OwnWords, Refusal, Timing
from alongside.foundation.notifications.registry import Words
from alongside.foundation.notifications.terms import DIGEST, MAY_PASS, MailState, Trouble
from alongside.foundation.notifications.timing import Wishes

OTHER_KINDS, TRIAL = "other", "mail.trial"


def newest() -> QuerySet[Mail]:
    """Every mail that goes out, newest first: for the page that stands in for a mail server."""
    return Mail.objects.exclude(state=MailState.REHEARSED).order_by("-created_at", "-id")


def troubles(organisation: Organisation) -> QuerySet[Mail]:
    """An organisation's mails that were not sent, wait for a mail server or are tried again; newest first, unread.

    `blank`: the text is gone. `known`: the organisation knows the address; whoever signs in with another than their
    work address keeps it to themselves.
    """
    stuck = Q(state__in=[MailState.FAILED, MailState.HELD]) | Q(state=MailState.QUEUED, trouble__in=MAY_PASS)
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


# --- when mail goes


def timing_of(account: Account) -> Timing:
    """When somebody wants their mail; unsaved where they have chosen nothing."""
    return Timing.objects.select_related("account").filter(account=account).first() or Timing(account=account)


def wishes_of(mail: Mail) -> Wishes:
    """When the receiver of a mail wants it. Whoever has no account yet could choose nothing."""
    if mail.to_account:
        return timing_of(mail.to_account).wishes
    zone = Organisation.objects.filter(ref=mail.organisation_ref).values_list("timezone", flat=True).first()
    return Wishes(zone=zone or "UTC")


def sent_since(mail: Mail, since: datetime) -> int:
    """How many mails its receiver has got since then that count: not those at once, and what came in one with others
    not either."""
    went = Q(state=MailState.SENT, sent_at__gte=since, digest_ref="") | Q(state=MailState.SENDING)
    theirs = same_receiver(mail.to_account_id, mail.to_address)
    uncounted = {*registry.kinds_at_once(), DIGEST}
    return theirs.filter(went).exclude(pk=mail.pk).exclude(kind__in=uncounted).count()


def same_receiver(account_id: int | None, address: str) -> QuerySet[Mail]:
    """Every mail to one person."""
    if account_id:
        return Mail.objects.filter(to_account=account_id)
    return Mail.objects.filter(to_account__isnull=True, to_address=address)


def gathered() -> QuerySet[Mail]:
    """Mails that wait to be sent with others."""
    return Mail.objects.filter(state=MailState.GATHERED, digest_ref="")


# --- of one thing within an organisation, such as a programme


def of_scope(scope_ref: str) -> QuerySet[Mail]:
    """The mails that went out, or are on their way, of what this is the ref of; newest first, unread."""
    found = Mail.objects.filter(scope_ref=scope_ref).exclude(state=MailState.REHEARSED).exclude(scope_ref="")
    return found.order_by("-created_at", "-id").defer("subject", "body", "html", "unsubscribe")


def rehearsed(scope_ref: str) -> QuerySet[Mail]:
    """The mails that would have gone out, newest first."""
    found = Mail.objects.filter(scope_ref=scope_ref, state=MailState.REHEARSED).exclude(scope_ref="")
    return found.order_by("-created_at", "-id")


def names_of(mails: Iterable[Mail], organisation: Organisation) -> dict[str, str]:
    """To whom some mails go, by the mail's ref: a name where the organisation knows it. Two queries for all."""
    held = list(mails)
    names = _names(held, organisation)
    return {mail.ref: names.get(mail.to_account_id or mail.to_address.lower(), "") for mail in held}


# --- own words


def own_words_in_force(organisations: Iterable[int], kind: str) -> dict[int, dict[tuple[str, str], Wording]]:
    """The own words of some organisations for the mails of a kind, by letter and language: one query, or none."""
    letters = [letter.key for letter in registry.letters_of(kind)]
    if not letters:
        return {}
    rows = OwnWords.objects.filter(organisation__in=set(organisations), letter__in=letters, version__isnull=False)
    found: dict[int, dict[tuple[str, str], Wording]] = {}
    for row in rows.order_by("version"):
        held = found.setdefault(row.organisation_id, {})
        held[row.letter, row.language] = row.wording
        if row.is_ours:
            del held[row.letter, row.language]
    return found


def own_words(organisation: Organisation) -> QuerySet[OwnWords]:
    """Every version and draft of an organisation."""
    return OwnWords.objects.filter(organisation=organisation).select_related("by")


@dataclass(frozen=True)
class Kept:
    """How the words of one mail stand in one language."""

    in_force: OwnWords | None = None  # none: it says what Alongside says
    draft: OwnWords | None = None


def kept_words(organisation: Organisation) -> Mapping[tuple[str, str], Kept]:
    """How every mail's words stand, by letter and language: one query."""
    found: dict[tuple[str, str], Kept] = {}
    for row in own_words(organisation).order_by("version"):
        key = (row.letter, row.language)
        held = found.get(key, Kept())
        if row.version is None:
            found[key] = Kept(held.in_force, row)
        else:
            found[key] = Kept(None if row.is_ours else row, held.draft)
    return found


def kept(organisation: Organisation, letter: Letter, language: str) -> Kept:
    """How the words of one mail stand."""
    rows = own_words(organisation).filter(letter=letter.key, language=language)
    newest = rows.filter(version__isnull=False).order_by("-version").first()
    in_force = newest if newest and not newest.is_ours else None
    return Kept(in_force, rows.filter(version__isnull=True).first())


def trials_since(account: Account, since: datetime) -> int:
    """How many mails somebody has sent to themselves."""
    return Mail.objects.filter(kind=TRIAL, to_account=account, created_at__gte=since).count()


def languages_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The languages in which an organisation's people get mail, with their names: its own first."""
    members = Membership.objects.filter(organisation=organisation, account__isnull=False).exclude(state__in=GONE)
    spoken = {organisation.language, *members.order_by().values_list("account__language", flat=True).distinct()}
    named = [(code, str(words)) for code, words in settings.LANGUAGES if code in spoken]
    return sorted(named, key=lambda held: held[0] != organisation.language)


def kept_for(membership: Membership) -> QuerySet[KeptMail]:
    """What waits for somebody without e-mail, newest first."""
    still = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    return KeptMail.objects.filter(still, membership=membership, read_at=None)


def waiting(memberships: Iterable[Membership]) -> dict[int, tuple[int, datetime]]:
    """How much waits for each of some people, and since when, by membership: one query."""
    still = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    held = KeptMail.objects.filter(still, membership__in=memberships, read_at=None)
    counted = held.order_by().values_list("membership").annotate(Count("pk"), Min("made_at"))
    return {pk: (count, since) for pk, count, since in counted}
