"""The way back from a backup: checked first, put in its place, and made fit to be served."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from alongside.config.backups import NotDone, databases, folders, manifest, unfinished
from alongside.config.backups.actions import ANCHOR, DATABASE, UPLOADS, end_sessions, remember
from alongside.config.backups.manifest import Manifest
from alongside.config.backups.unfinished import Unfinished
from alongside.foundation import clock
from alongside.foundation.events import anchor, keys, log
from alongside.foundation.events.models import AuditHead
from alongside.foundation.vault import actions as vault

KEYS_NEEDED = (
    "The key store does not hold the keys of this backup. Put the newest copy that `alongside backup_keys` made back in"
    " its place (ALONGSIDE_KEYS_URL), then restore again. Nothing was restored."
)


@dataclass(frozen=True)
class Restored:
    """What was restored, where the data of before are now, and what is wrong with the log, if anything."""

    manifest: Manifest
    aside: list[str]
    fault: str | None


def restore(folder: Path, *, replace: bool) -> Restored:
    """Put a backup in the place of what is here. May be killed and called again; nothing is served until it has ended.

    Everything sealed with a key that was ever destroyed stays closed, and whoever was erased since is erased again.
    Raises NotDone, and has then changed nothing.
    """
    begun = unfinished.read()
    made = manifest.read(folder)
    _refuse_foreign(made)
    _refuse_without_keys(made)
    if begun is None and not replace and _holds_data():
        raise NotDone("There are data here already. With --replace they are put aside first. Nothing was restored.")
    databases.refuse_in_use()
    manifest.check(folder, made)
    begun = begun or Unfinished(_free_suffix(), _entries_known())
    unfinished.write(begun)
    if not begun.is_aside:
        _put_aside(begun.suffix)
        unfinished.write(dataclasses.replace(begun, is_aside=True))
    _put_in(folder)
    fault = _make_fit(made, begun.entries_before)
    unfinished.end()
    return Restored(made, list(_aside(begun.suffix)), fault)


def _refuse_foreign(made: Manifest) -> None:
    if made.database != databases.vendor():
        raise NotDone(
            f"The backup is of {made.database}, but DATABASE_URL names a database of {databases.vendor()}."
            " Nothing was restored."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(made.migrations) - known:
        raise NotDone(
            f"The backup was made by a newer version of Alongside ({made.alongside}). Install that one first."
        )


def _refuse_without_keys(made: Manifest) -> None:
    if made.log_key and _ring().find(made.log_key) is None:
        raise NotDone(KEYS_NEEDED)


def _ring() -> keys.Ring:
    try:
        return keys.ring()
    except DatabaseError:  # a store that was never set up
        return keys.Ring()


def _holds_data() -> bool:
    if any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*")):
        return True
    there = databases.tables()
    return there is None or (AuditHead._meta.db_table in there and not log.is_empty())


def _free_suffix() -> str:
    stamp = clock.now().strftime(f"{databases.ASIDE}%Y%m%d-%H%M%S")
    return next(name for number in range(1000) if not any(_aside(name := f"{stamp}-{number}" if number else stamp)))


def _entries_known() -> int:
    known = anchor.read_by_any(_ring().keys)
    return known.count if known else 0


def _folders_and_files() -> list[Path]:
    return [Path(settings.MEDIA_ROOT), anchor.path()]


def _put_aside(suffix: str) -> None:
    databases.put_aside(suffix)
    for path in _folders_and_files():
        folders.put_aside(path, path.with_name(path.name + suffix))


def _aside(suffix: str) -> Iterator[str]:
    if database := databases.aside(suffix):
        yield database
    yield from (str(aside) for path in _folders_and_files() if (aside := path.with_name(path.name + suffix)).exists())


def _put_in(folder: Path) -> None:
    """In the place of nothing, or of what an earlier restore has left half done."""
    databases.put_in(folder / databases.file_name("default", DATABASE))
    uploads = Path(settings.MEDIA_ROOT)
    folders.empty(uploads)
    if (folder / UPLOADS).exists():
        folders.copy_below(folder / UPLOADS, uploads)
        folders.sync_below(uploads)
    anchor.path().unlink(missing_ok=True)
    if (folder / ANCHOR).exists():
        folders.put(folder / ANCHOR, anchor.path())


def _make_fit(made: Manifest, entries_before: int) -> str | None:
    """What must be done before anybody is served; what is wrong with the log, if anything."""
    call_command("migrate", verbosity=0)
    log.change_key()  # a backup from before a rotation
    vault.destroy_again([(one.key_id, one.owner, one.at) for one in made.destroyed])
    end_sessions()
    remember(made, entries_before)
    fault = log.first_fault()
    connections.close_all()
    return fault
