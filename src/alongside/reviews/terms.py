"""Kinds of review, and what two people can be to each other afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewKind(models.TextChoices):
    """When in a pair's life a review takes place."""

    CLOSING = "closing", _("Closing review")


class Contact(models.TextChoices):
    """What somebody plans to be to the other one afterwards."""

    STAY = "stay", _("I would like us to stay in touch")
    NONE = "none", _("I do not plan to stay in touch")


class Outlook(models.TextChoices):
    """What the two plans come to: they stay in touch only if both want to."""

    STAY = "stay", _("You both would like to stay in touch.")
    NONE = "none", _("You do not plan to stay in touch.")


# The set of questions, and the places of an answer on its scales.
INSTRUMENT = "closing-review"
SCALE = range(1, 6)
EMPTY, DRAFT, SENT, BOTH = "empty", "draft", "sent", "both"
