"""Making backups and copies of the keys; what a restore changes in the database."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from alongside.config.backups import NotDone, databases, folders, manifest
from alongside.config.backups.manifest import Manifest
from alongside.foundation import clock
from alongside.foundation.events import anchor, event
from alongside.foundation.events.models import AuditHead
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.vault import actions as vault
from alongside.foundation.vault.models import DestroyedKey

DATABASE, KEYS, UPLOADS, ANCHOR = "alongside", "keys", "uploads", "audit_anchor"


def back_up(folder: Path) -> Manifest:
    """Write the database, the uploads and the anchor of the log, but no key, to a folder that is not there yet.

    Raises NotDone, and then leaves nothing.
    """
    folder = folder.absolute()
    if folder.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise NotDone(f"{folder} lies among the uploads, which are backed up. Name another folder.")
    with _faults_said(folder), folders.whole(folder) as fresh:
        # The anchor first: one that is younger than the copy of the log would miss entries in it.
        if anchor.path().exists():
            folders.put(anchor.path(), fresh / ANCHOR)
        head = AuditHead.objects.first() or AuditHead()
        databases.copy("default", fresh / databases.file_name("default", DATABASE))
        folders.copy_below(Path(settings.MEDIA_ROOT), fresh / UPLOADS)
        made = _manifest(fresh, head)
        (fresh / manifest.NAME).write_text(made.written())
    return made


def _manifest(folder: Path, head: AuditHead) -> Manifest:
    destroyed = DestroyedKey.objects.order_by("pk").values_list("key_id", "owner", "destroyed_at")
    return Manifest(
        made_at=clock.now(),
        alongside=version("alongside"),
        database=databases.vendor(),
        migrations=databases.migrations(),
        entries=head.count,
        log_key=head.key_id,
        destroyed=[manifest.Destroyed(*one) for one in destroyed],
        files=list(manifest.contents(folder)),
    )


def copy_keys(folder: Path) -> Path:
    """Put a copy of the key store into a folder, in the place of the one that is there; its path.

    One copy is kept: an older one would bring keys back that were destroyed. Raises NotDone.
    """
    folder = folder.absolute()
    if (folder / manifest.NAME).exists():
        raise NotDone(f"{folder} is a backup: whoever has both opens everything. Name a folder in another place.")
    if folder.resolve() == Path(settings.DATA_DIR).resolve():
        raise NotDone(f"{folder} is the data directory itself. Name a folder in another place.")
    name = databases.file_name("keys", KEYS)
    fresh, copied = folder / f".{name}.copying", folder / name
    with _faults_said(folder):
        folder.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        try:
            databases.copy("keys", fresh)
            folders.sync_below(folder)
            fresh.replace(copied)
        finally:
            fresh.unlink(missing_ok=True)
        folders.sync_below(folder)
    vault.copied(clock.now())
    return copied


def end_sessions() -> None:
    """Everybody is signed out: sessions of a backup may be of people who must not be let in any more."""
    UserSession.objects.all().delete()
    Session.objects.all().delete()


def remember(made: Manifest, entries_before: int) -> None:
    """Write into the log which backup was restored, and how many entries there had been, as far as is known."""
    head = AuditHead.objects.first()
    if head is None:
        return  # nothing had happened yet
    at, entries = made.made_at.isoformat(), head.count
    with event(
        "installation.restored", by=SYSTEM, about=head, backup=at, entries=entries, entries_before=entries_before
    ):
        pass


@contextmanager
def _faults_said(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise NotDone(f"{folder} could not be written: {reason}. Nothing was left there.") from error
