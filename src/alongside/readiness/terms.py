"""What can be asked of somebody before they begin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Asked(models.TextChoices):
    """What a programme can ask of its mentors and mentees."""

    CODE = "code", _("Code of ethics accepted")


MENTORS_AT_FIRST = (Asked.CODE,)
"""What is asked of mentors while a coordinator has not said otherwise; of mentees nothing is."""
