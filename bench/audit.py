"""A long audit log: how long `verify_audit` takes to read it, and that its memory does not grow with the log.

The ratio is to hashing the same bytes with the same key, one entry after the other, in the same run: what no check of
a chain can save. Memory is that of a process that does nothing else, at a tenth of the entries and at all of them.
"""

import argparse

from parts.house import House, house
from parts.sizes import whole
from parts.verdicts import Verdicts

MEGABYTES, GROWTH, TIMES = 120, 1.05, 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=whole(1_000_000))
    parser.add_argument("--report", action="store_true", help="only print; exit with 0 whatever was measured")
    options = parser.parse_args()
    with house() as home:
        measure(home, options.entries).end(report=options.report)


def measure(home: House, entries: int) -> Verdicts:
    """A tenth of the log, then all of it."""
    home.run("audit_work", "fill", entries // 10)
    short = home.run("audit_work", "verify")
    home.run("audit_work", "fill", entries)
    floor = home.run("audit_work", "floor")
    whole = home.run("audit_work", "verify")
    changed = home.run("audit_work", "verify-changed")

    found = Verdicts(f"An audit log of {whole['entries']:,} entries, SQLite")
    found.add("hashing the same bytes", floor["seconds"], None, " s")
    found.add("verify_audit", whole["seconds"], None, " s")
    found.add("verify_audit against hashing alone, by computing time", whole["cpu"] / floor["cpu"], TIMES, " times")
    found.add("an entry", whole["seconds"] / whole["entries"] * 1e6, None, " µs")
    found.add("memory at its peak", whole["megabytes"], MEGABYTES, " MB")
    found.add("of which at a tenth of the entries", short["megabytes"], None, " MB")
    found.add("growth of memory with ten times the entries", whole["megabytes"] / short["megabytes"], GROWTH, " times")
    said = "logs called whole though the last entry but one was changed"
    found.add(said, int(changed["fault"] is None), 0, counted=True)
    return found


if __name__ == "__main__":
    main()
