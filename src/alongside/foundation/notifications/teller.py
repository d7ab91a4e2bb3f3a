"""From an event to its mails, in the event's own transaction."""

from collections.abc import Callable
from typing import Any

from alongside.foundation.events import Event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import actions, registry, rendering
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.registry import Kind, Telling
from alongside.foundation.notifications.rendering import Said


def tell_of(happened: Event) -> None:
    """Queue the mails that `notices.py` of the packages declare for this event."""
    for telling in registry.tellings(happened.name):
        _tell(happened, telling, registry.kind(happened.name))


def _tell(happened: Event, telling: Telling, kind: Kind) -> None:
    receivers = actions.who_are_told(kind, telling.to(happened))
    mails = []
    for membership in receivers:
        if membership.ref == happened.by.ref and not telling.doer_too:
            continue
        mail = actions.mail_to(kind.name, membership, membership.organisation)
        if mail:
            rendering.fill(
                mail, kind=kind, organisation=membership.organisation, say=_sayer(happened, telling, membership)
            )
            mails.append(mail)
    Mail.objects.bulk_create(mails)
    actions.carry(mails)


def _sayer(happened: Event, telling: Telling, membership: Membership) -> Callable[[], Said]:
    def made(what: Any) -> Any:
        return what(happened, membership) if callable(what) else what

    # Called once the receiver's language is active, so that names and dates come out in it.
    return lambda: Said(made(telling.subject), list(made(telling.lines)), made(telling.action))
