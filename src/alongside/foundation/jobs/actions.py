"""Queueing work, asking for a stop, and clearing away what has ended."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actors import Actor
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.registry import Plain, find
from alongside.foundation.jobs.terms import OPEN, JobState

KEPT_DAYS = 30


def enqueue(
    name: str,
    /,
    *,
    organisation: str = "",
    by: str = "",
    key: str = "",
    not_before: datetime | None = None,
    **plain: Plain,
) -> Job:
    """Queue the work called `name`, in the caller's transaction: if that is rolled back, nothing was queued.

    `organisation` and `by` are refs (`by` of the membership that may watch it). The same `key` gives the same job
    again. Arguments are refs, codes and numbers: no words that a person wrote. Raises UnknownTask, and TypeError
    for an argument that is not plain.
    """
    task = find(name)
    if key and (held := Job.objects.filter(key=key).first()):
        return held
    now = clock.now()
    job = Job(
        name=name,
        organisation_ref=organisation,
        by_ref=by,
        key=key,
        priority=task.priority,
        created_at=now,
        not_before=not_before or now,
    )
    return _keep(job, plain)


def _keep(job: Job, plain: dict[str, Plain]) -> Job:
    try:
        with transaction.atomic():
            job.task_id = _keep_arguments(job, plain)
            job.save()
    except IntegrityError:
        if not job.key:
            raise
        return Job.objects.get(key=job.key)  # somebody else queued it at the same moment
    return job


def _keep_arguments(job: Job, plain: dict[str, Plain]) -> uuid.UUID:
    from alongside.foundation.jobs.tasks import work  # noqa: PLC0415 -- the task runs the worker, which queues

    result = work.using(priority=job.priority).enqueue(ref=job.ref, plain=plain)
    return uuid.UUID(result.id)


def cancel(job: Job, *, by: Actor) -> None:
    """Ask for a stop: what waits is cancelled at once, what runs stops at its next progress. Else nothing happens."""
    with event("job.cancelled", by=by, about=job, work=job.name):
        waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
        if waiting.update(state=JobState.CANCELLED, cancel_requested=True, finished_at=clock.now()):
            DBTaskResult.objects.filter(pk=job.task_id).delete()
        else:
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)


def anything_open() -> bool:
    """Does any job wait or run?"""
    return Job.objects.filter(state__in=OPEN).exists()


def clear_away() -> int:
    """Delete jobs that ended long ago, with their arguments' rows; how many."""
    old = Job.objects.filter(finished_at__lt=clock.now() - timedelta(days=KEPT_DAYS)).exclude(state__in=OPEN)
    found = list(old.values_list("pk", "task_id")[:5000])
    with transaction.atomic():
        DBTaskResult.objects.filter(pk__in=[task_id for _, task_id in found]).delete()
        Job.objects.filter(pk__in=[pk for pk, _ in found]).delete()
    return len(found)


def forget_work_of(ref: str) -> int:
    """Delete the jobs that a membership started, whatever their state, with their arguments; how many."""
    with transaction.atomic():
        found = list(Job.objects.select_for_update().filter(by_ref=ref).values_list("pk", "task_id"))
        DBTaskResult.objects.filter(pk__in=[task_id for _, task_id in found]).delete()
        return Job.objects.filter(pk__in=[pk for pk, _ in found]).delete()[0]
