"""Refs: the names of things in addresses, feeds, exports and the audit log."""

import secrets
import string
from typing import Any

from django.db import models

LENGTH = 12


def new_ref() -> str:
    """Twelve random lower-case letters: 56 bits, enough that nobody finds a record by trying."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(LENGTH))


class RefField(models.CharField):
    """A unique random ref, given once and never changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given: dict[str, Any] = {"max_length": LENGTH, "unique": True, "default": new_ref, "editable": False} | kwargs
        super().__init__(*args, **given)
