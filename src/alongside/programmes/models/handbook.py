"""What coordinators write into the handbook: editions of its sections, none of which ever changes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.programmes.models.programmes import Programme
from alongside.programmes.terms import Chapter, Placing


class HandbookEdition(models.Model):
    """One edition of a section in a programme’s own words; the one with the highest number is shown.

    Without words the section is shown as it is generated. `taken_from` is the number of the edition gone back to.
    """

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    chapter = models.CharField(_("section"), max_length=12, choices=Chapter.choices)
    number = models.PositiveIntegerField()
    words = models.TextField(_("your own words"), max_length=8000, blank=True)
    placing = models.CharField(max_length=8, choices=Placing.choices, default=Placing.FIRST)
    taken_from = models.PositiveIntegerField(null=True, blank=True)
    written_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "chapter", "number"], name="handbook_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="handbook_edition_from_one"),
            models.CheckConstraint(
                condition=Q(taken_from__isnull=True) | Q(taken_from__lt=F("number")), name="handbook_edition_back"
            ),
        ]
