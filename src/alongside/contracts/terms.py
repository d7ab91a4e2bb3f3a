"""States of a version, the two layers, and the words that people sign."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """How far one version of an agreement has come. Only a draft can still be written in."""

    DRAFTING = "drafting", _("Being written")
    PROPOSED = "proposed", _("Waiting for signatures")
    SIGNED = "signed", _("Signed by both")
    REPLACED = "replaced", _("Replaced by a later version")
    WITHDRAWN = "withdrawn", _("Taken back for a change")


# The sign beside each state, of those that the look has.
STATUS = {
    VersionState.DRAFTING: "early",
    VersionState.PROPOSED: "waiting",
    VersionState.SIGNED: "done",
    VersionState.REPLACED: "empty",
    VersionState.WITHDRAWN: "empty",
}


class LayerName(models.TextChoices):
    """The two parts of an agreement. Each is a document of its own, with readers of its own."""

    PRIVATE = "private", _("Between the two of you")
    SHARED = "shared", _("Shared part")


# What stands beside the box that is ticked before signing. It is kept, as shown, with each signature.
INTENT = _(
    "I have read both parts, and I know what may have to be passed on and to whom. I agree to version %(number)s."
)
