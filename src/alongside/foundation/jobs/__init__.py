"""Long work on the database: progress, cancel, worker.

    @jobs.task("people.commit_import")
    def commit_import(job, *, roster): …        # in the package's tasks.py

    job = jobs.enqueue("people.commit_import", organisation=actor.organisation_ref, by=actor.ref, roster=roster.ref)

A job runs at least once. `with job.finishing() as result:` commits its effect and its end together, so that a
killed worker leaves nothing doubled.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from alongside.foundation.jobs.registry import (
    URGENT,
    Cancelled,
    ClaimLost,
    Failed,
    Interrupted,
    Plain,
    TryAgain,
    UnknownTask,
    every,
    hourly,
    task,
)

if TYPE_CHECKING:
    from alongside.foundation.jobs.models import Job
    from alongside.foundation.jobs.running import Running

__all__ = [
    "URGENT",
    "Cancelled",
    "ClaimLost",
    "Failed",
    "Interrupted",
    "Running",
    "TryAgain",
    "UnknownTask",
    "enqueue",
    "every",
    "hourly",
    "run_pending",
    "task",
]


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
    """Queue work in the caller's transaction; see `jobs.actions.enqueue`."""
    from alongside.foundation.jobs import actions  # noqa: PLC0415 -- models load after the apps

    return actions.enqueue(name, organisation=organisation, by=by, key=key, not_before=not_before, **plain)


def run_pending(limit: int = 1000) -> int:
    """Run what is due now, in this process, until nothing is; how many were run. For commands and tests."""
    from alongside.foundation.jobs import worker  # noqa: PLC0415 -- models load after the apps

    return worker.run_pending(limit)


def __getattr__(name: str) -> object:
    # For the annotation `job: jobs.Running` in the tasks.py of packages, which load after the models.
    if name == "Running":
        from alongside.foundation.jobs.running import Running  # noqa: PLC0415 -- models load after the apps

        return Running
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
