"""From an event to its mails, in the event's own transaction."""

from functools import partial
from typing import Any

from alongside.foundation.events import Event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import actions, queries, registry, rendering
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.registry import Kind, Telling
from alongside.foundation.notifications.rendering import Filled, Said


def tell_of(happened: Event) -> None:
    """Queue the mails that `notices.py` of the packages declare for this event."""
    for telling in registry.tellings(happened.name):
        _tell(happened, telling, registry.kind(happened.name))


def _tell(happened: Event, telling: Telling, kind: Kind) -> None:
    told = actions.who_are_told(kind, telling.to(happened))
    receivers = [held for held in told if held.ref != happened.by.ref or telling.doer_too]
    if not receivers:
        return
    scope, between = registry.scope_of(kind.name, happened.about), registry.between(kind.name, happened.about)
    own = queries.own_words_in_force([held.organisation_id for held in receivers], kind.name)
    mails = []
    for membership in receivers:
        mail = actions.mail_to(kind.name, membership, membership.organisation, scope=scope)
        mail.between_ref = telling.between(happened, membership) if telling.between else between
        say = partial(_said, happened, telling, membership)
        words = own.get(membership.organisation_id, {})
        mails.append(rendering.fill(mail, kind=kind, organisation=membership.organisation, say=say, own=words))
    sent = [mail for mail in mails if mail.kept_for is None]
    Mail.objects.bulk_create(sent)
    actions.carry(sent)
    for mail in mails:
        if mail.kept_for:
            actions.keep(mail, mail.kept_for)


def _said(happened: Event, telling: Telling, membership: Membership) -> Said | Filled:
    """Called once the receiver's language is active, so that names and dates come out in it."""

    def made(what: Any) -> Any:
        return what(happened, membership) if callable(what) else what

    if telling.letter:
        return Filled(registry.letter(made(telling.letter)), made(telling.places) or {}, made(telling.page) or "")
    return Said(made(telling.subject), list(made(telling.lines)), made(telling.action))
