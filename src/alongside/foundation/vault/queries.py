"""What the key store is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connections
from django.db.models import Exists

from alongside.foundation.vault.models import Key, KeyCopy, Rotation


def all_keys(owner: str) -> tuple[list[tuple[str, bytes]], bool]:
    """Ids and materials of the keys that `owner` has, the one in use last; and whether a rotation is under way."""
    rotating = Exists(Rotation.objects.filter(is_open=True))
    held = Key.objects.filter(owner=owner).annotate(rotating=rotating).order_by("pk")
    found = [(key.key_id, bytes(key.material), key.rotating) for key in held]
    return [(key_id, material) for key_id, material, _rotating in found], any(rotating for *_, rotating in found)


def retired(key_ids: Iterable[str]) -> dict[str, Key]:
    """Those of these keys that are out of use, by their ids."""
    found = Key.objects.filter(key_id__in=set(key_ids), retired_at__isnull=False)
    return {key.key_id: key for key in found}


def in_use(owners: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """Id and material of the keys that these owners have in use, by owner."""
    found = Key.objects.filter(owner__in=set(owners), retired_at=None)
    return {key.owner: (key.key_id, bytes(key.material)) for key in found}


@dataclass(frozen=True)
class Store:
    """The key store as administrators read of it: its file, if it is one, when it was last copied, what is newer."""

    file: str
    copied_at: datetime | None
    newer: int


def store() -> Store:
    """Where the keys lie, and what a loss of them would take along."""
    held = connections["keys"]
    copied_at = last_copied()
    newer = Key.objects.filter(made_at__gt=copied_at).count() if copied_at else 0
    return Store(Path(str(held.settings_dict["NAME"])).name if held.vendor == "sqlite" else "", copied_at, newer)


def last_copied() -> datetime | None:
    """When `backup_keys` last copied the key store; None where it never did."""
    return KeyCopy.objects.values_list("at", flat=True).first()
