"""States of a mail, and why one could not be sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    HELD = "held", _("Kept until a mail server is set")


class Trouble(models.TextChoices):
    """Why a mail was not sent, as far as it is known."""

    NONE = "", ""
    NO_SERVER = "no_server", _("No mail server is set")
    UNREACHABLE = "unreachable", _("The mail server did not answer")
    REFUSED = "refused", _("The mail server refused the address")
    TOO_LATE = "too_late", _("What it says was no longer true")
    NOT_NEEDED = "not_needed", _("It was not needed any more")


OPEN = (MailState.QUEUED, MailState.SENDING, MailState.HELD)
