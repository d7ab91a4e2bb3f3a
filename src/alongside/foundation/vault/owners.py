"""Whose key a value was sealed with, so that a change of its text is sealed for the same owner."""

from collections.abc import Iterable

from alongside.foundation.events.refs import LENGTH
from alongside.foundation.vault.models import Key


def owners_of(values: Iterable[bytes]) -> dict[bytes, str]:
    """The owner of the key of each sealed value, as long as it has one. One query."""
    key_ids = {value: value[1 : 1 + LENGTH].decode() for value in values if value}
    held = dict(Key.objects.filter(key_id__in=set(key_ids.values())).values_list("key_id", "owner"))
    return {value: held[key_id] for value, key_id in key_ids.items() if key_id in held}
