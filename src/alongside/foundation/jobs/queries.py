"""Reads of jobs."""

from datetime import datetime

from django.db.models import QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import JobState


def visible_to(actor: Actor) -> QuerySet[Job]:
    """The jobs that `actor` started, and nobody else's."""
    return Job.objects.filter(by_ref=actor.ref, organisation_ref=actor.organisation_ref)


def due(now: datetime, at_least: int = -100) -> QuerySet[Job]:
    """What waits to be run, the most urgent first, then the longest waiting."""
    queued = Job.objects.filter(state=JobState.QUEUED, not_before__lte=now, priority__gte=at_least)
    return queued.order_by("-priority", "not_before", "id")


def abandoned(now: datetime) -> QuerySet[Job]:
    """Running jobs whose worker has not been heard of for the length of a lease."""
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
