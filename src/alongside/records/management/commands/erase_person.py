"""`alongside erase_person EMAIL --organisation SLUG`: leave of somebody only what law asks for."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.foundation.privacy import copies_out_of_reach
from alongside.records import actions, people, queries


class Command(BaseCommand):
    help = (
        "Erases somebody from one organisation. Private text becomes unreadable in backups too, names go, and what "
        "stays is listed with its reason. Once begun it cannot be taken back; stopped, it goes on when run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        people.add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would go and what stays; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        membership = people.find(options["email"], options["organisation"])
        gone = self._would_go(membership) if options["dry_run"] else self._erase(membership)
        held = queries.kept(membership)
        report = {
            "person": membership.ref,
            "dry_run": options["dry_run"],
            "gone": gone,
            "kept": list(map(asdict, held)),
            "out_of_reach": copies_out_of_reach(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        verb = "would go or change" if options["dry_run"] else "went or changed"
        self.stdout.write(f"{membership.ref}: {sum(gone.values())} rows of {len(gone)} tables {verb}.")
        for table, rows in gone.items():
            self.stdout.write(f"  {table}: {rows}")
        self.stdout.write("Kept:")
        for one in held:
            self.stdout.write(f"  {one.table}: {one.rows}. {one.reason}.")
        people.say_what_is_out_of_reach(self.stdout)

    def _would_go(self, membership: Membership) -> dict[str, int]:
        if reason := queries.why_not(membership):
            raise CommandError(reason)
        return queries.going(membership)

    def _erase(self, membership: Membership) -> dict[str, int]:
        try:
            erasure = actions.erase(membership, by=System(membership.organisation))
        except NotPossible as reason:
            raise CommandError(str(reason)) from reason
        return dict(sorted(erasure.gone.items()))
