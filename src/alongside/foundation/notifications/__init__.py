"""Mail: outbox, delivery and preferences.

    # in a package's notices.py: what it says, with places; an organisation can put its own words there
    declare_letter("contract.signed", when=_("…"), whom=_("…"), subject=_("…"), lines=[_("{name} has …")],
                   button=_("Open the agreement"), places=[Place("name", _("…"), "Amara Okafor")])

    # told in the event's own transaction, whenever it happens with notify=True
    notify("contract.signed", to=partners, letter="contract.signed", places=names, page=path)

    # in an action, for what is no event
    notifications.tell("membership.invitation", to=[membership], letter="membership.invitation", places={…},
                       page="/join/…/", organisation=organisation)

Mails never hold what people wrote in notes, reflections or concerns: they say what happened and lead to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from alongside.foundation.notifications.answers import Asked, declare_answer
from alongside.foundation.notifications.answers import address as answer_address
from alongside.foundation.notifications.letters import Link, Place, Value
from alongside.foundation.notifications.registry import (
    Action,
    Scope,
    Words,
    add_between,
    add_scope,
    declare_kind,
    declare_letter,
    notify,
)
from alongside.foundation.notifications.terms import Urgency

if TYPE_CHECKING:
    from django.db.models import Model

    from alongside.foundation.identity.models import Membership, Organisation
    from alongside.foundation.notifications.models import Mail

__all__ = [
    "Asked",
    "Link",
    "Place",
    "Scope",
    "Urgency",
    "add_between",
    "add_scope",
    "answer_address",
    "can_deliver",
    "declare_answer",
    "declare_kind",
    "declare_letter",
    "notify",
    "tell",
]


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
    """Queue mails in the caller's transaction; see `notifications.actions.tell`."""
    from alongside.foundation.notifications import actions  # noqa: PLC0415 -- models load after the apps

    return actions.tell(
        kind,
        to=to,
        letter=letter,
        places=places,
        page=page,
        subject=subject,
        lines=lines,
        action=action,
        organisation=organisation,
        within=within,
        expires=expires,
        urgent=urgent,
        secret=secret,
        about=about,
        dedupe=dedupe,
    )


def can_deliver() -> bool:
    """Does a mail reach somebody: is a mail server set, or are mails shown on a page here?"""
    from alongside.foundation.notifications import rules  # noqa: PLC0415 -- reads the settings

    return rules.can_deliver()
