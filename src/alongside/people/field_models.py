"""Fields of an organisation's own, which its rosters bring: each with its choices, and what it says of somebody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Organisation
from alongside.people.terms import LONGEST_CHOICE, FieldKind


class OwnField(models.Model):
    """A field of the organisation's own. `heading` is the folded one by which rosters know it, whatever its name is."""

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=80)
    folded = models.CharField(max_length=160)
    heading = models.CharField(max_length=160)
    kind = models.CharField(max_length=6, choices=FieldKind.choices)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "folded"], name="own_field_once"),
            models.UniqueConstraint(fields=["organisation", "heading"], name="own_field_heading_once"),
            models.CheckConstraint(condition=Q(kind__in=FieldKind.values), name="own_field_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class OwnChoice(models.Model):
    """One thing that a field can say, as it was first written; of a field of yes or no the codes “yes” and “no”."""

    field = models.ForeignKey(OwnField, models.CASCADE, related_name="choices", db_index=False)
    name = models.CharField(_("name"), max_length=LONGEST_CHOICE)
    folded = models.CharField(max_length=2 * LONGEST_CHOICE)

    class Meta:
        ordering = ["folded", "id"]
        constraints = [models.UniqueConstraint(fields=["field", "folded"], name="own_choice_once")]


class OwnValue(models.Model):
    """What a field says of somebody: one of its choices. An organisation's word, not the person's."""

    profile = models.ForeignKey("people.Profile", models.CASCADE, related_name="own_values", db_index=False)
    field = models.ForeignKey(OwnField, models.PROTECT, related_name="+", db_index=False)
    choice = models.ForeignKey(OwnChoice, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "field"], name="own_value_once")]
        indexes = [models.Index(fields=["field"], name="own_value_field")]
