"""Queueing mails, preferences, and clearing away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor, System
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.identity.queries import contact_of
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.notifications import queries, registry, rendering, rules, timing
from alongside.foundation.notifications.letters import Value
from alongside.foundation.notifications.models import KeptMail, Mail, Refusal, Timing
from alongside.foundation.notifications.registry import Action, Kind, Scope, Words
from alongside.foundation.notifications.rendering import Filled, Said
from alongside.foundation.notifications.terms import OPEN, MailState, Rhythm, Trouble

_NOT_TOLD = (MembershipState.SUSPENDED, MembershipState.LEFT, MembershipState.ERASED)


def tell(
    kind: str,
    *,
    to: Iterable[Membership] | str,
    letter: str = "",
    places: Mapping[str, Value] | None = None,
    page: str = "",
    subject: Words = "",
    lines: Sequence[Words] = (),
    action: Action | None = None,
    organisation: Organisation | None = None,
    within: Model | None = None,
    expires: datetime | None = None,
    urgent: bool = False,
    secret: bool = False,
    about: str = "",
    dedupe: str = "",
) -> list[Mail]:
    """Queue mails in the caller's transaction and return them.

    `to` is memberships or one e-mail address. Left out: whoever does not want this kind, or is suspended or gone; for
    whoever has no address it is kept. `letter` names the words (`declare_letter`), `places` fills them, `page` is the
    path of the button; `subject`, `lines` and `action` are for a mail whose words nobody may change. `within` is what
    it belongs to, such as a programme: while that is in preparation the mail is kept and not sent. Nothing is sent
    after `expires`. `secret` says that the text signs somebody in: it is blanked once sent, and by `forget` with the
    same `about`; it always goes. With `dedupe` a mail of the same name to the same person is written once. Raises
    UndeclaredKind, UndeclaredLetter, and ValidationError for what is no address.
    """
    said = Filled(registry.letter(letter), places or {}, page) if letter else Said(subject, list(lines), action)
    scope = None if secret else registry.scope_of(kind, within)
    own = queries.own_words_in_force([organisation.pk], kind).get(organisation.pk) if organisation and letter else None
    written = []
    for mail in _to_each(kind, to, organisation, scope):
        mail.expires_at, mail.secret, mail.about_ref = expires, secret, about
        mail.between_ref = registry.between(kind, within)
        whose = mail.kept_for.ref if mail.kept_for else mail.to_address
        mail.dedupe = f"{dedupe}:{whose}"[:160] if dedupe else ""
        rendering.fill(mail, kind=registry.kind(kind), organisation=organisation, say=lambda: said, own=own)
        if mail.kept_for:
            keep(mail, mail.kept_for)
        elif _write(mail):
            written.append(mail)
    carry(written, urgent=urgent)
    return written


def _to_each(
    kind: str, to: Iterable[Membership] | str, organisation: Organisation | None, scope: Scope | None
) -> list[Mail]:
    if isinstance(to, str):
        validate_email(to)
        account = Account.objects.filter(email=to.strip().lower()).first()
        return [new_mail(kind, account, to, organisation, scope)]
    receivers = who_are_told(registry.kind(kind), to)
    return [mail_to(kind, held, organisation, scope=scope) for held in receivers]


def who_are_told(kind: Kind, people: Iterable[Membership]) -> list[Membership]:
    """Those of some people who are to get a kind of mail, each once: not whoever is gone, suspended, or refuses it."""
    present = {held.pk: held for held in people if held.state not in _NOT_TOLD}.values()
    accounts = [held.account_id for held in present if held.account_id]
    refusing = set() if kind.required or not accounts else queries.who_refuse(kind.name, accounts)
    return [held for held in present if held.account_id not in refusing]


def mail_to(
    kind: str, membership: Membership, organisation: Organisation | None, *, scope: Scope | None = None
) -> Mail:
    """An unsaved mail to a member: to the address they sign in with, else to their work address, else kept for them."""
    account = membership.account
    address = account.email if account else membership.work_address
    mail = new_mail(kind, account if address else None, address or "", organisation, scope)
    mail.kept_for = None if address else membership
    return mail


def new_mail(
    kind: str, account: Account | None, address: str, organisation: Organisation | None, scope: Scope | None = None
) -> Mail:
    """An unsaved mail, in the state in which it waits here."""
    state, trouble = MailState.QUEUED, Trouble.NONE
    if scope and scope.rehearses:
        state = MailState.REHEARSED
    elif not rules.can_deliver():
        state, trouble = MailState.HELD, Trouble.NO_SERVER
    return Mail(
        kind=kind,
        to_account=account,
        to_address=address,
        organisation_ref=organisation.ref if organisation else "",
        scope_ref=scope.ref if scope else "",
        state=state,
        trouble=trouble,
        created_at=clock.now(),
        not_before=clock.now(),
    )


def _write(mail: Mail) -> bool:
    if mail.dedupe and Mail.objects.filter(dedupe=mail.dedupe).exists():
        return False
    try:
        with transaction.atomic():
            mail.save()
    except IntegrityError:  # somebody else wrote it at the same moment
        if not mail.dedupe:
            raise
        return False
    return True


def carry(mails: Sequence[Mail], *, urgent: bool = False) -> None:
    """Queue the work that sends these mails, in the caller's transaction. Without a mail server they wait."""
    going = [mail for mail in mails if mail.state != MailState.REHEARSED]
    if settings.MAIL_URL and going:
        whose = {mail.organisation_ref for mail in going}
        organisation = whose.pop() if len(whose) == 1 else ""
        name = "mail.send_now" if urgent else "mail.send"
        jobs.enqueue(name, organisation=organisation, mails=[mail.ref for mail in going])


