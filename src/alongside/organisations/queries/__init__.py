"""Reads of an organisation's roles, and of its mails that did not go out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

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

    In one query.
    """
    newest = PrivacyNotice.objects.filter(organisation=actor.organisation).order_by("-version")
    shown = NoticeShown.objects.filter(membership=actor.membership, notice=Subquery(newest.values("pk")[:1]))
    asked: dict[str, Any] = {
        "version": Subquery(newest.values("version")[:1]),
        "contact": Subquery(newest.values("contact")[:1]),
        "written": Exists(newest.filter(by__isnull=False, version=Subquery(newest.values("version")[:1]))),
        "seen": Exists(shown),
    }
    if settings:
        lead = OrganisationRole.objects.filter(
            membership__organisation=actor.organisation, until__isnull=True, role=OrganisationRoleName.SAFEGUARDING_LEAD
        )
        failed = outbox.failed_since(actor.organisation, since).order_by().values("organisation_ref")
        count = failed.annotate(count=Count("pk")).values("count")
        dead = work.given_up(actor.organisation).filter(put_aside_at__isnull=True).order_by()
        given_up = dead.annotate(one=Value(1)).values("one").annotate(count=Count("pk")).values("count")
        asked |= {
            "has_lead": Exists(lead),
            "failed": Coalesce(Subquery(count), 0),
            "given_up": Coalesce(Subquery(given_up), 0),
        }
    held = Organisation.objects.filter(pk=actor.organisation.pk).annotate(**asked)
    return ToSeeTo(**held.values(*asked).get())


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
