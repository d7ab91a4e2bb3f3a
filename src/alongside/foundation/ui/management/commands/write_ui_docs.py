from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.foundation.ui import handbook


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Writes the list of components into docs/building/ui.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("page", nargs="?", default="docs/building/ui.md")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["page"])
        path.write_text(handbook.with_components(path.read_text("utf-8")), "utf-8")
