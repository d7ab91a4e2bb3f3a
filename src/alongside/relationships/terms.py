"""States of a pair, answers to a proposal, endings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a pair stands, whatever its stage."""

    PROPOSED = "proposed", _("Waiting for answers")
    ACCEPTED = "accepted", _("Getting to know each other")
    ACTIVE = "active", _("Running now")
    ENDED = "ended", _("Ended")


class PairPart(models.TextChoices):
    """The two parts in a one-to-one pair."""

    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class Answer(models.TextChoices):
    """What somebody says to a proposed pair."""

    WAITING = "waiting", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Ending(models.TextChoices):
    """How a pair ended."""

    COMPLETED = "completed", _("Completed")
    NO_FAULT = "no_fault", _("Ended without fault")
    DECLINED = "declined", _("Not taken up")
    WITHDRAWN = "withdrawn", _("Withdrawn by the programme")
