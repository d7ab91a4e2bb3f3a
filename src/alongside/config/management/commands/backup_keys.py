"""`alongside backup_keys DIR`: the newest copy of the key store, and no other."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config.backups import NotDone, actions


class Command(BaseCommand):
    help = (
        "Puts a copy of the key store into a folder, in the place of the one before. Keep it where no backup lies:"
        " whoever has both opens everything, and whoever has only backups opens no sealed text."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="on another disk or machine than the backups")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            copied = actions.copy_keys(options["folder"])
        except NotDone as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"The keys are copied to {copied}.")
