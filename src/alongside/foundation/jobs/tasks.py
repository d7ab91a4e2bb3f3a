"""The one task of Django's that carries every job, and the hourly clearing away."""

from django.utils.translation import gettext_lazy as _
from django_tasks import task as django_task

from alongside.foundation import files, sets
from alongside.foundation.jobs import actions, registry, worker
from alongside.foundation.jobs.registry import Plain
from alongside.foundation.jobs.running import Running


@django_task
def work(ref: str, plain: dict[str, Plain]) -> None:
    """Run one job: what Django's Tasks call. Our own worker takes jobs from their own table, where the lease is."""
    worker.run_one(ref)


@registry.task("jobs.clear_away", words=_("Clearing away work that ended long ago"))
def clear_away(job: Running) -> dict[str, Plain]:
    """Forget jobs that ended long ago."""
    return {"count": actions.clear_away()}


@registry.task("files.clear_away", words=_("Deleting uploads that are past their day"))
def clear_files_away(job: Running) -> dict[str, Plain]:
    """Delete uploads that are past their day, with their files."""
    return {"count": files.delete_due()}


@registry.task("jobs.know_sizes", words=_("Looking at how large the tables are"))
def know_sizes(job: Running) -> None:
    """So that the database chooses the right indexes as it grows."""
    sets.know_sizes()


registry.hourly("jobs.clear_away")
registry.hourly("files.clear_away")
registry.every("jobs.know_sizes", minutes=24 * 60)
