"""From a result of the engine to plain values that can be kept: pairs with their points, who is left and why."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from alongside.matching.terms import ALWAYS, RuleName
from pairing import Cost, Problem, Reason, Result, why_not, why_unmatched
from pairing.problems import Cohort

OTHERS, CHANGES = 6, 5
"""How many others who would fit, and how many changes that would help, are kept."""

UNLIFTABLE = {*ALWAYS, RuleName.MANAGER}
"""Rules that nobody can lift, so that lifting one is no advice."""

AT_ONCE = 256
"""How many mentees are looked at at once, with every mentor."""

MOST_EXPLAINED = 200
"""Of how many who are left it is worked out what would help."""

MOST_LOOKED_AT = 100_000_000
"""The most possible pairs that are looked at one by one for what is told beside the pairs themselves."""


def told(problem: Cohort, result: Result, faults: Sequence[str]) -> dict[str, Any]:
    """The whole answer. Scores and points are whole numbers; everybody goes by their ref.

    Of a cohort that is too large to be looked at pair by pair it says less, and of many who are left only the first are
    told what would help.
    """
    looked = _Looked(problem, result)
    proof = result.certificate
    scarce = proof.largest.mentors  # one place more with any of these places one person more
    return {
        "pairs": [
            {
                "mentee": pair.mentee,
                "mentor": pair.mentor,
                "score": pair.score,
                "points": dict(pair.criteria),
                "others": looked.others.get(pair.mentee, []),
            }
            for pair in result.pairs
        ],
        "left": [
            _left(problem, result, one.mentee) if number < MOST_EXPLAINED else _briefly(one.mentee, looked.allowed)
            for number, one in enumerate(result.unmatched)
        ],
        "matched": result.matched,
        "total": result.total,
        "worst": min((pair.score for pair in result.pairs), default=None),  # the locked ones stand on the board too
        "bound": result.bound - result.bonus,
        "gap": result.gap,
        "violators": len(faults),
        "allowed_pairs": sum(looked.allowed.values()) if looked.allowed or not problem.mentees else None,
        "possible_pairs": len(problem.mentees) * len(problem.mentors),
        "forbidden": _forbidden(problem),
        "prices": {
            mentor: price
            for mentor, price in result.prices.items()
            if price > 0 and mentor not in scarce | proof.final.mentors
        },
        "scarce": sorted(scarce),
        "seed": result.seed,
        "fingerprint": result.fingerprint,
    }


def _forbidden(problem: Cohort) -> dict[str, int]:
    """How many pairs each rule forbids, whatever the others do."""
    return {rule.name: int((~rule.allows).sum()) for rule in problem.rules} if isinstance(problem, Problem) else {}


class _Looked:
    """One look at every pair, some mentees at a time: how many mentors each may have, and who else would fit best."""

    def __init__(self, problem: Cohort, result: Result) -> None:
        self.allowed: dict[str, int] = {}
        self.others: dict[str, list[dict[str, Any]]] = {}
        has: dict[str, set[str]] = {}
        for pair in result.pairs:
            has.setdefault(pair.mentee, set()).add(pair.mentor)
        if len(problem.mentees) * len(problem.mentors) > MOST_LOOKED_AT:
            return
        for start in range(0, len(problem.mentees), AT_ONCE):
            rows = np.arange(start, min(start + AT_ONCE, len(problem.mentees)))
            for row, scores, allowed in zip(rows.tolist(), *problem.block(rows), strict=True):
                mentee = problem.mentees[row]
                self.allowed[mentee] = int(allowed.sum())
                self.others[mentee] = _best(problem, row, np.where(allowed, scores, -1), has.get(mentee, set()))


def _best(problem: Cohort, row: int, scores: Any, has: set[str]) -> list[dict[str, Any]]:
    """The mentors who fit best but for those whom a mentee has; of equal ones the one who stands first."""
    enough = min(OTHERS + len(has), len(scores))
    least = max(0, int(np.partition(scores, len(scores) - enough)[len(scores) - enough]))
    places = np.flatnonzero(scores >= least)
    ordered = places[np.argsort(-scores[places], kind="stable")].tolist()
    found = [place for place in ordered if problem.mentors[place] not in has][:OTHERS]
    points = problem.points_at(np.full(len(found), row), np.array(found, dtype=int))
    return [
        {
            "mentor": problem.mentors[place],
            "score": int(scores[place]),
            "points": {name: int(held[at]) for name, held in points},
        }
        for at, place in enumerate(found)
    ]


def _briefly(mentee: str, allowed: Mapping[str, int]) -> dict[str, Any]:
    """Why somebody is left, where too many are for all of them to be told what would help."""
    count = allowed.get(mentee, 1)
    lack = Reason.TOO_FEW_PLACES if count else Reason.NOBODY_ALLOWED
    nothing: dict[str, Any] = {"kept_apart": {}, "rivals": 0, "between": [], "between_count": 0, "changes": []}
    return {"mentee": mentee, "lack": lack.name.lower(), "allowed": count, **nothing, "changes_count": 0}


def _left(problem: Cohort, result: Result, mentee: str) -> dict[str, Any]:
    why = why_unmatched(problem, result, mentee)
    changes = [change for change in why.changes if not UNLIFTABLE & {*change.lifts}]
    return {
        "mentee": mentee,
        "lack": why.reason.name.lower(),
        "allowed": why.allowed,
        "kept_apart": dict(why.kept_apart),
        "rivals": len(why.rivals),
        "between": list(why.between[: 2 * CHANGES]),
        "between_count": len(why.between),
        "changes": [change._asdict() for change in changes[:CHANGES]],
        "changes_count": len(changes),
    }


def why_not_told(problem: Cohort, result: Result, mentee: str, mentor: str) -> dict[str, Any]:
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
        "cost": _cost(problem, why.cost) if why.cost else None,
    }


def _cost(problem: Cohort, cost: Cost) -> dict[str, Any]:
    return {
        "matched": cost.matched,
        "worst": cost.worst,
        "total": cost.total,
        "lost": _scored(problem, cost.lost),
        "gained": _scored(problem, cost.gained),
    }


def _scored(problem: Cohort, couples: Sequence[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Each pair with its score: what the others lose is reckoned from these, without any bonus for pairs that stay."""
    return [(mentee, mentor, sum(dict(problem.points(mentee, mentor)).values())) for mentee, mentor in couples]
