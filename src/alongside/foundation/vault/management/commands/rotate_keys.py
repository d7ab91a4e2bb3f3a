"""`alongside rotate_keys`: a new key for everything that is sealed, and for the audit log."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.vault import actions


class Command(BaseCommand):
    help = (
        "Gives every owner of sealed text a new key, the audit log too, and seals every text anew. People can go on"
        " working. When it was stopped, start it again: it goes on where it stood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            done = actions.rotate()
            said = {"keys": done.keys, "values": done.values, "unopened": done.unopened}
            self.stdout.write(json.dumps(said))
        else:
            done = actions.rotate(tell=self.stdout.write)
            self.stdout.write("Run `alongside backup_keys` now: the copy that you have does not know the new keys.")
        if done.unopened:
            raise CommandError(
                f"{len(done.unopened)} values do not open and were left as they are; the first is {done.unopened[0]}."
            )
