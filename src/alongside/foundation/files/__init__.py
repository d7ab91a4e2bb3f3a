"""Uploads: checked by size, ending and content; kept outside the web root; handed out as attachments to their owner.

upload = files.accept(request.FILES["file"], by=actor, days=7)      # raises files.Refused with a sentence
with files.opened(upload) as file: …
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from alongside.foundation.files.checks import Refused
from alongside.foundation.files.terms import DOCUMENTS, LISTS, FileKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.core.files import File

    from alongside.foundation.files.models import Upload
    from alongside.foundation.identity.actors import Actor, System

__all__ = ["DOCUMENTS", "Refused", "accept", "delete", "delete_due", "forget", "opened"]


def accept(
    given: File, *, by: Actor | System, days: int | None = 7, kinds: Collection[FileKind] | None = None
) -> Upload:
    """Check and keep a file, a list unless `kinds` says otherwise; see `files.actions.accept`. Raises Refused."""
    from alongside.foundation.files import actions  # noqa: PLC0415 -- models load after the apps

    return actions.accept(given, by=by, days=days, kinds=kinds or LISTS)


def opened(upload: Upload) -> IO[bytes]:
    """The kept file, open for reading."""
    from alongside.foundation.files import queries  # noqa: PLC0415 -- models load after the apps

    return queries.opened(upload)


def delete(upload: Upload) -> None:
    """Delete an upload and, once that is committed, its file."""
    from alongside.foundation.files import actions  # noqa: PLC0415 -- models load after the apps

    actions.delete(upload)


def forget(upload: Upload) -> None:
    """Delete a file at once and then its row: where this is killed, the row leads to it again."""
    from alongside.foundation.files import actions  # noqa: PLC0415 -- models load after the apps

    actions.forget(upload)


def delete_due() -> int:
    """Delete uploads past their day and files that no upload names; how many."""
    from alongside.foundation.files import actions  # noqa: PLC0415 -- models load after the apps

    return actions.delete_due()
