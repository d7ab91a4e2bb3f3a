"""`alongside apply_retention`: delete what has had its day."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.foundation.identity.actors import System
from alongside.foundation.privacy import copies_out_of_reach
from alongside.records import actions, people


class Command(BaseCommand):
    help = "Deletes records whose day has come, as the retention classes say. The worker does this once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go; write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        gone = actions.apply_retention(by=System(), dry_run=options["dry_run"])
        if options["json"]:
            report = {"dry_run": options["dry_run"], "gone": gone, "out_of_reach": copies_out_of_reach()}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        verb = "would go" if options["dry_run"] else "went"
        self.stdout.write(f"{sum(gone.values())} rows of {len(gone)} tables {verb}.")
        for table, rows in gone.items():
            self.stdout.write(f"  {table}: {rows}")
        people.say_what_is_out_of_reach(self.stdout)
