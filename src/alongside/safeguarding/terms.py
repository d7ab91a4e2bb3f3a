"""States of a case, what is decided and done in it, and whom an organisation names to call."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ANSWER_WITHIN = timedelta(hours=24)
FEWEST_SHOWN, FEWEST_FOR_A_SHARE = 10, 20
"""Below so many concerns no number, and no share, of them is shown to anybody but whoever handles them."""
MOST_MEETINGS = 20
"""How many meetings of a pair a case shows, the latest first."""
LIMITS_EDITION = 1
"""Of the words about what stays between two people: a new one is asked to be read again."""
LONGEST = 6000  # characters of a report or an entry
LONGEST_DRAFT = 5 * LONGEST


class CaseState(models.TextChoices):
    """How far a case has come."""

    RAISED = "raised", _("Not read yet")
    ACKNOWLEDGED = "acknowledged", _("Read and acknowledged")
    TRIAGED = "triaged", _("Decided what to do")
    REFERRED = "referred", _("Passed on to another body")
    MONITORING = "monitoring", _("Watched over")
    CLOSED = "closed", _("Closed")


class Decision(models.TextChoices):
    """What is to be done about a concern."""

    IMMEDIATE = "immediate", _("Act at once")
    REFER = "refer", _("Pass it on to another body")
    ADVISE = "advise", _("Advise and support")
    NO_ACTION = "no_action", _("Nothing more to be done")


class Closing(models.TextChoices):
    """Why a case was closed."""

    SUPPORTED = "supported", _("Support is in place")
    ELSEWHERE = "elsewhere", _("Another body has taken it over")
    NOTHING_MORE = "nothing_more", _("Looked into, and nothing more to be done")
    IN_ANOTHER = "in_another", _("It goes on in another case")


class EntryKind(models.TextChoices):
    """What happened in a case."""

    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    TRIAGED = "triaged", _("Decided")
    REFERRED = "referred", _("Passed on")
    MONITORING = "monitoring", _("Watched over from here on")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")
    NOTE = "note", _("Note")
    CONCERNED = "concerned", _("Somebody else is concerned")
    HELD = "held", _("Meetings put on hold")
    RELEASED = "released", _("Hold ended")
    REVEALED = "revealed", _("Told that it was read")
    ESCALATED = "escalated", _("Not acknowledged in time: the alternate was told")


class Involved(models.TextChoices):
    """How somebody has to do with a case."""

    CONCERNED = "concerned", _("It is about them")
    KEPT_AWAY = "kept_away", _("Too near to handle it")


class SignpostKind(models.TextChoices):
    """Whom people can turn to."""

    EMERGENCY = "emergency", _("In immediate danger")
    SUPPORT_LINE = "support_line", _("Somebody to talk to, day and night")
    ASSISTANCE = "assistance", _("Employee assistance")
    UNION = "union", _("Union or staff representatives")
    REGISTER = "register", _("Professional register or regulator")
    OUTSIDE = "outside", _("Somebody outside, about those who handle concerns here")
