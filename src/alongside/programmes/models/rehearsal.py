"""Which mails a coordinator has read before the launch."""

from django.db import models

from alongside.foundation import clock
from alongside.foundation.identity.models import Membership
from alongside.programmes.models.programmes import Programme


class RehearsedLetter(models.Model):
    """A coordinator has read what one mail says, in just these words (`digest`)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", db_index=False)
    letter = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    read_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "letter"], name="rehearsed_letter_once")]
