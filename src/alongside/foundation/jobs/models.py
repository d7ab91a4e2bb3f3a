"""Jobs: what a page shows of long work, and who is at it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.jobs.terms import DEAD, Cause, JobState


class Job(models.Model):
    """One piece of work. Its arguments stand in the row of Django's Tasks that `task_id` names, while it is open."""

    ref = RefField()
    task_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=80)
    organisation_ref = models.CharField(max_length=12, blank=True)
    by_ref = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=120, blank=True)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=8, choices=Cause.choices, blank=True, default=Cause.NONE)
    put_aside_at = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    claim = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="job_key_once", condition=~Q(key="")),
            models.CheckConstraint(
                name="job_claimed_while_running",
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False) & ~Q(claim="")
                | ~Q(state=JobState.RUNNING) & Q(claim="", lease_until__isnull=True),
            ),
            models.CheckConstraint(
                name="job_cause_when_failed",
                condition=Q(state=JobState.FAILED) & ~Q(cause="")
                | ~Q(state=JobState.FAILED) & Q(cause="", put_aside_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                F("priority").desc(), "not_before", "id", name="job_queue", condition=Q(state=JobState.QUEUED)
            ),
            models.Index(fields=["lease_until"], name="job_lease", condition=Q(state=JobState.RUNNING)),
            models.Index(fields=["by_ref", "id"], name="job_by"),
            models.Index(fields=["finished_at"], name="job_finished"),
            models.Index(
                fields=["organisation_ref", "-finished_at", "-id"], name="job_given_up", condition=Q(cause__in=DEAD)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.ref}"

    @property
    def heading(self) -> str:
        """What the page says of it first."""
        return str(JobState(self.state).label)

    @property
    def progress_words(self) -> str:
        """What is going on, in the work's own words where it has said any."""
        return self.words or str(JobState(self.state).label)

    @property
    def end_words(self) -> str:
        """How it ended, in the work's own words where it has said any."""
        cancelled = self.state == JobState.CANCELLED
        return gettext("It was stopped before its end.") if cancelled else self.words or gettext("It is done.")

    @property
    def link(self) -> str:
        """Where the result can be seen; empty where there is nothing to see."""
        return str(self.result.get("link", ""))
