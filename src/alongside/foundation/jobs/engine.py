"""The queue: claiming, the lease, ending by compare-and-set on the claim, and taking back what a dead worker left.

Every function here is one short transaction.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.foundation import clock
from alongside.foundation.events.refs import new_ref
from alongside.foundation.jobs import queries, rules
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.registry import ClaimLost, Plain
from alongside.foundation.jobs.terms import DEAD, STOPPED_TOO_OFTEN, Cause, JobState

LEASE = timedelta(seconds=30)
_log = structlog.get_logger("alongside.jobs")
_EMPTY: dict[str, Any] = {"args": [], "kwargs": {}}
_STATUS = {JobState.DONE: TaskResultStatus.SUCCESSFUL, JobState.QUEUED: TaskResultStatus.READY}


@dataclass
class Beat:
    """What a heartbeat brings back."""

    held: bool
    cancel: bool


def claim(worker: str, *, at_least: int = -100) -> Job | None:
    """Take the next job that is due, or None. Two workers never take the same one."""
    if not queries.due(clock.now(), at_least).exists():  # an idle worker must not take SQLite's one writer
        return None
    with transaction.atomic():
        job = queries.due(clock.now(), at_least).select_for_update(skip_locked=True).first()
        return _take(job, worker) if job else None


def claim_one(ref: str, worker: str) -> Job | None:
    """Take this job, or None where it is not waiting."""
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(ref=ref, state=JobState.QUEUED).first()
        return _take(job, worker) if job else None


def _take(job: Job, worker: str) -> Job:
    now = clock.now()
    job.state, job.claim, job.lease_until = JobState.RUNNING, f"{worker}.{new_ref()}", now + LEASE
    job.started_at = job.started_at or now
    job.save(update_fields=["state", "claim", "lease_until", "started_at"])
    DBTaskResult.objects.filter(pk=job.task_id).update(status=TaskResultStatus.RUNNING, started_at=now)
    return job


def arguments(job: Job) -> dict[str, Plain] | None:
    """The arguments of an open job; None where they are gone."""
    row = DBTaskResult.objects.filter(pk=job.task_id).values_list("args_kwargs", flat=True).first()
    return row["kwargs"].get("plain") if row else None


def beat(job: Job, **shown: Any) -> Beat:
    """Renew the lease and write progress (done, total, words); says whether the claim holds and a stop was asked."""
    held = _mine(job).update(lease_until=clock.now() + LEASE, **shown)
    return Beat(bool(held), is_cancelled(job))


def is_cancelled(job: Job) -> bool:
    """Has somebody asked for a stop? Reads only."""
    return Job.objects.filter(pk=job.pk, cancel_requested=True).exists()


def finish(job: Job, state: JobState, **said: Any) -> None:
    """End a claimed job. Raises ClaimLost when another worker has it by now; then nothing is changed."""
    _leave(job, state, {}, finished_at=clock.now(), **said)


def put_back(job: Job, *, after: float = 0, **said: Any) -> None:
    """Let a claimed job wait for its next turn. Raises ClaimLost when another worker has it by now."""
    _leave(job, JobState.QUEUED, {}, not_before=clock.now() + timedelta(seconds=after), **said)


def take_back() -> int:
    """Requeue the jobs that dead workers left, how many; a job that has lost too many workers is failed."""
    count = 0
    for job in queries.abandoned(clock.now()):
        try:
            _take_back_one(job)
        except ClaimLost:  # its worker was only slow, or another worker took it back first
            continue
        _log.warning("job.taken_back", job=job.ref, name=job.name, losses=job.losses + 1)
        count += 1
    return count


def _take_back_one(job: Job) -> None:
    losses, unheard = job.losses + 1, {"lease_until": job.lease_until}  # a heartbeat since then: the worker lives
    if job.cancel_requested:
        _leave(job, JobState.CANCELLED, unheard, finished_at=clock.now(), losses=losses)
    elif rules.is_worn_out(losses):
        words = str(STOPPED_TOO_OFTEN)
        _leave(job, JobState.FAILED, unheard, finished_at=clock.now(), error=words, cause=Cause.LOST, losses=losses)
    else:
        _leave(job, JobState.QUEUED, unheard, not_before=clock.now(), losses=losses)


def _leave(job: Job, state: JobState, while_: dict[str, Any], **said: Any) -> None:
    with transaction.atomic():
        if not _mine(job).filter(**while_).update(state=state, claim="", lease_until=None, **said):
            raise ClaimLost(job.ref)
        row: dict[str, Any] = {"status": _STATUS.get(state, TaskResultStatus.FAILED)}
        if state != JobState.QUEUED:
            row["finished_at"] = clock.now()
        if state != JobState.QUEUED and said.get("cause") not in DEAD:  # the arguments are needed no longer
            row["args_kwargs"] = _EMPTY
        DBTaskResult.objects.filter(pk=job.task_id).update(**row)


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING)
