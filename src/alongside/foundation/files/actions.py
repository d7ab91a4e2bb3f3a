"""Taking files in and deleting them."""

import hashlib
import secrets
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from alongside.foundation import clock
from alongside.foundation.files import queries
from alongside.foundation.files.checks import kind_of
from alongside.foundation.files.models import Upload
from alongside.foundation.files.rules import clean_name
from alongside.foundation.files.terms import LISTS, FileKind
from alongside.foundation.identity.actors import Actor, System

FOLDER = "given"
_STRAY_AFTER = timedelta(days=1)


def accept(given: File, *, by: Actor | System, days: int | None = 7, kinds: Collection[FileKind] = LISTS) -> Upload:
    """Check a file and keep it for some days. Raises checks.Refused with the reason where it is not taken.

    Without `days` it is kept until it is deleted; what is the organisation's own is given `by` System(organisation).

    The content decides what it is, not the type that the browser names. When the caller's transaction is rolled
    back, the file is deleted within a day.
    """
    name = clean_name(given.name or "")
    given.open("rb")
    kind = kind_of(given, name, given.size, kinds)
    stored_as = default_storage.save(f"{FOLDER}/{secrets.token_hex(20)}", given)
    try:
        return Upload.objects.create(
            organisation_ref=by.organisation_ref,
            by_ref=by.ref,
            name=name,
            kind=kind,
            size=given.size,
            sha256=_sha256(given),
            stored_as=stored_as,
            created_at=clock.now(),
            delete_after=None if days is None else clock.now() + timedelta(days=days),
        )
    except BaseException:
        default_storage.delete(stored_as)
        raise


def _sha256(given: File) -> str:
    digest = hashlib.sha256()
    for chunk in given.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def delete(upload: Upload) -> None:
    """Delete an upload and, once that is committed, its file."""
    stored_as = upload.stored_as
    upload.delete()
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def forget(upload: Upload) -> None:
    """Delete a file at once and then its row: where this is killed, the row leads to it again."""
    default_storage.delete(upload.stored_as)
    upload.delete()


def delete_due() -> int:
    """Delete uploads past their day, and files that no upload names (left by a crash or a rollback); how many."""
    now, count = clock.now(), 0
    for upload in queries.due(now):
        delete(upload)
        count += 1
    for stored_as in list(_strays(now)):
        default_storage.delete(stored_as)
        count += 1
    return count


def _strays(now: datetime) -> Iterator[str]:
    if not default_storage.exists(FOLDER):
        return
    named = set(Upload.objects.values_list("stored_as", flat=True))
    for file in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{file}"
        if path not in named and default_storage.get_modified_time(path) < now - _STRAY_AFTER:
            yield path
