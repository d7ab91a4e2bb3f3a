"""Writing to the audit log, and checking it."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.db import transaction

from alongside.foundation import clock
from alongside.foundation.events import anchor, keys
from alongside.foundation.events.happening import Event
from alongside.foundation.events.keys import LogKey, Ring
from alongside.foundation.events.models import AuditEntry, AuditHead

KEY_CHANGED = "audit.key_changed"
_HEAD, _SALT = 1, "alongside.audit.chain"
_CHUNK = 2000


def append(batch: Sequence[Event]) -> None:
    """Add one entry for each event, in order. The head is locked here, last in the transaction."""
    head = _locked_head()
    key = keys.for_writing(head.key_id)
    _add(head, [_entry(happened, head.count + number) for number, happened in enumerate(batch, 1)], key)
    count, digest = head.count, head.hash
    transaction.on_commit(lambda: anchor.renew(count, digest, key))


def change_key() -> bool:
    """Go on with the newest key in the store, where the log does not yet; was there anything to do?

    The change is an entry, the first that is made with the new key. Its hash covers all that was written with the
    older ones, so that whoever has those cannot change it any more. Raises KeyMissing.
    """
    with transaction.atomic():
        head, ring = _locked_head(), keys.ring()
        new, old = ring.newest, ring.find(head.key_id)
        if head.count and (new is None or old is None):
            raise keys.KeyMissing
        if new is None or old is None:
            return False  # nothing was written yet
        if changes := new != old:
            _add(head, [_change(head.count + 1, old, new)], new)
        count, digest, older = head.count, head.hash, [key for key in ring.keys if key != new]
        transaction.on_commit(lambda: anchor.sign_anew(new, older))
        transaction.on_commit(lambda: anchor.renew(count, digest, new))
    return changes


def _locked_head() -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=_HEAD).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=_HEAD)
        head = AuditHead.objects.select_for_update().get(pk=_HEAD)
    return head


def _add(head: AuditHead, entries: Sequence[AuditEntry], key: LogKey) -> None:
    for entry in entries:
        head.count, head.key_id = entry.position, key.key_id
        entry.hash = head.hash = chained(head.hash, entry, key)
    AuditEntry.objects.bulk_create(entries)
    head.save()


def _change(position: int, old: LogKey, new: LogKey) -> AuditEntry:
    return AuditEntry(
        position=position,
        at=clock.now(),
        name=KEY_CHANGED,
        by="system",
        about_kind=AuditHead._meta.label_lower,
        about_ref=str(_HEAD),
        codes={"from": old.key_id, "to": new.key_id},
    )


def _entry(happened: Event, position: int) -> AuditEntry:
    return AuditEntry(
        position=position,
        at=happened.at,
        name=happened.name,
        by=happened.by.ref,
        organisation=happened.by.organisation_ref,
        about_kind=happened.about_kind,
        about_ref=happened.about_ref,
        codes=happened.codes,
    )


def chained(previous: str, entry: AuditEntry, key: LogKey) -> str:
    """The hash of `entry` after `previous`: HMAC-SHA-256 over both, the entry as canonical JSON.

    The key is not in the database: whoever has the database alone cannot forge an entry.
    """
    said = {
        "position": entry.position,
        "at": entry.at.isoformat(),
        "name": entry.name,
        "by": entry.by,
        "organisation": entry.organisation,
        "about": [entry.about_kind, entry.about_ref],
        "codes": entry.codes,
    }
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.digest(_chain_key(key.material), f"{previous}\n{canonical}".encode(), "sha256").hex()


@lru_cache(maxsize=8)
def _chain_key(material: bytes) -> bytes:
    # One of its own for the chain, as the anchor is signed with the same material.
    return hashlib.sha256(_SALT.encode() + material).digest()


def first_fault() -> str | None:
    """The first thing that is wrong with the log, in a sentence; None when it is whole.

    Reads the log as a stream, so that a million entries need no more memory than a thousand. Others may write to it
    meanwhile, and change its key: the head that was there at the beginning must be passed, and the one at the end must
    not lie before it.
    """
    ring, head = keys.ring(), _head()
    if ring.newest is None:
        return "The key of the log is missing from the key store." if _was_written(head) else None
    if head.count and keys.ring().find(head.key_id) is None:
        return "The head of the log names another key than the one in the key store."
    return _Reading(ring, head).fault()


class _Reading:
    """One reading of the log from its first entry to its last."""

    def __init__(self, ring: Ring, head: AuditHead) -> None:
        self._ring, self._head = ring, head
        self._anchored = anchor.read_by_any(_signers(ring)) or anchor.read_by_any(_signers(keys.ring()))
        self._position, self._digest, self._passed = 0, "", ""
        self._key: LogKey | None = None

    def fault(self) -> str | None:
        for entry in _stream():
            if fault := self._fault_of(entry):
                return fault
        return self._fault_of_keys() or _end_fault(self._head, self._position, self._passed, self._anchored)

    def _fault_of(self, entry: AuditEntry) -> str | None:
        position = self._position = self._position + 1
        if entry.position != position:
            self._position = position - 1
            return f"Entry {position} is missing."
        self._digest = self._hash_of(entry)
        if entry.hash != self._digest:
            return f"Entry {position} ({entry.name}) was changed or added."
        if self._anchored and self._anchored.count == position and self._anchored.hash != self._digest:
            return f"Entry {position} is not the one that was anchored."
        if position == self._head.count:
            self._passed = self._digest
            if self._key is None or self._key.key_id != self._head.key_id:
                return "The head of the log names another key than the one its entries were made with."
        return None

    def _hash_of(self, entry: AuditEntry) -> str:
        if self._key is None:  # whichever the log was begun with
            self._key = next((key for key in self._ring.keys if chained("", entry, key) == entry.hash), None)
        elif entry.name == KEY_CHANGED:
            self._key = self._next(str(entry.codes.get("to")), self._key)
        return chained(self._digest, entry, self._key) if self._key else ""

    def _next(self, key_id: str, present: LogKey) -> LogKey | None:
        # Only forwards: whoever has an older key can write nothing that follows the change.
        for ring in (self._ring, keys.ring()):
            if (found := ring.find(key_id)) and ring.is_later(found, present):
                return found
        return None

    def _fault_of_keys(self) -> str | None:
        last = self._key
        if last is None or self._ring.is_changing or not self._ring.is_later(_newest(self._ring), last):
            return None
        return "The log goes on with an older key than the one in the key store."


def _signers(ring: Ring) -> Sequence[LogKey]:
    return ring.keys if ring.is_changing else ring.keys[-1:]


def _newest(ring: Ring) -> LogKey:
    return ring.keys[-1]


def _stream() -> Iterator[AuditEntry]:
    return AuditEntry.objects.order_by("position").iterator(chunk_size=_CHUNK)


def is_empty() -> bool:
    """Has nothing happened yet?"""
    return not _head().count


def has_its_key() -> bool:
    """Is the key with which the log goes on in the key store? An empty log needs none."""
    head = _head()
    return not head.count or keys.ring().find(head.key_id) is not None


def _head() -> AuditHead:
    return AuditHead.objects.filter(pk=_HEAD).first() or AuditHead()


def _was_written(head: AuditHead) -> bool:
    return head.count > 0 or AuditEntry.objects.exists() or anchor.is_there()


def _end_fault(head: AuditHead, position: int, passed: str, anchored: anchor.Anchor | None) -> str | None:
    if anchored is None and position:
        return "The anchor in the data directory is missing or not signed by this installation."
    if anchored and anchored.count > position:
        return f"Entries {position + 1} to {anchored.count} were cut off: the anchor knows them."
    now = _head().count
    if head.count > position or now < position:
        return f"The log ends at entry {position}, but its head says {max(head.count, now)}."
    return None if head.hash == passed else f"Entry {head.count} is not the one that the head names."


def entries_about(kind: str, refs: Iterable[str]) -> list[AuditEntry]:
    """The entries about some things of one kind, oldest first."""
    return list(AuditEntry.objects.filter(about_kind=kind, about_ref__in=list(refs)).order_by("position"))
