"""Queueing work, asking for a stop, and clearing away what has ended."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.jobs import queries, rules
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.registry import Plain, find, names
from alongside.foundation.jobs.terms import OPEN, Cause, JobState

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
    if key and (held := queries.with_key(key).first()):
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
        return queries.with_key(job.key).get()  # somebody else queued it at the same moment
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


def try_again(job: Job, *, by: Actor) -> None:
    """Queue work once more that was given up, with the arguments that it had. Raises NotPossible, and says why."""
    with event("job.tried_again", by=by, about=job, work=job.name):
        held = Job.objects.select_for_update().get(pk=job.pk)
        reason = rules.why_not_again(state=held.state, cause=held.cause, known=held.name in names())
        if reason:
            raise NotPossible(reason)
        held.state, held.cause, held.error, held.cancel_requested = JobState.QUEUED, Cause.NONE, "", False
        held.attempts = held.losses = held.done = held.total = 0
        held.put_aside_at, held.finished_at, held.not_before = None, None, clock.now()
        held.save()
        DBTaskResult.objects.filter(pk=held.task_id).update(status=TaskResultStatus.READY, finished_at=None)


def put_aside(job: Job, *, by: Actor) -> None:
    """Take work that was given up off the list; it can be put back. Raises NotPossible."""
    _put(job, "job.put_aside", aside=True, by=by)


def put_back_on_list(job: Job, *, by: Actor) -> None:
    """Put work back on the list. Raises NotPossible."""
    _put(job, "job.put_back", aside=False, by=by)


def _put(job: Job, name: str, *, aside: bool, by: Actor) -> None:
    with event(name, by=by, about=job, work=job.name):
        held = Job.objects.select_for_update().get(pk=job.pk)
        reason = rules.why_not_aside(cause=held.cause, is_aside=held.put_aside_at is not None, put=aside)
        if reason:
            raise NotPossible(reason)
        held.put_aside_at = clock.now() if aside else None
        held.save(update_fields=["put_aside_at"])


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
