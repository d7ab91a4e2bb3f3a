"""Uploads."""

from django.db import models

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.files.terms import FileKind


class Upload(models.Model):
    """A file that somebody gave. `stored_as` is a random name in the storage.

    It is kept until its day comes; without one, until whatever it belongs to lets it go.
    """

    ref = RefField()
    organisation_ref = models.CharField(max_length=12, blank=True)
    by_ref = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    delete_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["delete_after"], name="upload_due")]

    def __str__(self) -> str:
        return self.name
