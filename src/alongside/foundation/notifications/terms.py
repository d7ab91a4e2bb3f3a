"""States of a mail, and why one could not be sent."""

from itertools import product

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    HELD = "held", _("Kept until a mail server is set")
    GATHERED = "gathered", _("Waiting to be sent with others")
    REHEARSED = "rehearsed", _("Not sent: the programme is not launched")


class Urgency(models.TextChoices):
    """How long a kind of mail may wait."""

    AT_ONCE = "at_once", _("At once, at any hour")
    SOON = "soon", _("One by one, but not in quiet hours")
    CAN_WAIT = "can_wait", _("Gathered, where you want that")


class Rhythm(models.TextChoices):
    """How somebody wants mail that can wait."""

    EACH = "each", _("One by one, as things happen")
    DAILY = "daily", _("Gathered, once a day")
    WEEKLY = "weekly", _("Gathered, once a week, on Monday")


MOST_A_DAY = 10
CHOICES_A_DAY = (3, 5, 10, 20)
DIGEST = "mail.digest"
"""The kind of the mail that holds several."""


class Trouble(models.TextChoices):
    """Why a mail was not sent, as far as it is known."""

    NONE = "", ""
    NO_SERVER = "no_server", _("No mail server was set")
    UNREACHABLE = "unreachable", _("The mail server did not answer, or was too busy")
    NO_ENTRY = "no_entry", _("The mail server did not let Alongside in")
    SENDER = "sender", _("The mail server takes no mail from this sender")
    REFUSED = "refused", _("The mail server refused the address")
    TOO_LATE = "too_late", _("What it says was no longer true")
    NOT_NEEDED = "not_needed", _("It was not needed any more")
    RESTORED = "restored", _("It waited on the day of the backup that was restored, and may have gone since")


NO_LONGER_TRUE = _("Nothing is left to send.")
LINK_DELETED = _("Its link is deleted for safety. Invite them again from the list of people.")
LINK_DELETED_AND_REFUSED = _(
    "Check the address with them, and have it put right. Its link is deleted for safety: invite them again from the"
    " list of people."
)
SERVER_BY_NOW = _("By now one is: mails of the last two days go out within the hour, older ones when you try again.")
ON_ITS_WAY = _("It is on its way already.")
_LOOK_AT_SERVER = _(
    "Ask whoever runs Alongside to look at user, password and encryption in ALONGSIDE_MAIL_URL. It is asked again by"
    " itself, for a day and a half; after that, try again."
)
_LOOK_AT_SENDER = _(
    "Ask whoever runs Alongside to look at ALONGSIDE_MAIL_FROM, and whether the mail server lets it send. It is asked"
    " again by itself, for a day and a half; after that, try again."
)
CURES = {
    (MailState.HELD, Trouble.NO_SERVER): _("Once one is set, mails of the last two days go out by themselves."),
    (MailState.QUEUED, Trouble.UNREACHABLE): _("It is asked again by itself, for a day and a half."),
    (MailState.FAILED, Trouble.UNREACHABLE): _("Have the mail server looked at, then try again."),
    **dict.fromkeys(product((MailState.QUEUED, MailState.FAILED), (Trouble.NO_ENTRY,)), _LOOK_AT_SERVER),
    **dict.fromkeys(product((MailState.QUEUED, MailState.FAILED), (Trouble.SENDER,)), _LOOK_AT_SENDER),
    (MailState.FAILED, Trouble.RESTORED): _("Ask whether it came. If not, try again."),
    (MailState.FAILED, Trouble.REFUSED): _(
        "Check the address with them. If their mailbox was only full, try again; otherwise have the address put right."
    ),
}
"""What helps, after why a mail was not sent."""
MAY_PASS = (Trouble.UNREACHABLE, Trouble.NO_ENTRY, Trouble.SENDER)
"""Why a mail that is asked for again by itself has not gone yet."""
OPEN = (MailState.QUEUED, MailState.SENDING, MailState.HELD)
