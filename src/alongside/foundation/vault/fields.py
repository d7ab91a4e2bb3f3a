"""The column of sealed text."""

from typing import Any

from django.db import models


class SealedField(models.BinaryField):
    """Text that only the vault reads; empty text is an empty value without a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given: dict[str, Any] = {"blank": True, "default": bytes, "editable": False} | kwargs
        super().__init__(*args, **given)
