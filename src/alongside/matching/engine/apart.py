"""Asks the engine of pairing, in a process of its own. Knows no database.

`python -m alongside.matching.engine.apart` takes an order as JSON from standard input and answers in lines of JSON:
steps on the way, and the answer at the end.
"""

import json
import sys
from typing import Any

from alongside.matching.engine.advising import by_skill
from alongside.matching.engine.compiling import compiled
from alongside.matching.engine.telling import told, why_not_told
from pairing import NotAProblem, match, rematch, verify
from pairing.problems import Cohort
from pairing.result import Result


def main() -> None:
    """Answer one order."""
    order = json.load(sys.stdin)
    try:
        _say(_answer(order))
    except NotAProblem as refused:
        _say({"refused": {"about": refused.about, "words": str(refused)}})


def _say(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    _say({"step": "weighing"})
    problem = compiled(order)
    _say({"step": "pairing"})
    if ask := order.get("ask"):
        return _asked(problem, order, *ask)
    problem, result = _matched(problem, order, fixed=order["fixed"])
    _say({"step": "checking"})
    faults = verify(problem, result)
    _say({"step": "explaining"})
    answer = told(problem, result, faults)
    _say({"step": "advising"})
    return {**answer, "by_skill": [] if faults else by_skill(order, problem, result)}


def _asked(problem: Cohort, order: dict[str, Any], mentee: str, mentor: str) -> dict[str, Any]:
    """Of the pairs as they are shown: what would change if the two were put together and all others may be moved."""
    movable, result = _matched(problem, order, fixed=False)
    if order["fixed"]:
        _same, result = _matched(problem, order, fixed=True)
    _say({"step": "explaining"})
    return why_not_told(movable, result, mentee, mentor)


def _matched(problem: Cohort, order: dict[str, Any], *, fixed: bool) -> tuple[Cohort, Result]:
    """Beside earlier pairs."""
    kept = [(mentee, mentor) for mentee, mentor in order["kept"]]
    if not kept:
        return problem, match(problem)
    again = rematch(problem, kept, fixed=fixed)
    return again.problem, again.result


if __name__ == "__main__":
    main()
