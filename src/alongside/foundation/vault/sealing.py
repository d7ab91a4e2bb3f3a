"""Sealing and unsealing: AES-256-GCM, row and column as associated data, so that no value can change places."""

import os
from collections.abc import Sequence
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction

from alongside.foundation import clock
from alongside.foundation.hooks.once import once

_VERSION = b"\x01"
_ID, _NONCE = 12, 12


class BadSeal(ValueError):
    """The value was changed, or stands in a row or a column where it does not belong."""


def seal(text: str, *, owner: str, place: str) -> bytes:
    """`text` encrypted with `owner`'s key ("membership:<ref>", "relationship:<ref>") and bound to `place`.

    The key is made at its owner's first text. Empty text stays empty.
    """
    if not text:
        return b""
    key_id, material = key_for(owner)
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(material).encrypt(nonce, text.encode(), place.encode())
    return _VERSION + key_id.encode() + nonce + sealed


def unseal(sealed: Sequence[tuple[bytes | memoryview, str]]) -> list[str | None]:
    """The texts of `(value, place)` pairs, in one query. None where the key was destroyed.

    Raises BadSeal when a value was changed or moved to another row or column.
    """
    values = [(bytes(value), place) for value, place in sealed]
    wanted = frozenset(value[1 : 1 + _ID].decode() for value, _ in values if value)
    held = once(("vault.keys", wanted), lambda: _materials(wanted))
    return [_open(value, place, held) for value, place in values]


def _materials(wanted: frozenset[str]) -> dict[str, bytes]:
    from alongside.foundation.vault.models import Key  # noqa: PLC0415 -- models load after the apps

    rows = Key.objects.filter(key_id__in=wanted).values_list("key_id", "material") if wanted else []
    return {key_id: bytes(material) for key_id, material in rows}


def unseal_one(value: bytes | memoryview, place: str) -> str | None:
    """The text of one value; None where the key was destroyed."""
    return unseal([(value, place)])[0]


def destroy(owner: str) -> None:
    """Destroy `owner`'s key for good and remember that it was destroyed."""
    from alongside.foundation.vault.models import DestroyedKey, Key  # noqa: PLC0415 -- models load after the apps

    with transaction.atomic(using="keys"):
        for key in Key.objects.select_for_update().filter(owner=owner):
            DestroyedKey.objects.create(key_id=key.key_id, owner=owner, destroyed_at=clock.now())
            key.delete()


def find_key(owner: str) -> tuple[str, bytes] | None:
    """Id and material of `owner`'s key; None where there is none."""
    from alongside.foundation.vault.models import Key  # noqa: PLC0415 -- models load after the apps

    key = Key.objects.filter(owner=owner).first()
    return (key.key_id, bytes(key.material)) if key else None


def key_for(owner: str) -> tuple[str, bytes]:
    """Id and material of `owner`'s key, made where there is none."""
    from alongside.foundation.events.refs import new_ref  # noqa: PLC0415 -- beside the models below
    from alongside.foundation.vault.models import Key  # noqa: PLC0415 -- models load after the apps

    while (found := find_key(owner)) is None:
        made = Key(key_id=new_ref(), owner=owner, material=AESGCM.generate_key(bit_length=256), made_at=clock.now())
        # Where somebody else made it at the same moment, theirs is found.
        with suppress(IntegrityError), transaction.atomic(using="keys"):
            made.save(force_insert=True)
    return found


def _open(value: bytes, place: str, keys: dict[str, bytes]) -> str | None:
    if not value:
        return ""
    material = keys.get(value[1 : 1 + _ID].decode())
    if material is None:
        return None
    nonce, sealed = value[1 + _ID : 1 + _ID + _NONCE], value[1 + _ID + _NONCE :]
    try:
        return AESGCM(material).decrypt(nonce, sealed, place.encode()).decode()
    except InvalidTag as error:
        raise BadSeal(place) from error
