"""Reads of an organisation's roles, and of its mails that did not go out."""

from datetime import datetime

from django.db.models import Count, Exists, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation, OrganisationRole
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.foundation.notifications import queries as outbox
from alongside.foundation.notifications.models import Mail


def by_role(organisation: Organisation) -> dict[str, list[Membership]]:
    """Who has which role now, by name: one query for all of them."""
    held = OrganisationRole.objects.filter(membership__organisation=organisation, until__isnull=True)
    found: dict[str, list[Membership]] = {}
    for row in held.select_related("membership").order_by("membership__name", "membership_id"):
        found.setdefault(row.role, []).append(row.membership)
    return found


def to_see_to(organisation: Organisation, since: datetime) -> tuple[bool, int]:
    """Has anybody the role of safeguarding lead, and how many mails were given up since then? In one query."""
    lead = OrganisationRole.objects.filter(
        membership__organisation=organisation, until__isnull=True, role=OrganisationRoleName.SAFEGUARDING_LEAD
    )
    failed = outbox.failed_since(organisation, since).order_by().values("organisation_ref")
    count = Coalesce(Subquery(failed.annotate(count=Count("pk")).values("count")), 0)
    return Organisation.objects.filter(pk=organisation.pk).values_list(Exists(lead), count).get()


def mails_visible_to(actor: Actor) -> QuerySet[Mail]:
    """The mails of an administrator's own organisation that were not sent. Those about signing in belong to none."""
    found = outbox.troubles(actor.organisation)
    return found if access.may(actor, "organisations.mails") else found.none()
