"""Kinds of holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HoldKind(models.TextChoices):
    """Why somebody's records must not go, whatever their day."""

    LEGAL = "legal", _("Legal hold")
    SAFEGUARDING = "safeguarding", _("Safeguarding hold")
