"""States of a session, ways to meet, and the bounds of what a session can be."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 5, 600  # minutes
USUAL_LENGTHS = (30, 45, 60, 90)
USUAL_LENGTH = 60
FURTHEST_AHEAD = timedelta(days=2 * 366)
FURTHEST_BACK = timedelta(days=366)
LONGEST_TEXT, LONGEST_LINE, LONGEST_DRAFT = 8000, 300, 40_000  # characters


class SessionState(models.TextChoices):
    """What became of a session."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    MISSED = "missed", _("Did not take place")


class Mode(models.TextChoices):
    """How two people meet."""

    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")
    IN_PERSON = "in_person", _("In person")
    OTHER = "other", _("Another way")
