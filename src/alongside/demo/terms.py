"""The stages at which the demo can be looked at."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoStage(models.TextChoices):
    """How far the main pair of the demo has come; each stage holds those before it."""

    INITIATION = "initiation", _("People are listed and a programme is in preparation")
    MATCHING = "matching", _("The programme is launched, and pairs are proposed")
    CONTRACTING = "contracting", _("Pairs write and sign their agreements")
    UNDER_WAY = "under-way", _("Pairs meet and work on goals")
    REVIEW = "review", _("A pair looks back")
    COMPLETED = "completed", _("A pair has completed")


PASSWORD = "lighthouse keeper 42"  # noqa: S105 -- of invented people, shown on the demo's page
EVERYBODY = "everybody in the demo"
