"""The code of ethics in its versions, who accepted which, and what each programme asks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.programmes.models import Programme


class EthicsCode(models.Model):
    """One version of the code that an organisation goes by: somebody else's by name and link, or its own text.

    Never changed: what people accepted stays as they read it. The one in force is the one that was not replaced.
    """

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=100)
    edition = models.CharField(_("version"), max_length=60, blank=True)  # as its author calls it
    link = models.URLField(_("link"), max_length=300, blank=True)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="ethics_code_once"),
            models.UniqueConstraint(
                fields=["organisation"], name="ethics_code_in_force", condition=Q(replaced_at__isnull=True)
            ),
            models.CheckConstraint(condition=~Q(link="", text=""), name="ethics_code_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.edition}" if self.edition else self.name


class CodeAcceptance(models.Model):
    """Somebody has accepted one version of the code."""

    code = models.ForeignKey(EthicsCode, models.PROTECT, related_name="+", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "membership"], name="code_acceptance_once")]


class ReadinessRule(models.Model):
    """What a programme asks of its mentors and mentees before they begin (values of `terms.Asked`)."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="+")
    mentors = models.JSONField(default=list)
    mentees = models.JSONField(default=list)
    holds_pairs = models.BooleanField(default=False)  # a pair begins only once both are ready
    changed_at = models.DateTimeField(default=clock.now)
