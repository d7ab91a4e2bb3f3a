"""`alongside serve`: the web, and the worker beside it."""

import hashlib
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Serves Alongside, with the worker beside it, until it is told to stop."
    requires_system_checks: list[str] = []  # made below, with those that ask the databases

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (this machine alone by default)")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="default: PORT, or 8000")
        parser.add_argument("--threads", type=int, default=8, help="requests answered at once (default 8)")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self.check(databases=list(connections))  # missing keys before missing tables: to migrate is not their cure
        refuse_unapplied_migrations()
        refuse_taken_port(host, port)
        collect_static()
        connections.close_all()
        sys.stdout.flush()
        # The same process goes on without Django: it only watches the two that it starts.
        announce = f"Alongside is at {settings.SITE_URL} (Ctrl+C stops it)"
        serving = [sys.executable, "-m", "alongside.config.serving", host, str(port), str(options["threads"]), announce]
        os.execv(sys.executable, serving)  # noqa: S606 -- our own interpreter


def refuse_unapplied_migrations() -> None:
    """Raises CommandError, naming the command that helps, while any database is behind the code."""
    for database in connections:
        executor = MigrationExecutor(connections[database])
        if executor.migration_plan(executor.loader.graph.leaf_nodes("vault" if database == "keys" else None)):
            raise CommandError("The database is not up to date. Run `alongside migrate` first.")


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CommandError when somebody else listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or "there is none with this number"
            raise CommandError(f"Port {port} cannot be used ({reason}). Choose another one with PORT.") from error


def collect_static() -> bool:
    """Bring DATA_DIR/static up to date; was anything to be done?"""
    mark = Path(settings.DATA_DIR) / "static_made_from"
    made_from = _fingerprint()
    if mark.exists() and mark.read_text() == made_from:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(made_from)
    return True


def _fingerprint() -> str:
    """Name, size and time of every static file that the packages bring."""
    seen = [settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            seen.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()
