"""What is learned when a pair ends, for whoever looks for somebody new."""

from django.db import models

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.programmes.models import Participation
from alongside.relationships.terms import NextTime


class Learned(models.Model):
    """What one of the two lets the coordinators use to find them somebody who fits better.

    `what` are codes of `NextTime`. It is there only because they ticked it, and goes when they take it back.
    """

    ref = RefField()
    relationship = models.ForeignKey("relationships.Relationship", models.CASCADE, related_name="+", db_index=False)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    what = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    @property
    def labels(self) -> list[str]:
        """What was ticked, in words."""
        return [str(one.label) for one in NextTime if one in self.what]

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["relationship", "participation"], name="learned_once")]
