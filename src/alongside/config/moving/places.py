"""Where a move goes from and to: the source held alone, the target in its place for this process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, connections, router
from django.db.models import Model

from alongside.config.moving import NotMoved

NAMES = {"default": "DATABASE_URL", "keys": "ALONGSIDE_KEYS_URL"}
# Rows that a migration itself makes; they go before those of the source come.
MADE_BY_MIGRATING: tuple[type[Model], ...] = (Permission, ContentType)
_NOT_MOVED = {"django_migrations", "cache"}  # what was applied, and counts of the last minutes
Settings = dict[str, Any]


def target_settings(url: str, like: Callable[[str], Settings]) -> Settings:
    """The settings of the database at `url`, made by `like`. Raises NotMoved unless it is a PostgreSQL one."""
    try:
        made = like(url)
    except (ValueError, dj_database_url.UnknownSchemeError) as error:
        raise NotMoved("The address cannot be read. It looks like postgresql://user@host:5432/name.") from error
    if made["ENGINE"] != "django.db.backends.postgresql" or not made["NAME"]:
        raise NotMoved("That is not the address of a PostgreSQL database: postgresql://user@host:5432/name.")
    return made


def refuse_same_place(first: Settings, second: Settings) -> None:
    """Raises NotMoved when keys and text would stand in one database."""
    if all(first[part] == second[part] for part in ("HOST", "PORT", "NAME")):
        raise NotMoved(
            "The key store needs a database of its own, best on another server: it opens what the first holds."
        )


def refuse_no_sqlite(alias: str) -> None:
    """Raises NotMoved when what is to be moved stands on PostgreSQL already."""
    if connections[alias].vendor != "sqlite":
        raise NotMoved(f"{NAMES[alias]} names a PostgreSQL database already: nothing is to be moved.")


@contextmanager
def exchanged(alias: str, target: Settings) -> Iterator[str]:
    """Within the block `alias` is the target, for whatever asks; the source is read by the alias that is handed out.

    The source is held alone, so that nobody writes to it, or begins to, before the block ends. Raises NotMoved when
    somebody else has it open.
    """
    source, held = f"moved_{alias}", connections.settings[alias]
    options = {**held["OPTIONS"], "timeout": 0.2, "init_command": "PRAGMA locking_mode=EXCLUSIVE"}
    connections[alias].close()
    del connections[alias]
    connections.settings[source] = {**held, "OPTIONS": options}
    connections.settings[alias] = _complete(target)
    try:
        _hold(source)
        _reach(alias)
        yield source
    finally:
        for name in (source, alias):
            connections[name].close()
            del connections[name]
        connections.settings[alias] = held
        del connections.settings[source]


def _complete(settings: Settings) -> Settings:
    # A mapping without a default database is refused, so it is given as one.
    return dict(connections.configure_settings({"default": settings})["default"])


def _hold(alias: str) -> None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master")
    except OperationalError as error:
        raise NotMoved("Alongside is running on this database. Stop `serve` and every worker first.") from error


def _reach(alias: str) -> None:
    try:
        connections[alias].ensure_connection()
    except ImproperlyConfigured as error:
        raise NotMoved("PostgreSQL needs the package psycopg: install requirements/postgres.txt.") from error
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0].removeprefix("connection failed: ")
        raise NotMoved(f"The new database ({NAMES[alias]}) cannot be reached: {reason}.") from error


def models_of(alias: str) -> list[type[Model]]:
    """Every table that belongs into a database, those between two others too."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and router.allow_migrate_model(alias, model)]


def refuse_full(alias: str) -> None:
    """Raises NotMoved when the target holds anything but empty tables of ours, as a failed move leaves them."""
    tables = set(connections[alias].introspection.table_names())
    models = {model._meta.db_table: model for model in models_of(alias)}
    if strange := sorted(tables - set(models) - _NOT_MOVED):
        raise NotMoved(f"The new database is not empty: it holds a table {strange[0]}. Name an empty one.")
    for table in sorted(tables & set(models)):
        if models[table] not in MADE_BY_MIGRATING and _has_rows(models[table], alias):
            raise NotMoved(f"The new database is not empty: its table {table} has rows. Name an empty one.")


def _has_rows(model: type[Model], alias: str) -> bool:
    try:
        return model._base_manager.using(alias).exists()
    except DatabaseError as error:  # a table of that name with other columns
        raise NotMoved(f"The new database is not empty: it holds a table {model._meta.db_table}.") from error