def keep(mail: Mail, membership: Membership) -> None:
    """Keep what somebody without e-mail would have been mailed, and have them told that something waits.

    Not a secret: it would sign in whoever reads it. Nor what is only rehearsed.
    """
    if mail.secret or mail.state == MailState.REHEARSED:
        return
    facts = {"kind": mail.kind, "subject": mail.subject, "body": mail.body, "expires_at": mail.expires_at}
    facts |= {"between_ref": mail.between_ref, "dedupe": mail.dedupe}
    kept = KeptMail(membership=membership, made_at=clock.now(), **facts)
    if kept.dedupe and KeptMail.objects.filter(dedupe=kept.dedupe).exists():
        return
    KeptMail.objects.bulk_create([kept], ignore_conflicts=True)  # somebody else may have kept it at the same moment
    _tell_contact(membership)


def _tell_contact(membership: Membership) -> None:
    """Once a day, and never what it is."""
    contact = contact_of(membership)
    if contact is None:
        return
    names = {"name": membership.name, "organisation": membership.organisation.name}
    lines = [
        format_lazy(_("Please tell {name} that something waits for them in Alongside."), **names),
        format_lazy(
            _("You are named at {organisation} as the person who tells them. What it is stands only there."), **names
        ),
        _("They sign in with their employee number. Without a password or a code they need a new letter from you."),
    ]
    subject = format_lazy(_("Something waits for {name}"), **names)
    once_a_day = f"contact:{membership.ref}:{clock.today(membership.organisation.timezone)}"
    tell(
        "person.waits", to=[contact], subject=subject, lines=lines, organisation=contact.organisation, dedupe=once_a_day
    )


def have_read(membership: Membership, *, newest: int, by: Actor) -> None:
    """Somebody without e-mail has read what was kept for them, up to the newest that stood on the page."""
    with event("kept.read", by=by, about=membership, notify=False):
        shown = KeptMail.objects.filter(membership=membership, pk__lte=newest, read_at=None)
        shown.update(read_at=clock.now())


def choose_mail(account: Account, *, wanted: set[str], by: Actor) -> None:
    """Say which kinds of mail somebody wants; required kinds come whatever is said."""
    optional = {kind.name for kind in registry.kinds() if not kind.required}
    with event("account.mail_chosen", by=by, about=account):
        Refusal.objects.filter(account=account, kind__in=optional & wanted).delete()
        refused = [Refusal(account=account, kind=name) for name in sorted(optional - wanted)]
        Refusal.objects.bulk_create(refused, ignore_conflicts=True)


def choose_timing(
    account: Account,
    *,
    rhythm: str,
    hour: int,
    quiet_from: int | None,
    quiet_until: int | None,
    most_a_day: int,
    by: Actor,
) -> None:
    """Say when somebody's mail comes, in hours of their own zone. What is gathered already goes by it too."""
    chosen = {"rhythm": rhythm, "hour": hour, "quiet_from": quiet_from, "quiet_until": quiet_until}
    with event("account.mail_timed", by=by, about=account):
        held, _made = Timing.objects.update_or_create(account=account, defaults=chosen | {"most_a_day": most_a_day})
        now = clock.now()
        at = now if rhythm == Rhythm.EACH else timing.next_gathering(held.wishes, now)
        queries.gathered().filter(to_account=account).update(not_before=at)


def stop_kinds(account: Account, kinds: Iterable[str]) -> None:
    """No more mails of some kinds, from the link at the foot of one. Stopping twice changes nothing."""
    refused = queries.refused_by(account)
    for kind in kinds:
        if not registry.kind(kind).required and kind not in refused:
            with event("account.mail_chosen", by=System(), about=account, stopped=kind):
                Refusal.objects.bulk_create([Refusal(account=account, kind=kind)], ignore_conflicts=True)


def forget(about: str) -> None:
    """Blank the secrets about something whose links no longer work, and send none of them. Twice changes nothing."""
    held = Mail.objects.filter(about_ref=about, secret=True, state__in=OPEN).exclude(state=MailState.SENDING)
    held.update(state=MailState.FAILED, trouble=Trouble.NOT_NEEDED, body="", html="", lease_until=None)


