"""Rotating every key while people work, destroying again what had been destroyed, and noting what does not open."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import IntegrityError, models, transaction

from alongside.foundation import clock
from alongside.foundation.events import Who, event, log
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.vault import queries, sealing
from alongside.foundation.vault.fields import place, sealed_columns
from alongside.foundation.vault.models import DestroyedKey, Key, KeyCopy, Rotation
from alongside.foundation.vault.registry import Reseal, elsewhere, restorers

BATCH = 200
_log = structlog.get_logger("alongside.vault")
_PASSES = 5  # each pass finds only what was sealed by somebody who had read the key just before it was retired


@dataclass
class Rotated:
    """What a rotation did, and the places of values that do not open and were left as they are."""

    keys: int = 0
    values: int = 0
    unopened: list[str] = field(default_factory=list)


def rotate(tell: Callable[[str], object] = str) -> Rotated:
    """Give every owner a new key, the audit log too, and seal every value anew. May be killed and called again.

    Old keys are retired, not destroyed: what is read meanwhile opens, and so do backups from before. Several processes
    may do this at once: each key is retired once, and a value is replaced only by whoever finds it as they read it.
    """
    done = Rotated()
    rotation = _begun()
    done.keys = _retire(rotation)
    tell(f"{done.keys} keys are new.")
    log.change_key()
    for _pass in range(_PASSES):
        resealed = _reseal_all(done)
        done.values += resealed
        if not resealed:
            break
        tell(f"{done.values} values are sealed anew.")
    Rotation.objects.filter(pk=rotation.pk, is_open=True).update(is_open=False, ended_at=clock.now())
    return done


def _begun() -> Rotation:
    """The rotation that is open, begun where there is none."""
    while (held := Rotation.objects.filter(is_open=True).first()) is None:
        newest = Key.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        with suppress(IntegrityError), transaction.atomic(using="keys"):
            Rotation.objects.create(through=newest, begun_at=clock.now())
    return held


def _retire(rotation: Rotation) -> int:
    """Put a new key in the place of each that was in use when the rotation began; how many."""
    due = Key.objects.filter(pk__lte=rotation.through, retired_at=None).order_by("pk")
    count = 0
    while True:
        with transaction.atomic(using="keys"):
            batch = list(due.select_for_update()[:BATCH])
            Key.objects.filter(pk__in=[key.pk for key in batch]).update(retired_at=clock.now())
            for key in batch:
                sealing.make_key(key.owner)
        count += len(batch)
        if not batch:
            return count


def _reseal_all(done: Rotated) -> int:
    """Seal anew whatever is sealed with a retired key; how many values."""
    done.unopened = []
    count = 0
    for model, columns in sealed_columns().items():
        for rows in _batches(model, columns):
            found = [(row, column, bytes(getattr(row, column))) for row in rows for column in columns]
            values = [(value, place(row, column)) for row, column, value in found]
            fresh = _fresh(values, done)
            count += _replace(model, [(row.pk, column, value) for row, column, value in found], fresh)
    for source in elsewhere():
        count += source(_reseal_one(done))
    return count


def _batches(model: type[models.Model], columns: Sequence[str]) -> Iterator[list[models.Model]]:
    last = None
    while True:
        rows = model._base_manager.order_by("pk").only("pk", "ref", *columns)
        batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk


def _fresh(values: Sequence[tuple[bytes, str]], done: Rotated) -> list[bytes | None]:
    """Each of `(value, place)` sealed with the key in use; None where it may stay as it is."""
    ids = [_key_id(value, where, done) for value, where in values]
    old = queries.retired(filter(None, ids))
    new = queries.in_use(key.owner for key in old.values())
    materials = {key_id: bytes(key.material) for key_id, key in old.items()}
    fresh: list[bytes | None] = []
    for key_id, (value, where) in zip(ids, values, strict=True):
        key = new.get(old[key_id].owner) if key_id in old else None
        text = _text(value, where, materials, done) if key else None
        fresh.append(sealing.closed(text, key, where) if key and text is not None else None)
    return fresh


def _key_id(value: bytes, where: str, done: Rotated) -> str:
    try:
        return sealing.key_id_of(value, where) if value else ""
    except sealing.BadSeal:
        done.unopened.append(where)
        return ""


def _text(value: bytes, where: str, materials: dict[str, bytes], done: Rotated) -> str | None:
    try:
        return sealing.opened(value, where, materials)
    except sealing.BadSeal:
        done.unopened.append(where)
        return None


def _replace(model: type[models.Model], old: Sequence[tuple[object, str, bytes]], fresh: Sequence[bytes | None]) -> int:
    """Put the fresh values in the place of the old ones, where those still stand; how many.

    One by one, each in a transaction of its own: whoever writes several rows at the same moment is in nobody's way.
    """
    return sum(
        model._base_manager.filter(pk=pk, **{column: before}).update(**{column: after})
        for (pk, column, before), after in zip(old, fresh, strict=True)
        if after is not None
    )


def _reseal_one(done: Rotated) -> Reseal:
    def reseal(value: bytes, where: str) -> bytes | None:
        return _fresh([(value, where)], done)[0]

    return reseal


def copied(at: datetime) -> None:
    """Remember when the key store was copied."""
    with transaction.atomic(using="keys"):
        KeyCopy.objects.all().delete()
        KeyCopy.objects.create(at=at)


def destroy_again(known: Sequence[tuple[str, str, datetime]]) -> None:
    """After a restore: destroy every key that was ever destroyed, and have packages erase again whom they erased.

    `known` is what the backup knew of destroyed keys, as (id, owner, when): a key store that was itself put back may be
    older than that.
    """
    with transaction.atomic(using="keys"):
        for key_id, owner, at in known:
            DestroyedKey.objects.get_or_create(key_id=key_id, defaults={"owner": owner, "destroyed_at": at})
        Key.objects.filter(key_id__in=DestroyedKey.objects.values("key_id")).delete()
    for erase_again in restorers():
        erase_again()


def unseal_or_note(sealed: Sequence[tuple[bytes | memoryview, str]], *, by: Who) -> list[str | None]:
    """What `vault.unseal` gives, for work that must come to its end: what was changed or moved is noted, and None."""
    try:
        return sealing.unseal(sealed)
    except sealing.BadSeal:
        return [_text_or_note(value, where, by) for value, where in sealed]


def _text_or_note(value: bytes | memoryview, where: str, by: Who) -> str | None:
    try:
        return sealing.unseal_one(value, where)
    except sealing.BadSeal:
        note_unopened(where, by=by)
        return None


def note_unopened(where: str, *, by: Who) -> None:
    """Remember that the sealed value in a place did not open: each time in the log, once for its row in the audit log.

    A place in a table that is not ours is in the log alone.
    """
    _log.error("vault.bad_seal", place=where)
    column, _colon, ref = where.partition(":")
    label, _dot, column = column.rpartition(".")
    tables = {model._meta.label_lower: model for model in sealed_columns()}
    noted = AuditEntry.objects.filter(name="text.not_opened", about_kind=label, about_ref=ref)
    if label not in tables or noted.exists():
        return
    with transaction.atomic():
        row = tables[label]._base_manager.select_for_update().filter(ref=ref).first()
        if row and not noted.exists():  # two who meet it at once wait for each other at the row
            with event("text.not_opened", by=by, about=row, notify=False, column=column):
                pass
