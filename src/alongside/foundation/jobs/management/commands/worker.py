"""`alongside worker`: runs queued work until it is told to stop."""

import os
import signal
import threading
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connections

from alongside.foundation.jobs.worker import Worker, run_pending


class Command(BaseCommand):
    help = "Runs queued work (imports, matching, mail) until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--once", action="store_true", help="run one job that is due, then stop")
        chosen.add_argument("--until-empty", action="store_true", help="stop when nothing waits any more")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{run_pending(limit=1)} jobs run")
            return
        with suppress(OperationalError):  # away: it is waited for
            self.check(databases=list(connections))  # without their keys, texts could not be sealed and opened
        worker = Worker(leave=lambda: os._exit(0))
        # From a thread: a handler that sets an event on which the main thread waits can lock itself out.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=worker.stop).start())
        if options["until_empty"]:
            self.stdout.write(f"{worker.run_until_empty()} jobs run")
        else:
            worker.run()
