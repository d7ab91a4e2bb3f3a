"""Who has read sensitive records of others, once per reader, record and day.

reads.note(actor, subject=membership, record=note)
reads.about(membership)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.foundation.identity.actors import Actor
    from alongside.foundation.identity.models import Membership
    from alongside.foundation.reads.queries import Seen

__all__ = ["about", "note", "note_many", "reveal", "was_read"]


def note(actor: Actor, subject: Membership, record: Model, *, shown: bool = True) -> None:
    """Remember that `actor` read a record about `subject`; see `reads.actions.note`."""
    from alongside.foundation.reads import actions  # noqa: PLC0415 -- models load after the apps

    actions.note(actor, subject, record, shown=shown)


def note_many(actor: Actor, records: Iterable[tuple[Membership, Model]], *, shown: bool = True) -> None:
    """The same of several records, each with whom it is about: one query."""
    from alongside.foundation.reads import actions  # noqa: PLC0415 -- models load after the apps

    actions.note_many(actor, records, shown=shown)


def reveal(subject: Membership, record: Model) -> None:
    """Show `subject` the reads of a record that were left out until now."""
    from alongside.foundation.reads import actions  # noqa: PLC0415 -- models load after the apps

    actions.reveal(subject, record)


def about(membership: Membership) -> list[Seen]:
    """Who has read about a person, newest first, as far as it may be shown to them."""
    from alongside.foundation.reads import queries  # noqa: PLC0415 -- models load after the apps

    return queries.about(membership)


def was_read(record: Model) -> bool:
    """Has anybody but whoever it is about read a record?"""
    from alongside.foundation.reads import queries  # noqa: PLC0415 -- models load after the apps

    return queries.was_read(record)
