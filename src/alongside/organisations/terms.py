"""Words of the privacy notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticePart(models.TextChoices):
    """The parts of a privacy notice, in order."""

    WHO = "who", _("Who is responsible")
    WHAT = "what", _("What is held about you")
    SOURCE = "source", _("Where it comes from")
    WHY = "why", _("What it is for, and what allows it")
    READERS = "readers", _("Who can read it")
    HOW_LONG = "how_long", _("How long it is kept")
    MACHINES = "machines", _("What machines decide")
    RIGHTS = "rights", _("What you can ask for")
    COMPLAINTS = "complaints", _("If you want to complain")


class ShownWhen(models.TextChoices):
    """On which occasion somebody was shown the notice."""

    JOINING = "joining", _("Before joining")
    LATER = "later", _("On its page")
