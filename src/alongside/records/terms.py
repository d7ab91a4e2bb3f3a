"""Kinds of holds; kinds and states of complaints, and who handles them."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ACKNOWLEDGE_WITHIN = timedelta(days=30)
"""What Alongside promises about a complaint of how data is used, in calendar days from the day on which it came."""
LONGEST = 6000  # characters of a text
LONGEST_DRAFT = 3 * LONGEST


class HoldKind(models.TextChoices):
    """Why somebody's records must not go, whatever their day."""

    LEGAL = "legal", _("Legal hold")
    SAFEGUARDING = "safeguarding", _("Safeguarding hold")


class ComplaintKind(models.TextChoices):
    """What somebody writes about: all that is not about anybody's safety."""

    QUESTION = "question", _("A question of what is right")
    COMPLAINT = "complaint", _("A complaint")
    DATA = "data", _("A complaint about how data is used")


class Desk(models.TextChoices):
    """To whom it goes."""

    COORDINATOR = "coordinator", _("A coordinator")
    PANEL = "panel", _("The complaints panel")
    PRIVACY = "privacy", _("The privacy officers")


class ComplaintState(models.TextChoices):
    """How far it has come."""

    RECEIVED = "received", _("Received")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    LOOKED_INTO = "looked_into", _("Being looked into")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    TAKEN_BACK = "taken_back", _("Taken back")


class Outcome(models.TextChoices):
    """What came of it."""

    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    PLAIN_ANSWER = "plain_answer", _("Question answered")


class Said(models.TextChoices):
    """What one message is."""

    WORDS = "words", _("Message")
    FIRST = "first", _("First answer")
    ANSWER = "answer", _("Answer")
