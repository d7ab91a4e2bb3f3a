"""The anchor: the head of the audit log, signed, in the data directory.

A chain alone does not notice that its newest entries were cut off; an anchor ahead of the table does.
"""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing

from alongside.foundation.events.keys import LogKey
from alongside.foundation.events.models import AuditEntry

_SALT = "alongside.audit.anchor"


@dataclass(frozen=True)
class Anchor:
    """How many entries the log had, and the hash of the last."""

    count: int
    hash: str


def _path() -> Path:
    return Path(settings.DATA_DIR) / "audit_anchor"


def is_there() -> bool:
    """Is there an anchor, whoever signed it?"""
    return _path().exists()


def read(key: LogKey) -> Anchor | None:
    """The anchor, or None where there is none or it was not signed with `key`."""
    try:
        said = signing.loads(_path().read_text(), key=key.material, salt=_SALT, fallback_keys=[])
        return Anchor(int(said["count"]), str(said["hash"]))
    except (OSError, signing.BadSignature, KeyError, ValueError, json.JSONDecodeError):
        return None


def renew(count: int, digest: str, key: LogKey) -> None:
    """Move the anchor on to `count`. It never moves back: a slower process cannot undo a faster one.

    Nor does it leave an entry that the log no longer has: a tail that was cut off would be forgotten once the log has
    grown as long again.
    """
    path = _path()
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = read(key)
        if held and (held.count >= count or not _still_stands(held)):
            return
        fresh = path.with_suffix(".new")
        fresh.write_text(signing.dumps({"count": count, "hash": digest}, key=key.material, salt=_SALT))
        os.replace(fresh, path)


def _still_stands(held: Anchor) -> bool:
    return AuditEntry.objects.filter(position=held.count, hash=held.hash).exists()
