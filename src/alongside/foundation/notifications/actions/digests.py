"""Gathering: several mails to one person become one, when its time has come."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alongside.foundation import clock
from alongside.foundation.identity.models import Organisation
from alongside.foundation.notifications import actions, queries, registry, rendering
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.terms import DIGEST, MailState, Trouble

MOST_IN_ONE, MOST_AT_ONCE = 50, 2000


def gather_due() -> int:
    """Write the mails of several for whom something is due, each of one organisation; how many were written."""
    due = queries.gathered().filter(not_before__lte=clock.now()).order_by()
    whose: list[Any] = [
        *due.filter(to_account__isnull=False).values("to_account", "organisation_ref").distinct()[:MOST_AT_ONCE],
        *due.filter(to_account__isnull=True).values("to_address", "organisation_ref").distinct()[:MOST_AT_ONCE],
    ]
    return sum(_gather(one) for one in whose)


def _gather(whose: Any) -> int:
    with transaction.atomic():
        waiting = (
            queries.gathered()
            .filter(**whose)
            .select_related("to_account")
            .select_for_update(skip_locked=True, of=("self",))
        )
        parts = _still_true(waiting.order_by("created_at", "id")[:MOST_IN_ONE])
        if not parts:
            return 0
        organisation = Organisation.objects.filter(ref=whose["organisation_ref"]).first()
        account = parts[0].to_account
        address = (account and account.email) or parts[0].to_address
        digest = actions.new_mail(DIGEST, account, address, organisation)
        rendering.fill_digest(digest, parts, organisation=organisation).save()
        Mail.objects.filter(pk__in=[part.pk for part in parts]).update(digest_ref=digest.ref)
        actions.carry([digest])
    return 1


def _still_true(waiting: QuerySet[Mail]) -> list[Mail]:
    """Those that still have something to say to somebody who is still there and still wants it."""
    kept, ended = [], []
    for mail in waiting:
        if mail.expires_at and mail.expires_at <= clock.now():
            ended.append((mail, Trouble.TOO_LATE))
        elif actions.receiver_is_gone(mail) or _is_refused(mail):
            ended.append((mail, Trouble.NOT_NEEDED))
        else:
            kept.append(mail)
    for mail, trouble in ended:
        Mail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, trouble=trouble)
    return kept


def _is_refused(mail: Mail) -> bool:
    required = mail.kind in {kind.name for kind in registry.kinds() if kind.required}
    return not required and mail.to_account_id in queries.who_refuse(mail.kind, [mail.to_account_id or 0])
