"""The column of sealed text, and its place."""

from typing import Any

from django.apps import apps
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


def sealed_columns() -> dict[type[models.Model], list[str]]:
    """Every table with sealed text, and which of its columns hold it, as the models themselves say."""
    found = {
        model: [field.name for field in model._meta.local_concrete_fields if isinstance(field, SealedField)]
        for model in apps.get_models()
        if not model._meta.proxy
    }
    return {model: columns for model, columns in found.items() if columns}
