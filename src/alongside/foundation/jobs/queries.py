"""Reads of jobs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.functional import Promise

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.jobs import registry
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import DEAD, Cause, JobState


def visible_to(actor: Actor) -> QuerySet[Job]:
    """The jobs that `actor` started, and nobody else's."""
    return Job.objects.filter(by_ref=actor.ref, organisation_ref=actor.organisation_ref)


def with_key(key: Any) -> QuerySet[Job]:
    """The job that has this key, or an expression's value, whatever became of it. Not for empty keys."""
    return Job.objects.filter(key=key).exclude(key="")  # or SQLite does not see that the index of keys holds it


def given_up(organisation: Organisation) -> QuerySet[Job]:
    """An organisation's work that ended without an answer, newest first; what was put aside as well.

    Where no other organisation is on the installation, also the work that is nobody's in particular.
    """
    others = Organisation.objects.exclude(pk=organisation.pk)
    whose = Q(organisation_ref=organisation.ref) | Q(organisation_ref="") & ~Exists(others)
    return Job.objects.filter(whose, cause__in=DEAD).order_by("-finished_at", "-id")


@dataclass(frozen=True)
class GivenUp:
    """Work that was given up, as an administrator may see it."""

    job: Job
    what: str | Promise
    who: str  # empty where Alongside began it by itself
    why: str | Promise


def shown(jobs: Iterable[Job], organisation: Organisation) -> list[GivenUp]:
    """The work of a page of `given_up`, in its order: one query, however much it is."""
    held = list(jobs)
    members = Membership.objects.filter(organisation=organisation, ref__in={job.by_ref for job in held})
    names = dict(members.order_by().values_list("ref", "name"))
    return [
        GivenUp(job, registry.words_of(job.name), names.get(job.by_ref, ""), Cause(job.cause).label) for job in held
    ]


def begun_by(found: QuerySet[Job], organisation: Organisation, name: str) -> QuerySet[Job]:
    """Of some work, what people of this name began."""
    members = Membership.objects.filter(organisation=organisation, name__icontains=name)
    return found.filter(by_ref__in=members.values("ref"))


def due(now: datetime, at_least: int = -100) -> QuerySet[Job]:
    """What waits to be run, the most urgent first, then the longest waiting."""
    queued = Job.objects.filter(state=JobState.QUEUED, not_before__lte=now, priority__gte=at_least)
    return queued.order_by("-priority", "not_before", "id")


def abandoned(now: datetime) -> QuerySet[Job]:
    """Running jobs whose worker has not been heard of for the length of a lease."""
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
