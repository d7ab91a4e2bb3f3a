"""`alongside export_person EMAIL --organisation SLUG`: all that an organisation holds about somebody."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.identity.actors import System
from alongside.foundation.identity.terms import MembershipState
from alongside.records import actions, people


class Command(BaseCommand):
    help = (
        "Writes a ZIP with all that an organisation holds about somebody: JSON, a page to read, and their files. Other "
        "people’s words about them are held back; a list beside the ZIP says where they are, for whoever looks at "
        "them. Both are deleted after 30 days."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        people.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        membership = people.find(options["email"], options["organisation"])
        if membership.state == MembershipState.ERASED:
            raise CommandError("They were erased: nothing is left to export.")
        try:
            written = actions.export(membership, by=System(membership.organisation))
        except OSError as error:
            raise CommandError(f"The export cannot be written: {error.strerror}.") from error
        report = {
            "file": str(written.path),
            "person": membership.ref,
            "rows": written.rows,
            "files": written.files,
            "for_review": str(written.for_review) if written.held_back else "",
            "held_back": [asdict(passage) for passage in written.held_back],
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{written.path}: {sum(written.rows.values())} rows of {len(written.rows)} tables.")
        if written.held_back:
            self.stdout.write(f"Held back until somebody has looked at it (kept for them in {written.for_review}):")
        for passage in written.held_back:
            self.stdout.write(f"  {passage.table} {passage.ref} {passage.at}: {passage.why}")
