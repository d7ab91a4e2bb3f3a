"""Relationships, their parties, and every move they make."""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.programmes.models import Participation, Programme
from alongside.relationships.terms import Answer, Ending, PairPart, State


class Relationship(models.Model):
    """A mentor and a mentee, from the proposal to what comes afterwards."""

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    stage = models.CharField(max_length=8, default="prepare")  # a guidance.terms.Stage
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        indexes = [models.Index(fields=["programme", "state", "-proposed_at"], name="relationship_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.ENDED, ended_at__isnull=False) & ~Q(ending="")
                | ~Q(state=State.ENDED) & Q(ended_at__isnull=True, ending=""),
                name="relationship_ended_whole",
            ),
        ]

    @property
    def key_owner(self) -> str:
        """The vault's name for this pair's key."""
        return f"relationship:{self.ref}"

    @property
    def is_open(self) -> bool:
        """May anything still be written in it?"""
        return self.state != State.ENDED


class Party(models.Model):
    """One person's part in a pair. A mentor's places are numbered, so that the last one is given once."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="parties")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=PairPart.choices)
    place_no = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)
    zone: str  # no column: queries.whole brings it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "part"], name="party_one_each", condition=Q(until__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["participation", "place_no"], name="party_place", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(condition=Q(place_no__gte=1), name="party_place_from_one"),
        ]


class Move(models.Model):
    """One step along the path, with what showed that it was time."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="moves")
    from_stage = models.CharField(max_length=8)
    to_stage = models.CharField(max_length=8)
    evidence = models.JSONField(default=list)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)


class Reason(models.Model):
    """Why somebody declined or ended, in their own words: theirs alone unless they share it with the coordinator."""

    ref = RefField()
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    words = SealedField()
    shared = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "author"], name="reason_once")]
