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
    REHEARSED = "rehearsed", _("Not sent: the programme is not launched")


class Trouble(models.TextChoices):
    """Why a mail was not sent, as far as it is known."""

    NONE = "", ""
    NO_SERVER = "no_server", _("No mail server was set")
    UNREACHABLE = "unreachable", _("The mail server did not answer")
    REFUSED = "refused", _("The mail server refused the address")
    TOO_LATE = "too_late", _("What it says was no longer true")
    NOT_NEEDED = "not_needed", _("It was not needed any more")


NO_LONGER_TRUE = _("Nothing is left to send.")
LINK_DELETED = _("Its link is deleted for safety. Invite them again from the list of people.")
SERVER_BY_NOW = _("By now one is: mails of the last two days go out within the hour, older ones when you try again.")
ON_ITS_WAY = _("It is on its way already.")
CURES = {
    (MailState.HELD, Trouble.NO_SERVER): _("Once one is set, mails of the last two days go out by themselves."),
    (MailState.QUEUED, Trouble.UNREACHABLE): _("It is asked again by itself, for a day and a half."),
    (MailState.FAILED, Trouble.UNREACHABLE): _("Have the mail server looked at, then try again."),
    (MailState.FAILED, Trouble.REFUSED): _(
        "Check the address with them. If their mailbox was only full, try again; otherwise have the address put right."
    ),
}
"""What helps, after why a mail was not sent."""
OPEN = (MailState.QUEUED, MailState.SENDING, MailState.HELD)