def drop_between(ref: str) -> int:
    """Send nothing that was not sent yet between the two whom `ref` joins, now or later; how many mails that were.

    Where one of them stands in a mail that gathers several, the others are gathered anew. What is kept for somebody
    without e-mail, and not read yet, goes too.
    """
    KeptMail.objects.filter(between_ref=ref, read_at=None).delete()
    waiting = Mail.objects.filter(between_ref=ref, state__in=(*OPEN, MailState.GATHERED, MailState.FAILED))
    waiting = waiting.exclude(state=MailState.SENDING)
    digests = set(waiting.exclude(digest_ref="").values_list("digest_ref", flat=True))
    dropped = {"state": MailState.FAILED, "trouble": Trouble.NOT_NEEDED, "body": "", "html": "", "lease_until": None}
    count = waiting.update(**dropped, digest_ref="")
    stopped = Mail.objects.filter(ref__in=digests, state__in=OPEN).exclude(state=MailState.SENDING)
    again = list(stopped.values_list("ref", flat=True))
    stopped.update(**dropped)
    Mail.objects.filter(digest_ref__in=again).update(digest_ref="", not_before=clock.now())
    return count


def hold_after_restore() -> None:
    """Give up what waits in a backup that was restored: it may have gone since, and nothing goes twice unasked."""
    waiting = Mail.objects.filter(state__in=(*OPEN, MailState.GATHERED))
    given_up = {"state": MailState.FAILED, "trouble": Trouble.RESTORED, "lease_until": None, "digest_ref": ""}
    waiting.filter(secret=True).update(**given_up, body="", html="")
    waiting.filter(secret=False).update(**given_up)


def try_again(mail: Mail, *, by: Who) -> None:
    """Send a mail that was given up or kept once more. Raises NotPossible where that makes no sense, and says why."""
    with event("mail.tried_again", by=by, about=mail):
        held = Mail.objects.select_for_update().get(pk=mail.pk)
        reason = rules.why_not_again(
            state=held.state,
            blank=not held.body,
            expires_at=held.expires_at,
            now=clock.now(),
            delivers=rules.can_deliver(),
        )
        if not reason and receiver_is_gone(held):
            reason = _("They are suspended or have left, so nothing is sent to them.")
        if reason:
            raise NotPossible(reason)
        held.state, held.trouble, held.attempts, held.not_before = MailState.QUEUED, Trouble.NONE, 0, clock.now()
        held.save(update_fields=["state", "trouble", "attempts", "not_before"])
        carry([held])


def receiver_is_gone(mail: Mail) -> bool:
    """Has whoever a mail is for been suspended, or left, since it was written?"""
    here = Membership.objects.filter(organisation__ref=mail.organisation_ref, state__in=_NOT_TOLD)
    whose = Q(account=mail.to_account) if mail.to_account else Q(work_address__iexact=mail.to_address)
    return here.filter(whose).exists()


def drop_rehearsed(scope_ref: str) -> int:
    """Delete what was kept of a thing while it was rehearsed: none of it is sent afterwards. How many there were."""
    return Mail.objects.filter(scope_ref=scope_ref, state=MailState.REHEARSED).delete()[0] if scope_ref else 0


def keep_house() -> int:
    """Blank old secrets, delete old mails, and carry what no job carries any more; how many were carried."""
    now = clock.now()
    too_late = Q(expires_at__lt=now) | Q(expires_at__isnull=True, created_at__lt=now - rules.SECRETS_KEPT)
    old_secrets = Mail.objects.filter(too_late, secret=True).exclude(body="")
    old_secrets.filter(state__in=OPEN).exclude(state=MailState.SENDING).update(
        state=MailState.FAILED, trouble=Trouble.TOO_LATE, body="", html="", lease_until=None
    )
    Mail.objects.filter(created_at__lt=now - rules.MAILS_KEPT).delete()
    KeptMail.objects.filter(made_at__lt=now - rules.UNREAD_KEPT).delete()
    if not settings.MAIL_URL:
        return 0
    with transaction.atomic():
        left = list(queries.forgotten(now)[:1000])
        Mail.objects.filter(pk__in=[mail.pk for mail in left], state=MailState.HELD).update(state=MailState.QUEUED)
        carry(left)
    return len(left)


def send_sign_in_mail(address: str, say: Callable[[], Said], *, secret: bool) -> Mail:
    """Queue a mail about signing in, with the highest priority, in the receiver's language where it is known.

    The same is done for an address that nobody has. `secret` for a code or a link: blanked once it is sent.
    """
    account = Account.objects.filter(email=address.strip().lower()).first()
    mail = new_mail("account.sign_in" if secret else "account.safety", account, address, None)
    mail.secret, mail.expires_at = secret, clock.now() + rules.SECRETS_KEPT if secret else None
    with transaction.atomic():
        rendering.fill(mail, kind=registry.kind(mail.kind), organisation=None, say=say).save()
        carry([mail], urgent=True)
    return mail
