"""Migrations that are done and noted in one transaction: whatever ends the process, each is there whole or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration


class WholeExecutor(MigrationExecutor):
    """Django's own notes most migrations in a transaction after theirs: killed in between, none can go on."""

    def apply_migration(self, state: Any, migration: Migration, *args: Any, **kwargs: Any) -> Any:
        """Forwards, with its note."""
        with self._whole(migration):
            return super().apply_migration(state, migration, *args, **kwargs)

    def unapply_migration(self, state: Any, migration: Migration, *args: Any, **kwargs: Any) -> Any:
        """Backwards, with its note."""
        with self._whole(migration):
            return super().unapply_migration(state, migration, *args, **kwargs)

    @contextmanager
    def _whole(self, migration: Migration) -> Iterator[None]:
        if not migration.atomic:  # it says of itself that it cannot be in a transaction
            yield
            return
        # SQLite does that outside of transactions only; the schema editor, which is within, asks for it too.
        unchecked = self.connection.disable_constraint_checking()
        try:
            with transaction.atomic(using=self.connection.alias):
                yield
        finally:
            if unchecked:
                self.connection.enable_constraint_checking()
