"""A large dirty roster: how long `import_roster` takes, how much memory, and how long others wait for the writer; and
the same of taking it back.

The ratio is to reading the same file with `csv` and one bulk insert of its people, in the same run.
"""

import argparse
import json

from parts import rosters
from parts.house import House, house
from parts.sizes import whole
from parts.verdicts import Verdicts

TIMES, MEGABYTES, SECONDS = 8, 300, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=whole(100_000))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--report", action="store_true", help="only print; exit with 0 whatever was measured")
    options = parser.parse_args()
    with house() as home:
        measure(home, options.rows, options.seed).end(report=options.report)


def measure(home: House, rows: int, seed: int) -> Verdicts:
    """Set up, import, import again, take back."""
    file = home.folder / "roster.csv"
    file.write_bytes(rosters.write(rows, seed=seed))
    home.run("roster_work", "set-up", file)
    floor = home.run("roster_work", "floor", file)
    empty = home.run("roster_work", "state", file)["fingerprint"]
    first, longest = _while_others_write(home, file, "take-in")
    before = home.run("roster_work", "state", file)["fingerprint"]
    again = home.run("roster_work", "take-in", file)
    after = home.run("roster_work", "state", file)["fingerprint"]
    nothing = home.run("roster_work", "take-back", file)  # what changed nothing takes nothing back
    back, waited = _while_others_write(home, file, "take-back")
    emptied = home.run("roster_work", "state", file)["fingerprint"]

    found = Verdicts(f"A roster of {first['rows']:,} dirty rows, {first['created']:,} new people, SQLite")
    found.add("reading with csv and one bulk insert", floor["seconds"], None, " s")
    found.add("import_roster", first["seconds"], None, " s")
    found.add("import_roster, of which this process computed", first["cpu"], None, " s")
    found.add("import_roster against the floor", first["seconds"] / floor["seconds"], TIMES, " times")
    found.add("the same by computing time", first["cpu"] / floor["cpu"], None, " times")
    found.add("memory at its peak", max(first["megabytes"], again["megabytes"]), MEGABYTES, " MB")
    found.add("longest wait of another writer", longest, SECONDS, " s")
    found.add("the same file again", again["seconds"], None, " s")
    found.add("people created or changed by it", again["created"] + again["changed"], 0, counted=True)
    found.add("tables changed by it", int(before != after), 0, counted=True)
    found.add("taking the import back, its one transaction", back["transaction"], None, " s")
    found.add("taking it back, with everybody's words", back["seconds"], None, " s")
    found.add("memory at its peak while it is taken back", back["megabytes"], MEGABYTES, " MB")
    found.add("longest wait of another writer meanwhile", waited, None, " s")
    found.add(
        "people whom taking back leaves", first["created"] - back["created"] + nothing["created"], 0, counted=True
    )
    found.add("tables that are not as before the import", int(empty != emptied), 0, counted=True)
    return found


def _while_others_write(home: House, file: object, work: str) -> tuple[dict, float]:
    ticking = home.start("roster_work", "tick", home.folder / "alongside.sqlite3")
    ticking.stdout.readline()
    try:
        done = home.run("roster_work", work, file)
    finally:
        ticking.stdin.close()
        said = ticking.stdout.read()
        ticking.wait()
    return done, json.loads(said)["longest"]


if __name__ == "__main__":
    main()
