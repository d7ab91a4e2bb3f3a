"""The code of ethics, training, conflicts of interest, who has done what of it, and what each programme asks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.vault import SealedField
from alongside.programmes.models import Programme
from alongside.readiness.terms import ConflictKind, Decision, Need, Outcome


class EthicsCode(models.Model):
    """One version of the code that an organisation goes by: somebody else's by name and link, or its own text.

    Never changed: what people accepted stays as they read it. The one in force is the one that was not replaced.
    """

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=100)
    edition = models.CharField(_("version"), max_length=60, blank=True)  # as its author calls it
    link = models.URLField(_("link"), max_length=300, blank=True)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="ethics_code_once"),
            models.UniqueConstraint(
                fields=["organisation"], name="ethics_code_in_force", condition=Q(replaced_at__isnull=True)
            ),
            models.CheckConstraint(condition=~Q(link="", text=""), name="ethics_code_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.edition}" if self.edition else self.name


class CodeAcceptance(models.Model):
    """Somebody has accepted one version of the code."""

    code = models.ForeignKey(EthicsCode, models.PROTECT, related_name="+", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "membership"], name="code_acceptance_once")]


class Module(models.Model):
    """One part of an organisation's training: its own text, file or link, or a part of a shipped course; or a day.

    It is done in one go, with questions at its end if it has any (as `rules.Question.said` says); a part that people
    meet for (`is_met`) is done by having been there. `revision` counts changes of what it says; whoever has done it
    before `asked_from` does it again. A part that was taken out stays, for those who have done it.
    """

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source = models.CharField(max_length=90, blank=True)  # as core/what-mentoring-is: the words are guidance's
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    file = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+")
    questions = models.JSONField(default=list, blank=True)
    is_met = models.BooleanField(default=False)
    mentors = models.CharField(max_length=8, choices=Need.choices, default=Need.NONE)
    mentees = models.CharField(max_length=8, choices=Need.choices, default=Need.NONE)
    valid_months = models.PositiveSmallIntegerField(_("valid for months"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    asked_from = models.PositiveIntegerField(default=1)
    place = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source"],
                name="module_source_once",
                condition=~Q(source="") & Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=~Q(source="", link="", text="", file=None, is_met=False), name="module_says_something"
            ),
            models.CheckConstraint(condition=Q(asked_from__lte=F("revision")), name="module_asked_from"),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingDay(models.Model):
    """A day on which people meet for a part of the training. Without `seats` everybody finds one."""

    ref = RefField()
    module = models.ForeignKey(Module, models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("where"), max_length=200)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["module", "starts_at", "id"], name="training_day_list")]
        constraints = [
            models.CheckConstraint(condition=Q(seats__isnull=True) | Q(seats__gt=0), name="training_day_seats")
        ]


class TrainingAttendance(models.Model):
    """Somebody means to come to a training day, and whether they came; None: nobody has said so yet."""

    day = models.ForeignKey(TrainingDay, models.PROTECT, related_name="+", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    came = models.BooleanField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "membership"], name="training_attendance_once")]


class Completion(models.Model):
    """Somebody has done a part of the training, as it was at `revision`. It holds until a day, or for good.

    `day` is the training day on which they were there, for a part that people meet for.
    """

    module = models.ForeignKey(Module, models.PROTECT, related_name="+", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)
    until = models.DateField(null=True, blank=True)
    day = models.ForeignKey(TrainingDay, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "membership"], name="completion_once")]


class ConflictStatement(models.Model):
    """Somebody has said on a day that they have declared every conflict of interest in a programme, or have none."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    stated_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "membership"], name="conflict_statement_once")]


class Conflict(models.Model):
    """A conflict of interest that somebody declared, and what was decided. Words have the declarer’s key."""

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ConflictKind.choices)
    words = SealedField()
    declared_at = models.DateTimeField(default=clock.now)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    answer = SealedField()
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-declared_at", "-id"]
        indexes = [models.Index(fields=["programme", "-declared_at", "-id"], name="conflict_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="conflict_decided_whole",
            )
        ]


class Vetting(models.Model):
    """What came of vetting somebody, and when it is due again: never the certificate. The newest was not replaced."""

    ref = RefField()
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    number = models.CharField(_("number"), max_length=60, blank=True)
    decided_on = models.DateField(_("date"))
    recheck_on = models.DateField(_("due again on"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], name="vetting_in_force", condition=Q(replaced_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(recheck_on__isnull=True) | Q(recheck_on__gt=F("decided_on")), name="vetting_recheck_later"
            ),
        ]


class ReadinessRule(models.Model):
    """What a programme asks of its mentors and mentees before they begin (values of `terms.Asked`)."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="+")
    mentors = models.JSONField(default=list)
    mentees = models.JSONField(default=list)
    holds_pairs = models.BooleanField(default=False)  # a pair begins only once both are ready
    changed_at = models.DateTimeField(default=clock.now)
