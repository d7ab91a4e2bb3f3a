"""The anchor: the head of the audit log, signed, in the data directory.

A chain alone does not notice that its newest entries were cut off; an anchor ahead of the table does.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing

from alongside.foundation.events import keys
from alongside.foundation.events.keys import LogKey
from alongside.foundation.events.models import AuditEntry

_SALT = "alongside.audit.anchor"


@dataclass(frozen=True)
class Anchor:
    """How many entries the log had, and the hash of the last."""

    count: int
    hash: str


def path() -> Path:
    """Where the anchor lies."""
    return Path(settings.DATA_DIR) / "audit_anchor"


def is_there() -> bool:
    """Is there an anchor, whoever signed it?"""
    return path().exists()


def read(key: LogKey) -> Anchor | None:
    """The anchor, or None where there is none or it was not signed with `key`."""
    try:
        said = signing.loads(path().read_text(), key=key.material, salt=_SALT, fallback_keys=[])
        return Anchor(int(said["count"]), str(said["hash"]))
    except (OSError, signing.BadSignature, KeyError, ValueError, json.JSONDecodeError):
        return None


def renew(count: int, digest: str, key: LogKey) -> None:
    """Move the anchor on to `count`. It never moves back: a slower process cannot undo a faster one.

    Nor does it leave an entry that the log no longer has: a tail that was cut off would be forgotten once the log has
    grown as long again. Nor one that another key of the log has signed: only `sign_anew` does.
    """
    with _locked():
        held = read(key)
        if held is None and read_by_any(keys.ring().keys):
            return
        if held is None or (held.count < count and _still_stands(held)):
            _write(count, digest, key)


def sign_anew(key: LogKey, older: Sequence[LogKey]) -> None:
    """Sign with `key` what the anchor says, where an older key signed it."""
    with _locked():
        held = None if read(key) else read_by_any(older)
        if held:
            _write(held.count, held.hash, key)


def read_by_any(several: Sequence[LogKey]) -> Anchor | None:
    """The anchor, whichever of these keys signed it; None where none of them did."""
    return next((held for key in reversed(several) if (held := read(key))), None)


@contextmanager
def _locked() -> Iterator[None]:
    with path().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(count: int, digest: str, key: LogKey) -> None:
    fresh = path().with_suffix(".new")
    fresh.write_text(signing.dumps({"count": count, "hash": digest}, key=key.material, salt=_SALT))
    os.replace(fresh, path())


def _still_stands(held: Anchor) -> bool:
    return AuditEntry.objects.filter(position=held.count, hash=held.hash).exists()
