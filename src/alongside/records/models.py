"""Holds, erasures and runs of retention: that they were, when and by whom, and how much went; never what.

And complaints: every text but a draft is sealed with the key of its complaint, so that it stays readable to whoever
handles it when somebody in it is erased, and goes with that key when its day has come.
"""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.vault import SealedField
from alongside.records.terms import ComplaintKind, ComplaintState, Desk, HoldKind, Outcome, Said


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


class Complaint(models.Model):
    """A question of ethics or a complaint on its way, from being sent to being closed or taken back."""

    ref = RefField()  # given by the form, so that pressing twice sends once
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    writer = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=ComplaintKind.choices)
    desk = models.CharField(max_length=11, choices=Desk.choices)
    coordinator = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    programme_ref = models.CharField(max_length=12, blank=True)  # the one that they coordinate
    state = models.CharField(max_length=12, choices=ComplaintState.choices, default=ComplaintState.RECEIVED)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    happened = SealedField()
    wanted = SealedField(default=b"")
    received_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    unread_told_at = models.DateTimeField(null=True, blank=True)  # its writer knows that nobody is left who reads it
    overdue_told_at = models.DateTimeField(null=True, blank=True)
    has_news = models.BooleanField(default=False)  # its writer was written to, and has not opened it since

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-received_at", "-id"], name="complaint_newest"),
            models.Index(fields=["id"], name="complaint_open", condition=Q(ended_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(desk=Desk.COORDINATOR, coordinator__isnull=False) & ~Q(programme_ref="")
                | ~Q(desk=Desk.COORDINATOR) & Q(coordinator__isnull=True, programme_ref=""),
                name="complaint_desk_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind=ComplaintKind.DATA, desk=Desk.PRIVACY, due_on__isnull=False)
                | ~Q(kind=ComplaintKind.DATA) & ~Q(desk=Desk.PRIVACY) & Q(due_on__isnull=True),
                name="complaint_data_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.RECEIVED, acknowledged_at__isnull=True)
                | Q(state=ComplaintState.TAKEN_BACK)
                | ~Q(state=ComplaintState.RECEIVED) & Q(acknowledged_at__isnull=False),
                name="complaint_acknowledged_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ComplaintState.ANSWERED, ComplaintState.CLOSED], answered_at__isnull=False)
                & ~Q(outcome="")
                | ~Q(state__in=[ComplaintState.ANSWERED, ComplaintState.CLOSED])
                & Q(answered_at__isnull=True, outcome=""),
                name="complaint_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ComplaintState.CLOSED, ComplaintState.TAKEN_BACK], ended_at__isnull=False)
                | ~Q(state__in=[ComplaintState.CLOSED, ComplaintState.TAKEN_BACK]) & Q(ended_at__isnull=True),
                name="complaint_ended_whole",
            ),
        ]

    @property
    def key_owner(self) -> str:
        """The vault's name for the key of all that is written about it."""
        return f"complaint:{self.ref}"


class ComplaintAbout(models.Model):
    """Somebody whom it is about: they never come to it. `told_at`: whoever handles it told them, outside Alongside."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="about", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "membership"], name="complaint_about_once")]


class ComplaintMessage(models.Model):
    """What its writer and whoever handles it write to each other."""

    ref = RefField()  # given by the form
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Said.choices, default=Said.WORDS)
    words = SealedField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]


class ComplaintDraft(models.Model):
    """What somebody has begun to write and not sent, one of each kind; sealed with their own key, theirs alone."""

    ref = RefField()
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=9, choices=ComplaintKind.choices)
    words = SealedField()
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "kind"], name="complaint_draft_once")]


class AnswerDraft(models.Model):
    """An answer that somebody has begun to write and not sent; sealed with their own key, theirs alone."""

    ref = RefField()
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="+")
    words = SealedField()
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "complaint"], name="answer_draft_once")]
