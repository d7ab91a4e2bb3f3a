"""What people say of themselves beside their profile, each table with readers of its own."""

from django.db import models
from django.db.models import F, Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.people.terms import DayPart, NeedsKind, NeedsSharing


class WeeklyTime(models.Model):
    """A part of a weekday on which somebody can usually meet.

    It is what their clock says where they are: the instant follows from `zone` for one week at a time.
    """

    profile = models.ForeignKey("people.Profile", models.CASCADE, related_name="times", db_index=False)
    day = models.PositiveSmallIntegerField()  # 0 is Monday
    part = models.CharField(max_length=9, choices=DayPart.choices)
    zone = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "day", "part"], name="weekly_time_once"),
            models.CheckConstraint(condition=Q(day__lte=6), name="weekly_time_day"),
            models.CheckConstraint(condition=Q(part__in=DayPart.values), name="weekly_time_part"),
            models.CheckConstraint(condition=~Q(zone=""), name="weekly_time_zone"),
        ]


class Pause(models.Model):
    """A mentor takes nobody new from `starts_on` until `ends_on`, the day they are back; without it, until they say."""

    ref = RefField()
    profile = models.OneToOneField("people.Profile", models.CASCADE, related_name="pause")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="pause_ends_after_it_starts"
            )
        ]


class PauseWords(models.Model):
    """Why, for whoever pauses alone."""

    ref = RefField()
    pause = models.OneToOneField(Pause, models.CASCADE, related_name="reason")
    words = SealedField()


class Needs(models.Model):
    """Somebody's preferences and needs: whom they let read them. Asked of everyone; nobody is matched by them."""

    ref = RefField()
    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    shared = models.CharField(max_length=11, choices=NeedsSharing.choices, default=NeedsSharing.NOBODY)
    changed_at = models.DateTimeField(default=clock.now)


class NeedsPart(models.Model):
    """One kind of them, sealed with its owner's key: what was ticked, one code a line, and own words."""

    ref = RefField()
    needs = models.ForeignKey(Needs, models.CASCADE, related_name="parts", db_index=False)
    kind = models.CharField(max_length=9, choices=NeedsKind.choices)
    chosen = SealedField()
    words = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["needs", "kind"], name="needs_part_once")]
