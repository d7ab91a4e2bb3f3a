"""Migrations that are done and noted in one transaction: whatever ends the process, each is there whole or not.

And in a third of the time: a table that is added is drawn into what Django knows of the others, which are not all drawn
anew for each.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ModelState, ProjectState


class GrowingState(ProjectState):
    """Django draws a new model and every model that it leads to, however far: with n models n times n."""

    def add_model(self, model_state: ModelState) -> None:
        """One model more: as when an application's models are loaded, the others stay the classes that they are."""
        key = model_state.app_label, model_state.name_lower
        apps = self.__dict__.pop("apps", None) if key not in self.models else None
        super().add_model(model_state)
        if apps is not None:
            apps.render_multiple([model_state])
            self.__dict__["apps"] = apps

    def clone(self) -> ProjectState:
        """As independent a copy as Django's."""
        copy = super().clone()
        copy.__class__ = type(self)
        return copy


class WholeExecutor(MigrationExecutor):
    """Django's own notes most migrations in a transaction after theirs: killed in between, none can go on."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        state = super()._create_project_state(with_applied_migrations=with_applied_migrations)  # type: ignore[misc]
        state.__class__ = GrowingState
        return state

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
