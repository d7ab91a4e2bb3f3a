"""`alongside verify_audit`: is the audit log whole?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from alongside.foundation.events import declared, tombstones
from alongside.foundation.events.log import first_fault
from alongside.foundation.events.models import AuditEntry, AuditHead


class Command(BaseCommand):
    help = (
        "Checks every entry of the audit log, its head and its anchor; names the first thing that is wrong. Lists how "
        "often something that the log speaks of went lawfully."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        fault = first_fault()
        if fault:
            raise CommandError(fault)
        count = AuditHead.objects.values_list("count", flat=True).first() or 0
        gone = _tombstones()
        if options["json"]:
            self.stdout.write(json.dumps({"entries": count, "fault": None, "tombstones": gone}))
            return
        self.stdout.write(f"{count} entries, whole.")
        for name, times in gone.items():
            self.stdout.write(f"  {declared()[name]}: {times}")


def _tombstones() -> dict[str, int]:
    """How often something that the log speaks of went lawfully, by event."""
    found = AuditEntry.objects.filter(name__in=tombstones()).values_list("name").annotate(Count("pk")).order_by("name")
    return dict(found)
