"""`alongside restore DIR`: a backup in the place of what is here."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config.backups import NotDone, restoring
from alongside.config.backups.restoring import Restored


class Command(BaseCommand):
    help = (
        "Checks a backup and puts it in the place of what is here. Stop Alongside first. Whoever was erased since is"
        " erased again, and everybody signs in anew. When it was stopped, start it again."
    )
    requires_system_checks: list[str] = []  # they refuse what this puts right

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="what `alongside backup` wrote")
        parser.add_argument("--replace", action="store_true", help="put the data that are here aside first")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restoring.restore(options["folder"].absolute(), replace=options["replace"])
        except NotDone as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(json.dumps(_facts(done)) if options["json"] else _sentences(done))
        if done.fault:
            raise CommandError(f"The backup is restored, but its audit log is not whole: {done.fault}")


def _facts(done: Restored) -> dict[str, Any]:
    made = done.manifest
    return {"made_at": made.made_at.isoformat(), "entries": made.entries, "aside": done.aside, "fault": done.fault}


def _sentences(done: Restored) -> str:
    made = done.manifest
    lines = [f"Restored as of {made.made_at:%Y-%m-%d %H:%M} UTC, {made.entries} entries in the audit log."]
    lines += [f"What was here before is now {where}. Delete it once you need it no more." for where in done.aside]
    return "\n".join(lines)
