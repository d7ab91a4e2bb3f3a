"""Several people at the same moment, each in a thread and over a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from alongside.foundation.identity.actions import NotPossible


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Each call in a thread of its own, all begun together; the refusals that came back. Any other fault is raised."""
    ready = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            ready.wait()
            call()
        except NotPossible as reason:
            return str(reason)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return [words for words in pool.map(run, calls) if words]
