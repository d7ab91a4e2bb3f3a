"""Other pages while a programme is matched, against the same pages when nothing runs: their p95, in the same run.

`alongside match` works again and again, as a job does, beside one web worker; idle and busy blocks take turns, so
that whatever else the machine does is shared by both. On a machine with one core only this says little.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress

from parts.house import House, house
from parts.served import Served, served
from parts.sizes import whole
from parts.verdicts import Verdicts

TIMES = 2
MENTEES, MENTORS = whole(5_000), whole(2_800)
MATCH = [sys.executable, "-m", "django", "match"]
PAGES = [
    ("people", "carys", "/people/"),
    ("person", "carys", "/people/{person}/"),
    ("home of a mentor", "amara", "/"),
    ("pair", "amara", "/pairs/{pair}/"),
    ("programme", "carys", "/programmes/{slug}/"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=6, help="how often idle and busy take turns")
    parser.add_argument("--rounds", type=int, default=15, help="how often each page is asked for in a block")
    parser.add_argument("--report", action="store_true", help="only print; exit with 0 whatever was measured")
    options = parser.parse_args()
    with ExitStack() as stack:
        home = stack.enter_context(house())
        made = home.run("population", (MENTEES + MENTORS) * 2)
        slug = home.run("unpaired", MENTEES, MENTORS)["slug"]
        web = stack.enter_context(served(home, "alongside.config.settings", "alongside.config.wsgi:application"))
        subprocess.run(
            [*MATCH, slug], env=home.environment, check=True, stdout=subprocess.DEVNULL
        )  # it comes to an end
        _ask(web, made, 5)
        times = [_measured(home, slug, web, made, options) for _block in range(options.blocks)]
    found = Verdicts(
        f"Pages while {MENTEES:,} mentees and {MENTORS:,} mentors are matched, against idle; {os.cpu_count()} cores"
    )
    for name, _who, _path in PAGES:
        idle, busy = (_p95([one for block in times for one in block[state][name]]) for state in (0, 1))
        found.add(f"{name}: p95 idle", idle * 1000, None, " ms")
        found.add("  while matching, times as long", busy / idle, TIMES)
    found.end(report=options.report)


def _measured(home: House, slug: str, web: Served, made: dict, options: argparse.Namespace) -> list[dict]:
    """How long each page took: first idle, then busy."""
    return [_within(busy, web, made, options.rounds) for busy in (nullcontext(), _matching(home, slug))]


def _within(busy, web: Served, made: dict, rounds: int) -> dict[str, list[float]]:
    with busy:
        return _ask(web, made, rounds)


def _ask(web: Served, made: dict, rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name, _who, _path in PAGES}
    for _round in range(rounds):
        for name, who, path in PAGES:
            seconds, status = web.get(path.format(**made), made["signed_in"][who])
            if status != 200:
                raise SystemExit(f"{name} answered {status}")
            times[name].append(seconds)
    return times


@contextmanager
def _matching(home: House, slug: str) -> Iterator[None]:
    """The programme is matched until the block ends, again and again; it has to have begun, and must not fail."""
    again = f"while {' '.join(MATCH)} {slug} > match.txt; do :; done"
    process = subprocess.Popen(["/bin/sh", "-c", again], env=home.environment, cwd=home.folder, start_new_session=True)
    try:
        time.sleep(2)  # until it is under way
        yield
        if process.poll() is not None:
            raise SystemExit("the matching failed")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
