"""Programmes and who takes part in them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.programmes.terms import Part, ProgrammeState


class Programme(models.Model):
    """One round of mentoring in an organisation. At launch it pins the edition of its lifecycle model."""

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=2000)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    model_key = models.CharField(_("lifecycle model"), max_length=40)
    model_edition = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    created_at = models.DateTimeField(default=clock.now)
    launched_at = models.DateTimeField(null=True, blank=True)
    counts_begun = models.PositiveIntegerField(default=0)  # how often its funnel was counted, or begun to be
    counts_kept = models.PositiveIntegerField(default=0)  # which of these counts `desk_counts` came of
    desk_counts = models.JSONField(default=dict)  # what waits for its coordinators: numbers by hooks.DeskCount.key
    archived_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")  # the round before

    class Meta:
        ordering = ["-starts_on", "name", "id"]
        indexes = [models.Index(fields=["organisation", "-starts_on", "name"], name="programme_list")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programme_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state=ProgrammeState.DRAFT) | Q(launched_at__isnull=False), name="programme_launched"
            ),
            models.CheckConstraint(
                condition=Q(state=ProgrammeState.CLOSED) | Q(archived_at__isnull=True), name="programme_archived"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """Somebody's part in a programme, while `until` is empty. One person may be mentor and mentee in it."""

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="participations")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part.choices)
    capacity = models.PositiveSmallIntegerField(_("places"), default=1)
    room_said_at = models.DateTimeField(null=True, blank=True)  # when a mentor said so themselves
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "membership", "part"], name="participation_once", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(part=Part.MENTOR, capacity__lte=20) | Q(capacity=1), name="participation_capacity"
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "part"], name="participation_of"),
            models.Index(
                fields=["programme", "part", "membership"], name="participation_in", condition=Q(until__isnull=True)
            ),
        ]

    @property
    def in_force(self) -> bool:
        """Is this part still played?"""
        return self.until is None


class FunnelCount(models.Model):
    """How many people of a programme had come as far as one step of its funnel, when it was counted last."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)  # the key of a hooks.FunnelStep
    count = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "step"], name="funnel_count_once")]
