"""`alongside move_database URL`: from SQLite to an empty PostgreSQL database."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from alongside.config.management.commands.serve import refuse_unapplied_migrations
from alongside.config.moving import NotMoved, places, steps
from alongside.config.moving.steps import Moved
from alongside.config.settings import database_settings


class Command(BaseCommand):
    help = (
        "Copies a SQLite installation to an empty PostgreSQL database, makes its tables there and compares every row."
        " Stop Alongside first. The key store stays where ALONGSIDE_KEYS_URL says, unless --keys moves it too. What is"
        " here is not changed."
    )
    requires_system_checks: list[str] = []  # made below, with those that ask the databases

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", metavar="URL", help="postgresql://user@host:5432/name")
        parser.add_argument("--keys", metavar="URL", help="move the key store too, to this PostgreSQL database")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            moved = self._move(options)
        except NotMoved as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(json.dumps(_facts(moved)) if options["json"] else _sentences(moved, options["keys"]))

    def _move(self, options: dict[str, Any]) -> Moved:
        urls = {"keys": options["keys"], "default": options["url"]}
        targets = {alias: places.target_settings(url, database_settings) for alias, url in urls.items() if url}
        kept = {**{alias: connections.settings[alias] for alias in urls}, **targets}
        places.refuse_same_place(kept["default"], kept["keys"])
        for alias in targets:
            places.refuse_no_sqlite(alias)
        self.check(databases=list(connections))
        refuse_unapplied_migrations()
        steps.refuse_unsound()
        return steps.move(targets, say=_silent if options["json"] else self.stdout.write)


def _silent(sentence: str) -> None:
    """The one JSON document says everything at the end."""


def _facts(moved: Moved) -> dict[str, Any]:
    tables = [asdict(table) for table in moved.tables]
    return {"rows": moved.rows, "audit_entries": moved.entries, "contracts": moved.contracts, "tables": tables}


def _sentences(moved: Moved, keys: str | None) -> str:
    names = "DATABASE_URL and ALONGSIDE_KEYS_URL" if keys else "DATABASE_URL"
    counts = f"{moved.rows:,} rows in {len(moved.tables)} tables are moved"
    whole = f"{moved.entries:,} entries of the audit log and {moved.contracts:,} agreements are whole there"
    return (
        f"{counts}; {whole}.\nSet {names} to the new address, then start again. What was here is as it was: delete it"
        " once the new database has a backup."
    )
