"""States of a programme and parts in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeState(models.TextChoices):
    """A draft tells nobody anything; a running programme does; a closed one is only read."""

    DRAFT = "draft", _("In preparation")
    RUNNING = "running", _("Running now")
    CLOSED = "closed", _("Closed")


class Part(models.TextChoices):
    """The part that somebody plays in a programme."""

    COORDINATOR = "coordinator", _("Coordinator")
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")
