"""Goals and the marks on them. Every text is the mentee's own, sealed with the mentee's key."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.goals.terms import HIGHEST, GoalState
from alongside.relationships.models import Relationship


class Goal(models.Model):
    """Something that a mentee wants, on a scale of their own from 0 to 10."""

    ref = RefField()
    relationship = models.ForeignKey(Relationship, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    words = SealedField()
    why = SealedField()
    signs = SealedField()
    start = models.PositiveSmallIntegerField(_("where I start"))
    start_words = SealedField()
    hope = models.PositiveSmallIntegerField(_("where I hope to be"))
    target_on = models.DateField(_("by when"), null=True, blank=True)
    shared = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.ACTIVE)
    created_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["relationship", "created_at", "id"], name="goal_list")]
        constraints = [
            models.CheckConstraint(condition=Q(hope__gt=F("start"), hope__lte=HIGHEST), name="goal_hope_above_start"),
            models.CheckConstraint(
                condition=Q(state=GoalState.ACTIVE, settled_at__isnull=True)
                | ~Q(state=GoalState.ACTIVE) & Q(settled_at__isnull=False),
                name="goal_settled_whole",
            ),
        ]


class GoalMark(models.Model):
    """How far a goal had come on one day. Marking again on that day changes the day's mark."""

    ref = RefField()
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="marks")
    on = models.DateField()
    value = models.PositiveSmallIntegerField()
    words = SealedField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "on"], name="goal_mark_once_a_day"),
            models.CheckConstraint(condition=Q(value__lte=HIGHEST), name="goal_mark_in_scale"),
        ]
