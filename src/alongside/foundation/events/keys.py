"""The key of the audit log: the hashes of its chain and the signature of its anchor are made with it.

It is kept apart from the database that the log stands in, and it stays the same for as long as the log lives. Where it
is kept, a package above says: see the vault's hooks.
"""

from typing import NamedTuple, Protocol


class LogKey(NamedTuple):
    """A key and its id, which the head of the log remembers."""

    key_id: str
    material: bytes


class Keeper(Protocol):
    """Finds the key of the log where it is kept; makes it there when asked to."""

    def __call__(self, *, make: bool) -> LogKey | None: ...


class KeyMissing(RuntimeError):
    """The log was begun with a key that is not in the key store; it must not go on with another one."""

    def __init__(self) -> None:
        super().__init__("The key of the audit log is not in the key store. Put the newest copy of the store back.")


_keepers: list[Keeper] = []
_read: dict[str, LogKey] = {}  # once in a process; by id, as a log that was emptied begins anew with another one


def kept_by(keeper: Keeper) -> None:
    """Say where the key is kept."""
    _keepers[:] = [keeper]


def stored(*, make: bool = False) -> LogKey | None:
    """The key as it is kept now; None where there is none yet."""
    [keeper] = _keepers
    return keeper(make=make)


def for_writing(key_id: str) -> LogKey:
    """The key by the id that the head of the log names; a log that is empty names none, and gets one.

    Raises KeyMissing.
    """
    if key_id in _read:
        return _read[key_id]
    found = stored(make=not key_id)
    if found is None or key_id not in ("", found.key_id):
        raise KeyMissing
    return _read.setdefault(found.key_id, found)
