"""States of a pair, answers to a proposal, endings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

CARRIED_OVER = "carried_over"
"""What is remembered as the evidence of a step for which something from before Alongside speaks."""

ON_HOLD, OFF_HOLD = "on_hold", "off_hold"
"""What is remembered as the evidence of a step that stays where it was: contact was put on hold, or may go on."""

MANAGED = "managed"
"""Among the states that a list of pairs is narrowed by: the mentor has become the mentee's line manager."""

KEPT_DAYS = 30
"""How long the rows of a file of running pairs are kept, and how long it can be taken out again."""


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


class NextTime(models.TextChoices):
    """Why two did not go together, as far as it helps to find somebody who fits better. Nobody is at fault."""

    TIMES = "times", _("Our usual times did not go together")
    WAYS = "ways", _("We wanted to meet in different ways")
    SKILLS = "skills", _("What was wanted and what was offered did not go together")
    FAR = "far", _("We were too far from each other")
    NEAR = "near", _("Our work was too near to each other")
    LANGUAGE = "language", _("We needed another language")


class PairMeaning(models.TextChoices):
    """What a column of a file of running pairs says about a pair."""

    MENTOR = "mentor", _("Mentor: e-mail or employee number")
    MENTEE = "mentee", _("Mentee: e-mail or employee number")
    START = "start", _("First day")
    END = "end", _("Last day, planned or past")
    STAGE = "stage", _("How far they are")
    SESSIONS = "sessions", _("Sessions held so far")
    CONTRACT = "contract", _("Day on which the agreement was signed")
    GOALS = "goals", _("How many goals")
    PROTECTED = "protected", _("Left out: ask people themselves")
    UNKNOWN = "unknown", _("Left out")


class RowOutcome(models.TextChoices):
    """What becomes of one row of a file of running pairs."""

    CREATED = "created", _("New pair")
    UNCHANGED = "unchanged", _("Here already")
    REFUSED = "refused", _("Not taken in")
    SKIPPED = "skipped", _("No pair")
