"""`alongside verify_contracts`: is every agreement as it was shown and signed?"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.contracts import engine


class Command(BaseCommand):
    help = (
        "Checks the words, versions and signatures of every agreement against their hashes, their chain and the audit "
        "log; names the first thing that is wrong. Agreements whose key was destroyed lawfully are listed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        report = engine.examine()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
        if report.fault:
            raise CommandError(report.fault)
        if not options["json"]:
            self._tell(report)

    def _tell(self, report: engine.Report) -> None:
        counts = f"{report.contracts} agreements, {report.versions} versions, {report.signatures} signatures"
        self.stdout.write(f"{counts}, whole.")
        if report.deleted:
            self.stdout.write(f"{report.deleted} agreements were deleted as their day had come.")
        for ref in report.nameless:
            self.stdout.write(f"Agreement {ref}: a name was taken out of its words; hashes and signatures are whole.")
        for ref in report.tombstones:
            self.stdout.write(f"Agreement {ref}: its words are gone with their key; hashes and signatures are whole.")
