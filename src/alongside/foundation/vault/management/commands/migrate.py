"""`alongside migrate`: Django's migrate, for the main database, its cache table and the key store."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.management.commands import migrate

from alongside.foundation.vault.migrating import WholeExecutor

# Django's command takes no executor: it finds one by this name.
migrate.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    help = "Brings the main database and the key store up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Both databases are checked where none is chosen."""
        chosen = options["database"]
        return {**super().get_check_kwargs(options), "databases": [chosen] if chosen else ["default", "keys"]}

    def handle(self, *args: Any, **options: Any) -> None:
        chosen, app = options["database"], options["app_label"]
        if chosen != "keys":
            super().handle(*args, **{**options, "database": chosen or "default"})
        if chosen == "keys" or (not chosen and app in (None, "vault")):
            # No other app has a table there: to go through the history of each would double the time for nothing.
            super().handle(*args, **{**options, "database": "keys", "app_label": "vault", "run_syncdb": False})
        if not chosen and not options["plan"] and not options["check_unapplied"]:
            call_command("createcachetable", verbosity=0)
