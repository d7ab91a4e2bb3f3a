"""What can be asked of somebody before they begin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Asked(models.TextChoices):
    """What a programme can ask of its mentors and mentees."""

    CODE = "code", _("Code of ethics accepted")
    TRAINING = "training", _("Required training done")


class Need(models.TextChoices):
    """Of whom a part of the training is asked."""

    REQUIRED = "required", _("Required")
    OPTIONAL = "optional", _("Offered")
    NONE = "none", _("Not for them")


class Progress(models.TextChoices):
    """How somebody stands to a part of the training."""

    LEFT = "left", _("Left to do")
    AGAIN = "again", _("To be done again")
    SOON = "soon", _("Done, soon to be done again")
    DONE = "done", _("Done")


SOON_DAYS = 30
"""How long before a part of the training expires people are told so."""

ADOPTED = ("core", "mentee")
"""The courses of guidance that an organisation can use as its training."""

MENTORS_AT_FIRST = (Asked.CODE, Asked.TRAINING)
"""What is asked of mentors while a coordinator has not said otherwise; of mentees nothing is."""
