"""Checks of the installation, made before every migration and every start."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.models import Model

from alongside.config.backups import unfinished
from alongside.foundation.events import log
from alongside.foundation.events.models import AuditHead
from alongside.foundation.vault import sealed_columns
from alongside.foundation.vault.models import DestroyedKey, Key

KEYS_MISSING = (
    "The key store is empty, but the database holds sealed text that only its keys can open. Put the newest copy"
    " that `alongside backup_keys` made back in its place (ALONGSIDE_KEYS_URL), then start again."
)
LOG_KEY_MISSING = (
    "The key with which the audit log goes on is not in the key store. Put the newest copy that `alongside"
    " backup_keys` made back in its place (ALONGSIDE_KEYS_URL), then start again."
)
DEBUG_IN_PUBLIC = (
    "ALONGSIDE_DEBUG shows the inside of the program to whoever meets an error, and {url} is not an address of this"
    " machine alone. Start without ALONGSIDE_DEBUG."
)


@register(Tags.security)
def debug_stays_at_home(**kwargs: Any) -> list[CheckMessage]:
    """Refuse to show tracebacks to anybody but the person at this machine."""
    if settings.DEBUG and not settings.LOOPBACK:
        return [Error(DEBUG_IN_PUBLIC.format(url=settings.SITE_URL), id="alongside.E002")]
    return []


@register(Tags.security)
def restore_has_ended(**kwargs: Any) -> list[CheckMessage]:
    """Refuse everything but to go on with it, while a restore has begun and not ended."""
    return [Error(unfinished.SENTENCE, id="alongside.E004")] if unfinished.is_there() else []


@register(Tags.database)
def keys_are_there(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to run when the main database needs keys that are not in the key store."""
    if "default" not in (databases or ()):
        return []
    if not _knows_keys() and any(_sealed_text()):
        return [Error(KEYS_MISSING, id="alongside.E001")]
    if not _log_has_its_key():
        return [Error(LOG_KEY_MISSING, id="alongside.E003")]
    return []


def _log_has_its_key() -> bool:
    if not _has_table("default", AuditHead):
        return True
    try:
        return log.has_its_key() if _has_table("keys", Key) else log.is_empty()
    except DatabaseError:  # a column is not there yet: a migration adds it
        return True


def _knows_keys() -> bool:
    return any(model.objects.exists() for model in (Key, DestroyedKey) if _has_table("keys", model))


def _sealed_text() -> Iterator[bool]:
    """For each column of sealed text: does it hold any?"""
    for model, columns in sealed_columns().items():
        if _has_table("default", model):
            for column in columns:
                yield _holds_text(model, column)


def _holds_text(model: type[Model], column: str) -> bool:
    try:
        held = model._default_manager.using("default").filter(**{f"{column}__isnull": False})
        return held.exclude(**{column: b""}).exists()
    except DatabaseError:  # the column is not there yet: a migration adds it
        return False


def _has_table(database: str, model: type[Model]) -> bool:
    return model._meta.db_table in connections[database].introspection.table_names()
