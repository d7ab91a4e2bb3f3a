"""What starting costs: memory of the one web worker, and time to import the application.

Memory is the worker's resident set after some requests for pages; the time is measured in processes of their own,
against importing Django's WSGI handler alone, in turn, and the middle of each is taken.
"""

import argparse
import statistics
import subprocess
import sys
import time

from parts.house import House, house
from parts.served import served
from parts.verdicts import Verdicts

MEGABYTES, TIMES = 85, 3.5
HANDLER = "import django.core.handlers.wsgi"
OURS = "import alongside.config.wsgi"
PAGES = ["/people/", "/programmes/{slug}/people/", "/people/{person}/", "/programmes/{slug}/", "/"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--report", action="store_true", help="only print; exit with 0 whatever was measured")
    options = parser.parse_args()
    found = Verdicts(f"Starting, with {options.people:,} people")
    with house() as home:
        found.add(
            f"web worker after {options.requests} requests",
            _memory(home, options.people, options.requests),
            MEGABYTES,
            " MB",
        )
        handler, ours = _imports(home, options.rounds)
    found.add("importing Django's WSGI handler", handler * 1000, None, " ms")
    found.add("importing the application", ours * 1000, None, " ms")
    found.add("the application against the handler", ours / handler, TIMES, " times")
    found.end(report=options.report)


def _memory(home: House, people: int, requests: int) -> float:
    made = home.run("population", people)
    pages = [path.format(**made) for path in PAGES]
    with served(home, "alongside.config.settings", "alongside.config.wsgi:application") as web:
        for number in range(requests):
            _seconds, status = web.get(pages[number % len(pages)], made["signed_in"]["carys"])
            if status != 200:
                raise SystemExit(f"{pages[number % len(pages)]} answered {status}")
        return web.megabytes()


def _imports(home: House, rounds: int) -> tuple[float, float]:
    """Seconds of a process that imports the handler, and of one that imports the application; less an empty one's."""
    times: dict[str, list[float]] = {"": [], HANDLER: [], OURS: []}
    for _round in range(rounds + 1):
        for code, taken in times.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], env=home.environment, check=True)
            taken.append(time.perf_counter() - began)
    nothing, handler, ours = (statistics.median(taken[1:]) for taken in times.values())
    return handler - nothing, ours - nothing


if __name__ == "__main__":
    main()
