"""`alongside backup DIR`: the database, the uploads and the anchor of the log, but no key."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config.backups import NotDone, actions


class Command(BaseCommand):
    help = "Writes the database, the uploads and the log's anchor to a folder of their own; never the keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = actions.back_up(options["folder"])
        except NotDone as reason:
            raise CommandError(str(reason)) from reason
        size = sum(held.size for held in made.files)
        if options["json"]:
            said = {
                "made_at": made.made_at.isoformat(),
                "entries": made.entries,
                "files": len(made.files),
                "bytes": size,
            }
            self.stdout.write(json.dumps(said))
            return
        self.stdout.write(
            f"{len(made.files)} files, {size:,} bytes. The keys are not among them: `alongside backup_keys`."
        )
