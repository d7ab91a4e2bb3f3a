"""Reads of an organisation's roles, and of its mails that did not go out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation, OrganisationRole
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.foundation.jobs import queries as work
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications import queries as outbox
from alongside.foundation.notifications.models import Mail
from alongside.organisations.models import NoticeShown, PrivacyNotice

ASIDE = "aside"
_NO_NOTICE: dict[str, Any] = {"version": None, "contact": None, "written": False, "seen": False}


def by_role(organisation: Organisation) -> dict[str, list[Membership]]:
    """Who has which role now, by name: one query for all of them."""
    held = OrganisationRole.objects.filter(membership__organisation=organisation, until__isnull=True)
    found: dict[str, list[Membership]] = {}
    for row in held.select_related("membership").order_by("membership__name", "membership_id"):
        found.setdefault(row.role, []).append(row.membership)
    return found


@dataclass(frozen=True)
class ToSeeTo:
    """What somebody has to see to in their organisation. Of the last three only administrators are told."""

    version: int | None  # of the privacy notice in force
    contact: str | None  # that it names
    written: bool  # by a person, rather than as it came
    seen: bool  # by the one who asks
    has_lead: bool = True
    failed: int = 0
    given_up: int = 0


def to_see_to(actor: Actor, since: datetime, *, settings: bool) -> ToSeeTo:
    """The privacy notice; with `settings` also whether anybody is safeguarding lead, and how much was given up.

    In one query, while nothing was given up.
    """
    organisation = actor.organisation
    lead = OrganisationRole.objects.filter(
        membership__organisation=organisation, until__isnull=True, role=OrganisationRoleName.SAFEGUARDING_LEAD
    )
    troubles: dict[str, QuerySet[Any]] = {
        "failed": outbox.failed_since(organisation, since),
        "given_up": work.given_up(organisation).filter(put_aside_at__isnull=True),
    }
    asked = {"has_lead": Exists(lead)} | {name: Exists(rows) for name, rows in troubles.items()} if settings else {}
    shown = NoticeShown.objects.filter(membership=actor.membership, notice=OuterRef("pk"))
    newest = PrivacyNotice.objects.filter(organisation=organisation).order_by("-version")
    notice = newest.values("version", "contact", written=Q(by__isnull=False), seen=Exists(shown), **asked).first()
    held: dict[str, Any] = dict(notice or _NO_NOTICE)
    if not notice and asked:
        held |= Organisation.objects.filter(pk=organisation.pk).values(**asked).get()
    held |= {name: rows.count() for name, rows in troubles.items() if held.get(name)}
    return ToSeeTo(**held)


def work_visible_to(actor: Actor) -> QuerySet[Job]:
    """The work of an administrator's own organisation that was given up, what was put aside as well."""
    found = work.given_up(actor.organisation)
    return found if access.may(actor, "organisations.work") else found.none()


def narrowed_work(
    found: QuerySet[Job], organisation: Organisation, *, q: str = "", name: str = "", shown: str = ""
) -> QuerySet[Job]:
    """Work by who began it and by kind; what was put aside only where `shown` asks for it."""
    found = found.filter(put_aside_at__isnull=shown != ASIDE)
    found = found.filter(name=name) if name else found
    return work.begun_by(found, organisation, q) if q else found


def mails_visible_to(actor: Actor) -> QuerySet[Mail]:
    """The mails of an administrator's own organisation that were not sent. Those about signing in belong to none."""
    found = outbox.troubles(actor.organisation)
    return found if access.may(actor, "organisations.mails") else found.none()
