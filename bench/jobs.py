"""Work whose workers are killed with -9 in the middle of it: is any lost, is any seen twice?

Three workers take what is queued; one after another is killed at a moment of chance and another one started. What the
work wrote is counted in a table without constraints. Leases are short here, so that a run takes minutes, not hours.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from parts.house import House, house
from parts.verdicts import Verdicts

from tests import postgres

KILLS = 200 // (10 if os.environ.get("QUICK") == "1" else 1)
DATABASES = ("sqlite", "postgresql")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help="the promise is 200; with QUICK=1 a tenth of it")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--report", action="store_true", help="only print; exit with 0 whatever was measured")
    options = parser.parse_args()
    if options.kills < 1 or options.workers < 1:
        parser.error("at least one kill and one worker")
    found = Verdicts(f"{options.kills} kills over {options.workers} workers")
    for database in DATABASES if options.database == "both" else (options.database,):
        with _house(database) as home:
            measured = home.run("killing", options.kills, options.workers, options.seed)
        _add(found, database, measured, options.kills)
    found.end(report=options.report)


@contextmanager
def _house(database: str) -> Iterator[House]:
    if database == "sqlite":
        with house() as home:
            yield home
        return
    with postgres.server() as address, house(DATABASE_URL=f"{address}/postgres") as home:
        yield home


def _add(found: Verdicts, database: str, measured: dict[str, float], kills: int) -> None:
    found.add(f"{database}: pieces of work queued", measured["queued"], None)
    found.add(f"{database}: kills that hit no work", kills - measured["hits"], kills / 2)
    found.add(f"{database}: work that another worker took over", measured["taken_over"], None)
    found.add(f"{database}: lost", measured["lost"], 0)
    found.add(f"{database}: seen twice", measured["doubled"], 0)
    found.add(f"{database}: not ended as done", measured["not_done"], 0)
    found.add(f"{database}: slots of the schedule that ran", measured["slots"], None)
    found.add(f"{database}: slots of the schedule that ran twice", measured["slots_twice"], 0)
    found.add(f"{database}: faults in the audit log", measured["audit_faults"], 0)
    found.add(f"{database}: it took", measured["seconds"], None, " s")


if __name__ == "__main__":
    main()
