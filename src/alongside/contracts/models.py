"""Agreements, their versions, the frozen text of each layer, and the signatures under it."""

from django.db import models
from django.db.models import Q

from alongside.contracts.terms import STATUS, LayerName, VersionState
from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.relationships.models import Relationship
from alongside.relationships.terms import PairPart

_AGREED = (VersionState.SIGNED, VersionState.REPLACED)


class Contract(models.Model):
    """A pair's agreement. What it says stands in its versions."""

    ref = RefField()
    relationship = models.OneToOneField(Relationship, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)


class Version(models.Model):
    """One version. A draft holds answers; from its proposal on, its layers are frozen and it has a link in the chain.

    `revision` rises with each saving of the draft, so that nobody overwrites what they have not seen.
    """

    ref = RefField()
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=VersionState.choices, default=VersionState.DRAFTING)
    revision = models.PositiveIntegerField(default=1)
    clause_set = models.CharField(max_length=80)
    language = models.CharField(max_length=16)
    answers = SealedField()
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    chain = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="version_number"),
            *(
                models.UniqueConstraint(fields=["contract"], name=f"version_one_{state}", condition=Q(state=state))
                for state in ("drafting", "proposed", "signed")
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFTING, proposed_at__isnull=True, proposed_by__isnull=True, chain="")
                | ~Q(state=VersionState.DRAFTING) & ~Q(chain="")
                & Q(proposed_at__isnull=False, proposed_by__isnull=False),
                name="version_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_AGREED, signed_at__isnull=False)
                | ~Q(state__in=_AGREED) & Q(signed_at__isnull=True),
                name="version_signed_whole",
            ),
        ]  # fmt: skip

    @property
    def is_agreed(self) -> bool:
        """Have both signed it, whether or not a later version has taken its place?"""
        return self.state in _AGREED

    @property
    def status(self) -> str:
        """The sign that stands beside its state."""
        return STATUS[VersionState(self.state)]


class LayerText(models.Model):
    """The frozen document of one layer of a proposed version, and its SHA-256. Written once, never changed."""

    ref = RefField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="texts")
    layer = models.CharField(max_length=7, choices=LayerName.choices)
    document = SealedField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["layer"]
        constraints = [models.UniqueConstraint(fields=["version", "layer"], name="text_one_a_layer")]


class Signature(models.Model):
    """One person's signature under one layer of one version, bound to the document's hash.

    `shown_at` is when the clauses stood on the signer's page. No network address is kept: account, method of
    sign-in, words and time say enough, and an address would have to go again soon.
    """

    ref = RefField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    layer = models.CharField(max_length=7, choices=LayerName.choices)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=PairPart.choices)
    shown_at = models.DateTimeField()
    signed_at = models.DateTimeField(default=clock.now)
    intent = models.CharField(max_length=300)
    document_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=60)

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "layer", "membership"], name="signature_once")]
