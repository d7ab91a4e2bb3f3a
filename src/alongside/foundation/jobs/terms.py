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


OPEN = (JobState.QUEUED, JobState.RUNNING)
WENT_WRONG = _(
    "Something went wrong on our side. Nothing was left half done. Start it again, or tell your administrator."
)
STOPPED_TOO_OFTEN = _("This work stopped too often before its end. Tell your administrator.")
UNKNOWN_WORK = _("This installation does not know this kind of work any more. Tell your administrator.")
