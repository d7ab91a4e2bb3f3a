"""Sealing and unsealing: AES-256-GCM, row and column as associated data, so that no value can change places."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction

from alongside.foundation import clock
from alongside.foundation.hooks.once import once

_VERSION = b"\x01"
_ID, _NONCE, _TAG = 12, 12, 16
_SHORTEST = 1 + _ID + _NONCE + _TAG


class BadSeal(ValueError):
    """The value was changed, or stands in a row or a column where it does not belong."""


def seal(text: str, *, owner: str, place: str) -> bytes:
    """`text` encrypted with `owner`'s key ("membership:<ref>", "relationship:<ref>") and bound to `place`.

    The key is made at its owner's first text. Empty text stays empty.
    """
    return closed(text, key_for(owner), place) if text else b""


def closed(text: str, key: tuple[str, bytes], place: str) -> bytes:
    """`text` sealed with one key, given as id and material."""
    key_id, material = key
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(material).encrypt(nonce, text.encode(), place.encode())
    return _VERSION + key_id.encode() + nonce + sealed


def key_id_of(value: bytes, place: str) -> str:
    """The id of the key with which a value was sealed. Raises BadSeal for bytes that nobody sealed."""
    key_id = value[1 : 1 + _ID]
    if value[:1] != _VERSION or len(value) < _SHORTEST or not (key_id.isalpha() and key_id.isascii()):
        raise BadSeal(place)
    return key_id.decode()


def unseal(sealed: Sequence[tuple[bytes | memoryview, str]]) -> list[str | None]:
    """The texts of `(value, place)` pairs, in one query. None where the key was destroyed.

    Raises BadSeal when a value was changed or moved to another row or column.
    """
    values = [(bytes(value), place) for value, place in sealed]
    wanted = frozenset(key_id_of(value, place) for value, place in values if value)
    held = once(("vault.keys", wanted), lambda: _materials(wanted))
    return [opened(value, place, held) for value, place in values]


def _materials(wanted: frozenset[str]) -> dict[str, bytes]:
    from alongside.foundation.vault.models import Key  # noqa: PLC0415 -- models load after the apps

    rows = Key.objects.filter(key_id__in=wanted).values_list("key_id", "material") if wanted else []
    return {key_id: bytes(material) for key_id, material in rows}


def unseal_one(value: bytes | memoryview, place: str) -> str | None:
    """The text of one value; None where the key was destroyed."""
    return unseal([(value, place)])[0]


def destroy(owner: str) -> None:
    """Destroy `owner`'s keys for good, retired ones too, and remember it; also of an owner who never had one."""
    from alongside.foundation.vault.models import DestroyedKey, Key  # noqa: PLC0415 -- models load after the apps

    with transaction.atomic(using="keys"):
        # Asked again until none is left: a rotation that was waited for has made another one.
        while keys := list(Key.objects.select_for_update().filter(owner=owner)):
            for key in keys:
                _remember(key.key_id, owner)
                key.delete()
        if not DestroyedKey.objects.filter(owner=owner).exists():
            _remember(_new_id(), owner)


def _remember(key_id: str, owner: str) -> None:
    from alongside.foundation.vault.models import DestroyedKey  # noqa: PLC0415 -- models load after the apps

    DestroyedKey.objects.get_or_create(key_id=key_id, defaults={"owner": owner, "destroyed_at": clock.now()})


def destroyed(prefix: str = "") -> list[str]:
    """The owners whose keys were destroyed, without the prefix that is asked for ("membership:" gives refs)."""
    from alongside.foundation.vault.models import DestroyedKey  # noqa: PLC0415 -- models load after the apps

    owners = DestroyedKey.objects.filter(owner__startswith=prefix).order_by("owner").values_list("owner", flat=True)
    return [owner.removeprefix(prefix) for owner in owners.distinct()]


def find_key(owner: str) -> tuple[str, bytes] | None:
    """Id and material of the key that `owner` has in use; None where there is none."""
    from alongside.foundation.vault.models import Key  # noqa: PLC0415 -- models load after the apps

    key = Key.objects.filter(owner=owner, retired_at=None).first()
    return (key.key_id, bytes(key.material)) if key else None


def key_for(owner: str) -> tuple[str, bytes]:
    """Id and material of the key that `owner` has in use, made where there is none."""
    while (found := find_key(owner)) is None:
        # Where somebody else made it at the same moment, theirs is found.
        with suppress(IntegrityError), transaction.atomic(using="keys"):
            make_key(owner)
    return found


def make_key(owner: str) -> None:
    """A new key for an owner who has none in use. Raises IntegrityError where they have."""
    from alongside.foundation.vault.models import Key  # noqa: PLC0415 -- models load after the apps

    material = AESGCM.generate_key(bit_length=256)
    Key(key_id=_new_id(), owner=owner, material=material, made_at=clock.now()).save(force_insert=True)


def _new_id() -> str:
    from alongside.foundation.events.refs import new_ref  # noqa: PLC0415 -- beside the models

    return new_ref()


def opened(value: bytes, place: str, keys: Mapping[str, bytes]) -> str | None:
    """The text of one value by these keys; None where its key is not among them. Raises BadSeal."""
    if not value:
        return ""
    material = keys.get(key_id_of(value, place))
    if material is None:
        return None
    nonce, sealed = value[1 + _ID : 1 + _ID + _NONCE], value[1 + _ID + _NONCE :]
    try:
        return AESGCM(material).decrypt(nonce, sealed, place.encode()).decode()
    except InvalidTag as error:
        raise BadSeal(place) from error
