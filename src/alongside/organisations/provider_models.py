"""An organisation's own sign-in, and who comes in through it."""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.vault import SealedField


class Provider(models.Model):
    """Where an organisation's people sign in by OpenID Connect. `issuer` is written as the provider writes it."""

    ref = RefField()
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=300)
    client_secret = SealedField()
    button = models.CharField(max_length=60)
    trusts_second_step = models.BooleanField(default=False)
    links_by_address = models.BooleanField(default=False)
    enabled = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.issuer

    @property
    def key_owner(self) -> str:
        """The vault's name for the key of its secret."""
        return f"provider:{self.ref}"


class ProviderLink(models.Model):
    """Who in an organisation comes in as which subject of which issuer. An address links nobody."""

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    issuer = models.URLField(max_length=300)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "issuer", "subject"], name="provider_link_once"),
            models.CheckConstraint(condition=~Q(subject=""), name="provider_link_subject"),
        ]
