"""Matching against its targets, each as a ratio in one run: proofs, looks at all pairs, memory, matching again.

Every measurement is a process of its own. Peers are measured where they are installed: scipy comes with the tests;
`--mentor-match PYTHON` names an interpreter that has the package of that name. What is promised of 100,000 a side is
measured with `--people 100000`, where the extra `fast` is installed.
"""

import argparse
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))

from parts.sizes import whole
from parts.verdicts import Verdicts

BENCH = Path(__file__).resolve().parent
KINDS = ("slack", "tight")
ROSTER = whole(500)
FAST = find_spec("numba") is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--people", type=int, nargs="+", default=[whole(1_000), whole(10_000)], help="mentees, each size"
    )
    parser.add_argument("--mentor-match", metavar="PYTHON", help="an interpreter that has the package mentor-match")
    parser.add_argument("--report", action="store_true", help="only print; exit with 0 whatever was measured")
    options = parser.parse_args()
    looks = "numba" if FAST else "numpy"
    found = Verdicts(f"matching {', '.join(f'{people:,}' for people in options.people)} mentees, looks by {looks}")
    for people in options.people:
        for kind in KINDS:
            _prove(found, people, kind)
            _solve(found, people, kind)
        if people <= whole(10_000):
            _reasons(found, people)
    largest = min(max(options.people), whole(10_000))
    _look(found, largest)
    _compare_with_scipy(found, largest)
    _compare_with_mentor_match(found, options.mentor_match)
    _again(found, max(options.people))
    if not FAST:
        found.remarks.append("not measured: 100,000 a side, which needs the extra `fast`")
    found.end(report=options.report)


def _work(what: str, people: int, kind: str) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "parts.matching_work", what, str(people), kind]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (BENCH, BENCH.parent / "src")))}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def _prove(found: Verdicts, people: int, kind: str) -> None:
    measured = _work("end_to_end", people, kind)
    called = f"{people:,} {kind}"
    found.add(f"{called}: 1. dual less primal", measured["gap"], 0, counted=True)
    found.add(f"{called}: 1. what the verifier finds wrong", measured["faults"], 0, counted=True)
    found.add(f"{called}: matched", measured["matched"], None)
    found.add(f"{called}: total", measured["total"], None)
    found.add(f"{called}: checked and matched", measured["seconds"], None, " s")
    found.add(f"{called}: verified", measured["verifying"], None, " s")
    found.add(
        f"{called}: 4. looks at all pairs", measured["passes"], 5 if people > whole(10_000) else None, target=True
    )
    found.add(
        f"{called}: 4. memory", measured["megabytes"], 1_024 if people > whole(10_000) else None, " MB", target=True
    )


def _solve(found: Verdicts, people: int, kind: str) -> None:
    measured = _work("solving", people, kind)
    bound = {"slack": 0.1, "tight": 1.1}[kind] if people >= whole(10_000) else None
    found.add(
        f"{people:,} {kind}: 5. solved with lots and prices, to OR-Tools alone",
        measured["seconds"] / measured["alone"],
        bound,
        target=True,
    )


def _reasons(found: Verdicts, people: int) -> None:
    measured = _work("reasons", people, "tight")
    found.add(
        f"{people:,} tight: 8. of {measured['pairs']:,} pairs, points that do not sum",
        measured["faults"],
        0,
        counted=True,
    )
    asked = f"of {measured['asked']} of {measured['unmatched']} without a mentor, reasons that are not so"
    found.add(f"{people:,} tight: 8. {asked}", measured["wrong"], 0, counted=True)


def _look(found: Verdicts, people: int) -> None:
    measured = _work("scoring", people, "tight")
    pairs = people * round(people * 0.55)
    found.add(f"{people:,} tight: pairs looked at, a second and core", pairs / measured["cpu"], None)
    found.add(
        f"{people:,} tight: 2. a look, to one by plain numpy in blocks",
        measured["cpu"] / measured["plain_cpu"],
        1 / 30,
        target=True,
    )
    found.remarks.append("not compared: faiss, whose answer leaves out pairs that rules forbid only afterwards")


def _compare_with_scipy(found: Verdicts, people: int) -> None:
    if find_spec("scipy") is None:
        found.remarks.append("not compared: scipy, which is not installed")
        return
    ours, theirs = _work("end_to_end", people, "tight"), _work("dense", people, "tight")
    found.add(f"{people:,} tight: scipy's dense assignment alone", theirs["seconds"], None, " s")
    found.add(f"{people:,} tight: 3. time end to end, to that", ours["seconds"] / theirs["seconds"], 1 / 4, target=True)
    found.add(f"{people:,} tight: 3. memory, to that", ours["megabytes"] / theirs["megabytes"], 1 / 5, target=True)
    found.add(
        f"{people:,} tight: people whom it places and we do not", theirs["matched"] - ours["matched"], 0, counted=True
    )


def _compare_with_mentor_match(found: Verdicts, python: str | None) -> None:
    if not python:
        found.remarks.append("not compared: mentor-match, without --mentor-match PYTHON")
        return
    ours = _work("ours", ROSTER, "slack")
    done = subprocess.run([python, BENCH / "parts" / "roster.py", str(ROSTER)], stdout=subprocess.PIPE, check=True)
    theirs = json.loads(done.stdout)
    found.add(
        f"roster of {ROSTER}: 7. time with its proof, to mentor-match",
        ours["seconds"] / theirs["seconds"],
        1 / 100,
        target=True,
    )
    more = theirs["total"] - ours["total"] if theirs["matched"] == ours["matched"] else 0
    found.add(f"roster of {ROSTER}: 7. total that mentor-match has more, of as many placed", more, 0, counted=True)
    found.add(
        f"roster of {ROSTER}: 7. people whom it places more", theirs["matched"] - ours["matched"], 0, counted=True
    )


def _again(found: Verdicts, people: int) -> None:
    measured = _work("again", people, "tight")
    called = f"{people:,} tight, one in a hundred new"
    found.add(
        f"{called}: 6. time from an earlier result, to cold", measured["warm"] / measured["cold"], 1 / 20, target=True
    )
    found.add(f"{called}: results that differ", 1 - measured["same"], 0, counted=True)
    found.add(f"{called}: 6. pinned pairs that moved", measured["moved"], 0, counted=True)
    found.add(f"{called}: 6. faults in the proof with pins", measured["faults"], 0, counted=True)
    found.add(f"{called}: fewer matched with pins", measured["fewer"], None)
    found.add(f"{called}: total lost with pins", measured["lost"], None)


if __name__ == "__main__":
    main()
