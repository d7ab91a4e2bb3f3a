"""Reads of vetting: what came of it, and when it is due again."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q, QuerySet

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import Part
from alongside.readiness.models import Vetting
from alongside.readiness.terms import IN_ORDER


def visible_to(actor: Actor) -> QuerySet[Vetting]:
    """One's own; of mentors and mentees whose programme one coordinates; all here, for the safeguarding lead."""
    if access.may(actor, "readiness.vetting_list"):
        found = Vetting.objects.filter(membership__organisation=actor.organisation)
    else:
        mine = Participation.objects.filter(programme__in=coordinated_by(actor), until__isnull=True)
        theirs = mine.exclude(part=Part.COORDINATOR).values("membership")
        found = Vetting.objects.filter(Q(membership=actor.membership) | Q(membership__in=theirs))
    return found.select_related("membership", "by")


def of(actor: Actor, membership: Membership) -> list[Vetting]:
    """What the actor may know of somebody's vetting, the newest first."""
    return list(visible_to(actor).filter(membership=membership))


def valid(today: date) -> Q:
    """In force, in order, and not due again."""
    due = Q(recheck_on__isnull=True) | Q(recheck_on__gte=today)
    return Q(replaced_at__isnull=True, outcome__in=IN_ORDER) & due


def search(actor: Actor, chosen: Mapping[str, str], today: date) -> QuerySet[Vetting]:
    """What is in force for whom, what is due again first; `q` (names) and `state` (due, or an outcome) narrow."""
    found = visible_to(actor).filter(replaced_at__isnull=True)
    for word in chosen.get("q", "").split():
        found = found.filter(Q(membership__name__icontains=word) | Q(membership__known_as__icontains=word))
    if state := chosen.get("state"):
        found = found.filter(recheck_on__lt=today) if state == "due" else found.filter(outcome=state)
    return found.order_by(F("recheck_on").asc(nulls_last=True), "membership__name", "pk")
