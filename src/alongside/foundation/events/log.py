"""Writing to the audit log, and checking it."""

import json
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.crypto import salted_hmac

from alongside.foundation.events import anchor, keys
from alongside.foundation.events.happening import Event
from alongside.foundation.events.keys import LogKey
from alongside.foundation.events.models import AuditEntry, AuditHead

_HEAD, _SALT = 1, "alongside.audit.chain"


def append(batch: Sequence[Event]) -> None:
    """Add one entry for each event, in order. The head is locked here, last in the transaction."""
    head = AuditHead.objects.select_for_update().filter(pk=_HEAD).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=_HEAD)
        head = AuditHead.objects.select_for_update().get(pk=_HEAD)
    key = keys.for_writing(head.key_id)
    head.key_id, entries = key.key_id, []
    for happened in batch:
        head.count += 1
        entry = _entry(happened, head.count)
        entry.hash = head.hash = chained(head.hash, entry, key)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    head.save()
    count, digest = head.count, head.hash
    transaction.on_commit(lambda: anchor.renew(count, digest, key))


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
    return salted_hmac(_SALT, f"{previous}\n{canonical}", key.material, algorithm="sha256").hexdigest()


def first_fault() -> str | None:
    """The first thing that is wrong with the log, in a sentence; None when it is whole.

    Reads the log as a stream, so that a million entries need no more memory than a thousand. Others may write to it
    meanwhile: the head that was there at the beginning must be passed, and the one at the end must not lie before it.
    """
    head, key = _head(), keys.stored()
    if key is None:
        return "The key of the log is missing from the key store." if _was_written(head) else None
    if head.count and head.key_id != key.key_id:
        return "The head of the log names another key than the one in the key store."
    position, digest, passed, anchored = 0, "", "", anchor.read(key)
    for entry in AuditEntry.objects.order_by("position").iterator(chunk_size=2000):
        if entry.position != position + 1:
            return f"Entry {position + 1} is missing."
        position, digest = entry.position, chained(digest, entry, key)
        if entry.hash != digest:
            return f"Entry {position} ({entry.name}) was changed or added."
        if anchored and anchored.count == position and anchored.hash != digest:
            return f"Entry {position} is not the one that was anchored."
        passed = digest if position == head.count else passed
    return _end_fault(head, position, passed, anchored)


def is_empty() -> bool:
    """Has nothing happened yet?"""
    return not _head().count


def has_its_key() -> bool:
    """Is the key with which the log was begun in the key store? An empty log needs none."""
    head, key = _head(), keys.stored()
    return not head.count or (key is not None and key.key_id == head.key_id)


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
