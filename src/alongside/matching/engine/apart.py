"""Asks the engine of pairing, in a process of its own. Knows no database.

`python -m alongside.matching.engine.apart` takes an order as JSON from standard input and answers in lines of JSON:
steps on the way, and the answer at the end.
"""

import json
import sys
from typing import Any

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
    ask = order.get("ask")
    problem, result = _matched(problem, order, fixed=order["fixed"] and not ask)
    if ask:
        _say({"step": "explaining"})
        return why_not_told(problem, result, *ask)
    _say({"step": "checking"})
    faults = verify(problem, result)
    _say({"step": "explaining"})
    return told(problem, result, faults)


def _matched(problem: Cohort, order: dict[str, Any], *, fixed: bool) -> tuple[Cohort, Result]:
    """Beside earlier pairs. Whoever asks what a change would cost asks it of pairs that may be moved."""
    kept = [(mentee, mentor) for mentee, mentor in order["kept"]]
    if not kept:
        return problem, match(problem)
    again = rematch(problem, kept, fixed=fixed)
    return again.problem, again.result


if __name__ == "__main__":
    main()
