"""What organisations make of the documents of guidance: their own editions, and the ones being written."""

from typing import Any

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.guidance.rules import OWN


class OwnEdition(models.Model):
    """One edition of a document in an organisation's own words: written once, never changed. The newest counts.

    Without content the organisation went back to the shipped document. `shipped` is the newest shipped edition of that
    day, `taken_from` the number of the edition gone back to.
    """

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(null=True)
    shipped = models.PositiveSmallIntegerField()
    taken_from = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=500)
    written_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key", "number"], name="own_edition_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 30_000)), name="own_edition_from_one"),
            models.CheckConstraint(condition=~Q(note=""), name="own_edition_says_why"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves a new edition. Raises ValueError for one that is there: programmes refer to it."""
        if self.pk is not None:
            raise ValueError("An edition of guidance is never changed.")
        super().save(*args, **kwargs)

    @property
    def edition(self) -> int:
        """Its number as it stands in addresses."""
        return OWN + self.number

    @property
    def address(self) -> str:
        """Where its document is found, within its organisation; "" where it went back to the shipped one."""
        return f"{self.kind}/{self.key}@{self.edition}" if self.content is not None else ""


class EditionDraft(models.Model):
    """What somebody has changed in a document and not saved: laid over what is in force. Nobody else sees it."""

    author = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    changes = models.JSONField()
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "kind", "key"], name="edition_draft_once")]
