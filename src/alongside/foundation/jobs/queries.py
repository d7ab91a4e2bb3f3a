"""Reads of jobs."""

from datetime import datetime

from django.db.models import Q, QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import DEAD, JobState


def visible_to(actor: Actor) -> QuerySet[Job]:
    """The jobs that `actor` started, and nobody else's."""
    return Job.objects.filter(by_ref=actor.ref, organisation_ref=actor.organisation_ref)


def given_up(organisation: Organisation) -> QuerySet[Job]:
    """An organisation's work that ended without an answer, newest first; what was put aside as well.

    Where no other organisation is on the installation, also the work that is nobody's in particular.
    """
    whose = Q(organisation_ref=organisation.ref)
    if not Organisation.objects.exclude(pk=organisation.pk).exists():
        whose |= Q(organisation_ref="")
    return Job.objects.filter(whose, cause__in=DEAD).order_by("-finished_at", "-id")


def due(now: datetime, at_least: int = -100) -> QuerySet[Job]:
    """What waits to be run, the most urgent first, then the longest waiting."""
    queued = Job.objects.filter(state=JobState.QUEUED, not_before__lte=now, priority__gte=at_least)
    return queued.order_by("-priority", "not_before", "id")


def abandoned(now: datetime) -> QuerySet[Job]:
    """Running jobs whose worker has not been heard of for the length of a lease."""
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
