"""The column of sealed text, and its place."""

from typing import Any

from django.db import models


class SealedField(models.BinaryField):
    """Text that only the vault reads; empty text is an empty value without a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given: dict[str, Any] = {"blank": True, "default": bytes, "editable": False} | kwargs
        super().__init__(*args, **given)


def place(row: models.Model, column: str) -> str:
    """The one place in which a sealed value opens: "goals.goal.words:<ref>"."""
    if not isinstance(row._meta.get_field(column), SealedField):
        raise TypeError(f"{row._meta.label}.{column} is no column of sealed text.")
    return f"{row._meta.label_lower}.{column}:{row.ref}"  # type: ignore[attr-defined]  # who seals has a RefField
