"""States of a goal, and the scale that goals are marked on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# A mentee's own scale: 0 is nothing of it yet, 10 is all of it.
LOWEST, HIGHEST = 0, 10


class GoalState(models.TextChoices):
    """Where a goal stands. Nothing is final: each can be taken up again."""

    ACTIVE = "active", _("Being worked on")
    REACHED = "reached", _("Reached")
    LET_GO = "let_go", _("Let go")
