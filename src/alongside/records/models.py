"""Holds, erasures and runs of retention: that they were, when and by whom, and how much went; never what."""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.records.terms import HoldKind


class Hold(models.Model):
    """Somebody's records stay until it is lifted: neither erasure nor retention touches them."""

    ref = RefField()
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=HoldKind.choices)
    reason = SealedField()
    set_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    lifted_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "kind"], name="hold_once", condition=Q(lifted_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_whole",
            ),
        ]

    @property
    def key_owner(self) -> str:
        """The vault's name for the key of its reason."""
        return f"hold:{self.ref}"


class Erasure(models.Model):
    """That somebody is being erased, or was: without `finished_at` it is gone on with, and begins nowhere else.

    `whole`: all of them; otherwise only what an account holds, as they left long ago. `gone` counts rows by table.
    """

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    whole = models.BooleanField(default=True)
    by_ref = models.CharField(max_length=12)
    begun_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    gone = models.JSONField(default=dict)
    named = models.JSONField(default=dict)  # rows that may not change and name them still, by table


class RetentionRun(models.Model):
    """One run of retention: what went, by table. Without `finished_at` the next one goes on with it."""

    ref = RefField()
    by_ref = models.CharField(max_length=12)
    begun_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    gone = models.JSONField(default=dict)
