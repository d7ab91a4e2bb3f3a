"""Which organisations are invented."""

from django.db import models

from alongside.foundation.identity.models import Organisation


class Invented(models.Model):
    """An organisation of the demo. Only where every organisation is one may everything be thrown away."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
