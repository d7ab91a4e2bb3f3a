"""Sends the vault's tables to the key store and keeps everything else out of it."""

from typing import Any


class KeysRouter:
    """The `keys` database holds the `vault` app and nothing else."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        return "keys" if model._meta.app_label == "vault" else None  # type: ignore[attr-defined]

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return (db == "keys") == (app_label == "vault")
