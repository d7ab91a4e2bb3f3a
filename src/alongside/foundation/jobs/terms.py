"""States of a job and the words for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a piece of long work has come."""

    QUEUED = "queued", _("Waiting its turn")
    RUNNING = "running", _("Running now")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be finished")
    CANCELLED = "cancelled", _("Cancelled")


class Cause(models.TextChoices):
    """Why a job could not be finished."""

    NONE = "", ""
    REFUSED = "refused", _("It said why it could not be done")
    FAULT = "fault", _("Something went wrong on our side each time it was tried")
    LOST = "lost", _("Its worker stopped before the end, again and again")
    UNKNOWN = "unknown", _("This installation does not know this kind of work any more")


DEAD = (Cause.FAULT, Cause.LOST, Cause.UNKNOWN)
"""Given up without an answer to whoever waits for it: what administrators read and try again."""
OPEN = (JobState.QUEUED, JobState.RUNNING)
WENT_WRONG = _(
    "Something went wrong on our side. Nothing was left half done. Start it again, or tell your administrator."
)
STOPPED_TOO_OFTEN = _("This work stopped too often before its end. Tell your administrator.")
UNKNOWN_WORK = _("This installation does not know this kind of work any more. Tell your administrator.")
