"""`alongside verify_audit`: is the audit log whole?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.events.log import first_fault
from alongside.foundation.events.models import AuditHead


class Command(BaseCommand):
    help = "Checks every entry of the audit log, its head and its anchor; names the first thing that is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        fault = first_fault()
        if fault:
            raise CommandError(fault)
        count = AuditHead.objects.values_list("count", flat=True).first() or 0
        self.stdout.write(
            json.dumps({"entries": count, "fault": None}) if options["json"] else f"{count} entries, whole."
        )
