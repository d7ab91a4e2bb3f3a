"""Reads of training days: when people can come, and who was there."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE
from alongside.people.queries import people
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import Part
from alongside.readiness.models import Module, TrainingAttendance, TrainingDay

LATER = timedelta(days=1)
"""How long after it began a day stays on the page of whoever came."""


def visible_to(actor: Actor) -> QuerySet[TrainingDay]:
    """The training days of one's organisation, whoever comes to them."""
    return TrainingDay.objects.filter(module__organisation=actor.organisation).select_related("module")


def attendances_visible_to(actor: Actor) -> QuerySet[TrainingAttendance]:
    """One's own, and those of mentors and mentees whose programme one coordinates."""
    return TrainingAttendance.objects.filter(Q(membership=actor.membership) | Q(membership__in=_of_theirs(actor)))


def _of_theirs(actor: Actor) -> QuerySet[Any]:
    held = Participation.objects.filter(programme__in=coordinated_by(actor), until__isnull=True)
    return held.exclude(part=Part.COORDINATOR).values("membership")


def to_come(actor: Actor, module: Module) -> list[Any]:
    """The days of a part that somebody can come to, or comes to: with `coming`, `taken`, `is_full`."""
    mine = TrainingAttendance.objects.filter(day=OuterRef("pk"), membership=actor.membership)
    found = _counted(visible_to(actor).filter(module=module, starts_at__gt=clock.now() - LATER))
    held = found.annotate(coming=Exists(mine), is_full=Q(seats__isnull=False, seats__lte=F("taken")))
    return list(held.filter(Q(cancelled_at__isnull=True) | Q(coming=True)).order_by("starts_at", "pk"))


def all_of(actor: Actor, module: Module) -> QuerySet[Any]:
    """Every day of a part, the latest first, with `taken` and `there`, for whoever puts the training together."""
    return _counted(visible_to(actor).filter(module=module)).order_by("-starts_at", "-pk")


def _counted(found: QuerySet[TrainingDay]) -> QuerySet[Any]:
    return found.annotate(taken=_number(Q(came=True) | Q(came=None)), there=_number(Q(came=True)))


def _number(which: Q) -> Coalesce:
    held = TrainingAttendance.objects.filter(which, day=OuterRef("pk"))
    return Coalesce(Subquery(held.order_by().values("day").annotate(n=Count("pk")).values("n")), 0)


def taken(day: TrainingDay) -> int:
    """How many are expected at a day, or were there, whoever they are."""
    return TrainingAttendance.objects.filter(Q(came=True) | Q(came=None), day=day).count()


def people_of(actor: Actor, day: TrainingDay) -> list[TrainingAttendance]:
    """Who means to come to a day, or came, by name."""
    held = attendances_visible_to(actor).filter(day=day).select_related("membership__account")
    return list(held.order_by("membership__name", "pk"))


def named(actor: Actor, words: str) -> list[Membership]:
    """Who in the programmes that one coordinates has this address or full name, at most two: one is an answer."""
    here = people.visible_to(actor).filter(pk__in=_of_theirs(actor)).exclude(state__in=GONE)
    return list(
        here.filter(Q(work_address__iexact=words) | Q(account__email__iexact=words) | Q(name__iexact=words)).order_by(
            "pk"
        )[:2]
    )
