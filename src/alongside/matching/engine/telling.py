"""From a result of the engine to plain values that can be kept: pairs with their points, who is left and why."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pairing import Cost, Problem, Result, why_not, why_unmatched

OTHERS, CHANGES = 6, 5
"""How many others who would fit, and how many changes that would help, are kept."""


def told(problem: Problem, result: Result, faults: Sequence[str]) -> dict[str, Any]:
    """The whole answer. Scores and points are whole numbers; everybody goes by their ref."""
    return {
        "pairs": [
            {
                "mentee": pair.mentee,
                "mentor": pair.mentor,
                "score": pair.score,
                "points": dict(pair.criteria),
                "pinned": pair.pinned,
                "others": _others(problem, pair.mentee, pair.mentor),
            }
            for pair in result.pairs
        ],
        "left": [_left(problem, result, one.mentee) for one in result.unmatched],
        "matched": result.matched,
        "total": result.total,
        "worst": result.worst,
        "bound": result.bound - result.bonus,
        "gap": result.gap,
        "violators": len(faults),
        "allowed_pairs": int(problem.allowed.sum()),
        "possible_pairs": int(problem.scores.size),
        "forbidden": {rule.name: int((~rule.allows).sum()) for rule in problem.rules},
        "prices": {mentor: price for mentor, price in result.prices.items() if price > 0},
        "seed": result.seed,
        "fingerprint": result.fingerprint,
    }


def _others(problem: Problem, mentee: str, mentor: str) -> list[dict[str, Any]]:
    row = problem.row[mentee]
    scores = np.where(problem.allowed[row], problem.scores[row], -1)
    scores[problem.column[mentor]] = -1
    best = np.argsort(-scores, kind="stable")[:OTHERS]
    return [
        {
            "mentor": problem.mentors[int(place)],
            "score": int(scores[place]),
            "points": dict(problem.points(mentee, problem.mentors[int(place)])),
        }
        for place in best
        if scores[place] >= 0
    ]


def _left(problem: Problem, result: Result, mentee: str) -> dict[str, Any]:
    why = why_unmatched(problem, result, mentee)
    return {
        "mentee": mentee,
        "lack": why.reason.name.lower(),
        "allowed": why.allowed,
        "kept_apart": dict(why.kept_apart),
        "rivals": len(why.rivals),
        "between": list(why.between[: 2 * CHANGES]),
        "between_count": len(why.between),
        "changes": [change._asdict() for change in why.changes[:CHANGES]],
        "changes_count": len(why.changes),
    }


def why_not_told(problem: Problem, result: Result, mentee: str, mentor: str) -> dict[str, Any]:
    """Why two people are not paired: rules, a block, or what insisting would cost everybody together."""
    if any((pair.mentee, pair.mentor) == (mentee, mentor) for pair in result.pairs):
        return {"paired": True}
    why = why_not(problem, result, mentee, mentor)
    return {
        "paired": False,
        "score": why.score,
        "points": dict(problem.points(mentee, mentor)),
        "forbidden_by": list(why.forbidden_by),
        "block": why.block.name.lower() if why.block else "",
        "cost": _cost(why.cost) if why.cost else None,
    }


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "matched": cost.matched,
        "worst": cost.worst,
        "total": cost.total,
        "lost": list(cost.lost),
        "gained": list(cost.gained),
    }
