"""The keys of the audit log: the hashes of its chain and the signature of its anchor are made with them.

They are kept apart from the database that the log stands in. One is in use; a rotation puts another in its place, and
the older ones stay, to check what was written with them. Where they are kept, a package above says: see the vault's
hooks.
"""

from typing import NamedTuple, Protocol


class LogKey(NamedTuple):
    """A key and its id, which the head of the log remembers."""

    key_id: str
    material: bytes


class Ring(NamedTuple):
    """Every key that the log has had, the oldest first; and whether the newest is just being put in its place."""

    keys: tuple[LogKey, ...] = ()
    is_changing: bool = False

    @property
    def newest(self) -> LogKey | None:
        """The key in use; None where there is none yet."""
        return self.keys[-1] if self.keys else None

    def find(self, key_id: str) -> LogKey | None:
        """A key by its id."""
        return next((key for key in self.keys if key.key_id == key_id), None)

    def is_later(self, key: LogKey, than: LogKey) -> bool:
        """Was `key` made after `than`?"""
        return key in self.keys[self.keys.index(than) + 1 :]


class Keeper(Protocol):
    """Finds the keys of the log where they are kept; makes the first one there when asked to."""

    def __call__(self, *, make: bool) -> Ring: ...


class KeyMissing(RuntimeError):
    """The log goes on with a key that is not in the key store; it must not go on with another one."""

    def __init__(self) -> None:
        super().__init__("The key of the audit log is not in the key store. Put the newest copy of the store back.")


_keepers: list[Keeper] = []
_read: dict[str, LogKey] = {}  # once in a process; by id, as a log that was emptied begins anew with another one


def kept_by(keeper: Keeper) -> None:
    """Say where the keys are kept."""
    _keepers[:] = [keeper]


def ring(*, make: bool = False) -> Ring:
    """The keys as they are kept now."""
    [keeper] = _keepers
    return keeper(make=make)


def stored(*, make: bool = False) -> LogKey | None:
    """The key in use as it is kept now; None where there is none yet."""
    return ring(make=make).newest


def for_writing(key_id: str) -> LogKey:
    """The key by the id that the head of the log names; a log that is empty names none, and gets the one in use.

    Raises KeyMissing.
    """
    if key_id in _read:
        return _read[key_id]
    held = ring(make=not key_id)
    found = held.find(key_id) if key_id else held.newest
    if found is None:
        raise KeyMissing
    return _read.setdefault(found.key_id, found)
