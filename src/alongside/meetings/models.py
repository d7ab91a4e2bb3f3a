"""Sessions and what is written about them. Texts with different readers stand in different tables."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.meetings.terms import LONGEST, SHORTEST, USUAL_LENGTH, Mode, SessionState
from alongside.relationships.models import Party, Relationship

_HELD, _MOVED = Q(state=SessionState.HELD), Q(state=SessionState.MOVED)
_WRITTEN_DOWN = Q(state__in=[SessionState.HELD, SessionState.MISSED])


class Session(models.Model):
    """One meeting of a pair: when, how long, what became of it. Numbered when it is written down as held.

    Moving makes a new session and leaves this one behind as moved. `log_key` makes writing down happen once.
    """

    ref = RefField()
    relationship = models.ForeignKey(Relationship, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_at = models.DateTimeField(_("when"))
    planned_minutes = models.PositiveSmallIntegerField(_("how long"), default=USUAL_LENGTH)
    held_minutes = models.PositiveSmallIntegerField(_("how long it was"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=9, choices=Mode.choices, default=Mode.VIDEO)
    state = models.CharField(max_length=9, choices=SessionState.choices, default=SessionState.PLANNED)
    moved_to = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="moved_from")
    before_agreement = models.BooleanField(default=False)
    planned_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    log_key = models.CharField(max_length=32, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["relationship", "-starts_at", "-id"], name="session_list")]
        constraints = [
            models.UniqueConstraint(fields=["relationship", "number"], name="session_number"),
            models.UniqueConstraint(
                fields=["relationship", "starts_at"],
                name="session_planned_once",
                condition=Q(state=SessionState.PLANNED),
            ),
            models.CheckConstraint(
                condition=Q(planned_minutes__gte=SHORTEST, planned_minutes__lte=LONGEST), name="session_planned_length"
            ),
            models.CheckConstraint(
                condition=_HELD
                & Q(number__gte=1, held_minutes__isnull=False, held_minutes__gte=SHORTEST, held_minutes__lte=LONGEST)
                | ~_HELD & Q(number__isnull=True, held_minutes__isnull=True),
                name="session_held_whole",
            ),
            models.CheckConstraint(
                condition=_WRITTEN_DOWN
                & Q(recorded_at__isnull=False, recorded_by__isnull=False, starts_at__lte=F("recorded_at"))
                | ~_WRITTEN_DOWN & Q(recorded_at__isnull=True, recorded_by__isnull=True),
                name="session_not_in_future",
            ),
            models.CheckConstraint(
                condition=_MOVED & Q(moved_to__isnull=False) | ~_MOVED & Q(moved_to__isnull=True),
                name="session_moved_whole",
            ),
        ]


class Attendance(models.Model):
    """Whether one of the two came."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    attended = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "party"], name="attendance_once")]


class Preparation(models.Model):
    """Where to meet and what to talk about, for the two alone. `revision` counts the edits of the agenda."""

    ref = RefField()
    session = models.OneToOneField(Session, models.CASCADE, related_name="preparation")
    place = SealedField()
    agenda = SealedField()
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=clock.now)


class Summary(models.Model):
    """What the two keep of a session together. `revision` counts its edits, so that none is lost unseen."""

    ref = RefField()
    session = models.OneToOneField(Session, models.CASCADE, related_name="summary")
    words = SealedField()
    revision = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=clock.now)


class PrivateNote(models.Model):
    """What one person keeps of a session for themselves."""

    ref = RefField()
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    words = SealedField()
    edited_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "author"], name="private_note_once")]


class ActionItem(models.Model):
    """Something that one of the two will do, agreed in a session."""

    ref = RefField()
    session = models.ForeignKey(Session, models.CASCADE, related_name="action_items")
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    words = SealedField()
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["owner", "done_at"], name="action_item_open")]


class LogDraft(models.Model):
    """What somebody has begun to write down about a session and not handed in; sealed with their own key."""

    ref = RefField()
    relationship = models.ForeignKey(Relationship, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    words = SealedField()
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "author"], name="log_draft_once", condition=Q(session__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["relationship", "author"], name="log_draft_unplanned_once", condition=Q(session__isnull=True)
            ),
        ]
