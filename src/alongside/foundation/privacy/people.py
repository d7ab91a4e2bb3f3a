"""Whom an export or an erasure is about, and what later packages do about them beyond their declarations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from alongside.foundation.privacy.names import Names


@dataclass(frozen=True)
class Person:
    """Somebody in one organisation, with all that they are found by."""

    membership: Any
    account: Any  # None for somebody who never joined
    organisation: Any
    is_last: bool  # their account has no other membership, so it goes with this one
    addresses: tuple[str, ...]
    names: Names


Counts = Mapping[str, int]
AtErasure = Callable[[Person], Counts]
BeforeRemoval = Callable[[QuerySet[Any]], None]
_at_erasure: list[AtErasure] = []
_before_removal: dict[str, list[BeforeRemoval]] = {}


def at_erasure(step: AtErasure) -> AtErasure:
    """Have a package do what its declarations cannot say when somebody is erased.

    `step(person)` runs in a transaction of its own, after the declared rows went and before the name does; it may run
    again, so it must be idempotent. Returns how many rows it changed, by table.
    """
    if step not in _at_erasure:
        _at_erasure.append(step)
    return step


def erasure_steps() -> list[AtErasure]:
    """Every such step, lowest package first."""
    return list(_at_erasure)


def before_removal(table: str) -> Callable[[BeforeRemoval], BeforeRemoval]:
    """Tell a package of rows of its table ("app.model") whose day of retention has come, before they go."""

    def register(tell: BeforeRemoval) -> BeforeRemoval:
        held = _before_removal.setdefault(table, [])
        if tell not in held:
            held.append(tell)
        return tell

    return register


def removal_told(table: str) -> list[BeforeRemoval]:
    """Who is told before rows of a table go."""
    return list(_before_removal.get(table, ()))
