"""Reads of uploads."""

from datetime import datetime
from typing import IO

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from alongside.foundation.files.models import Upload
from alongside.foundation.identity.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Upload]:
    """The files that `actor` gave for this organisation, and nobody else's."""
    return Upload.objects.filter(by_ref=actor.ref, organisation_ref=actor.organisation_ref)


def due(now: datetime) -> QuerySet[Upload]:
    """Uploads past their day."""
    return Upload.objects.filter(delete_after__lte=now)


def opened(upload: Upload) -> IO[bytes]:
    """The kept file, open for reading."""
    return default_storage.open(upload.stored_as, "rb")
