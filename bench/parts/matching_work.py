"""The processes of the measurement of matching: `matching_work.py WHAT PEOPLE slack|tight`; what was found, as JSON."""

import json
import resource
import sys
import time
from typing import Any

import numpy as np

from pairing import LargeProblem, Reason, checking, match, problem, rematch, verify, why_unmatched
from pairing.flows import _cheapest, best, fullest
from pairing.market import Market, Offer
from parts import roster
from parts.cohorts import cohort

NO_PRICE = -(2**40)


def made(people: int, kind: str) -> tuple[Any, float]:
    """The cohort, and how long it took to check it."""
    given = cohort(people, tight=kind == "tight")
    began = time.perf_counter()
    return problem(**given), time.perf_counter() - began


def end_to_end(people: int, kind: str) -> dict[str, Any]:
    """Checked, matched and proven, once the kernels are compiled."""
    warm_up(kind)
    case, checked = made(people, kind)
    looks: list[float] = []
    before = Market.look

    def counted(market: Market, offer: Offer) -> Any:
        if len(offer.columns) == len(case.mentors):  # not again where it looks at a part of the mentors
            looks.append(len(offer.rows) * int(offer.columns.sum()) / (people * len(case.mentors)))
        return before(market, offer)

    Market.look = counted  # type: ignore[method-assign]
    began = time.perf_counter()
    result = match(case)
    took, memory = time.perf_counter() - began, megabytes()
    began = time.perf_counter()
    faults = verify(case, result)
    return {
        "seconds": checked + took,
        "verifying": time.perf_counter() - began,
        "megabytes": memory,
        "passes": sum(looks),
        "gap": result.gap,
        "faults": len(faults),
        "matched": result.matched,
        "worst": result.worst,
        "total": result.total,
    }


def warm_up(kind: str) -> None:
    """Compile what is compiled, on few people."""
    checking.CELLS_LIMIT = 0
    case, _ = made(60, kind)
    match(case)
    checking.CELLS_LIMIT = 9_000_000


def scoring(people: int, kind: str) -> dict[str, Any]:
    """Pairs a second: by the look at all pairs with prices as they are in the end, and by numpy block by block."""
    warm_up(kind)
    checking.CELLS_LIMIT = 0
    case, _ = made(people, kind)
    certificate = match(case).certificate
    market = Market.of(case)
    prices = [
        np.array([priced[name] for name in ids], dtype=np.int64).T.copy()
        for ids, priced in ((case.mentees, certificate.mentee_prices), (case.mentors, certificate.mentor_prices))
    ]
    offer = Offer(np.arange(people), np.ones(len(case.mentors), dtype=np.bool_), 0, *prices, 13)
    began, cpu = time.perf_counter(), time.process_time()
    market.look(offer)
    ours, ours_cpu = time.perf_counter() - began, time.process_time() - cpu
    few = np.arange(min(people, 500))
    began, cpu = time.perf_counter(), time.process_time()
    plain(case, few)
    share = len(few) / people
    return {"seconds": ours, "cpu": ours_cpu, "plain": (time.perf_counter() - began) / share,
            "plain_cpu": (time.process_time() - cpu) / share}  # fmt: skip


def plain(case: LargeProblem, rows: np.ndarray) -> None:
    """Every criterion and rule in turn, by numpy in blocks, in the way that comes first to mind."""
    for row in np.array_split(rows, max(1, len(rows) // 50)):
        scores = sum(criterion.at(*every(row, case)).reshape(len(row), -1) for criterion in case.criteria)
        allowed = np.ones(scores.shape, dtype=np.bool_)
        for rule in case.rules:
            allowed &= rule.at(*every(row, case)).reshape(len(row), -1)
        np.where(allowed, scores, -1).argmax(axis=1)


def every(rows: np.ndarray, case: LargeProblem) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of some mentees."""
    columns = np.arange(len(case.mentors))
    return np.repeat(rows, len(columns)), np.tile(columns, len(rows))


def dense(people: int, kind: str) -> dict[str, Any]:
    """scipy's dense assignment, a column for each place; only the assignment is timed."""
    from scipy.optimize import linear_sum_assignment

    case, _ = made(people, kind)
    places = np.repeat(np.arange(len(case.mentors)), case.mentor_places)
    costs = np.empty((people, len(places)))
    for rows in np.array_split(np.arange(people), max(1, people // 200)):
        scores, allowed = case.block(rows)
        costs[rows] = np.where(allowed, -scores, 10**9)[:, places]
    began = time.perf_counter()
    found = linear_sum_assignment(costs)
    took = time.perf_counter() - began
    kept = costs[found] < 10**8
    return {
        "seconds": took,
        "megabytes": megabytes(),
        "matched": int(kept.sum()),
        "total": -int(costs[found][kept].sum()),
    }


def solving(people: int, kind: str) -> dict[str, Any]:
    """Among the 32 best pairs of each mentee: OR-Tools' flow alone, and ours with lots and prices."""
    case, _ = made(people, kind)
    market = Market.of(case)
    nothing = np.full((2, people), NO_PRICE), np.zeros((2, len(case.mentors)), dtype=np.int64)
    arcs = market.look(Offer(np.arange(people), np.ones(len(case.mentors), dtype=np.bool_), 0, *nothing, 32))
    size = fullest(arcs.rows, arcs.columns, market.demand, market.places).size
    began = time.perf_counter()
    _cheapest(arcs, -arcs.values, market.demand, market.places, size)
    alone = time.perf_counter() - began
    began = time.perf_counter()
    best(arcs, market.demand, market.places, size)
    return {"seconds": time.perf_counter() - began, "alone": alone}


def again(people: int, kind: str) -> dict[str, Any]:
    """One in a hundred mentees comes after the others were matched: cold, warm, and with the earlier pairs pinned."""
    warm_up(kind)
    given = cohort(people, tight=kind == "tight")
    earlier = match(problem(**without_the_last(given, people // 100)))
    case = problem(**given)
    began = time.perf_counter()
    cold = match(case)
    cold_seconds = time.perf_counter() - began
    began = time.perf_counter()
    warm = match(case, warm=earlier)
    warm_seconds = time.perf_counter() - began
    had = {(pair.mentee, pair.mentor) for pair in earlier.pairs}
    fixed = rematch(case, had, fixed=True, warm=earlier)
    return {
        "cold": cold_seconds,
        "warm": warm_seconds,
        "same": int(warm == cold),
        "moved": len(had - {(pair.mentee, pair.mentor) for pair in fixed.result.pairs}),
        "fewer": -fixed.cost.matched,
        "faults": len(verify(fixed.problem, fixed.result)),
        "lost": -fixed.cost.total,
    }


def without_the_last(given: dict[str, Any], number: int) -> dict[str, Any]:
    """The same cohort with so many mentees less."""
    from dataclasses import replace

    left = given["mentees"][:-number]
    here = set(left)

    def shorter(each: Any) -> Any:
        changes = {name: getattr(each, name)[: len(left)] for name in ("wants", "mentees") if hasattr(each, name)}
        if hasattr(each, "couples"):
            changes["couples"] = [couple for couple in each.couples if couple[0] in here]
        return replace(each, **changes)

    return given | {
        "mentees": left,
        "criteria": [shorter(each) for each in given["criteria"]],
        "rules": [shorter(each) for each in given["rules"]],
    }


def reasons(people: int, kind: str) -> dict[str, Any]:
    """Do points sum to scores, and is what is said of those without a mentor so?"""
    case, _ = made(people, kind)
    result = match(case)
    faults = sum(sum(points for _, points in pair.criteria) != pair.score for pair in result.pairs)
    taken = dict.fromkeys(case.mentors, 0)
    for pair in result.pairs:
        taken[pair.mentor] += 1
    asked = [name for name, _ in result.unmatched][:20]
    wrong = sum(not is_so(case, why_unmatched(case, result, name), name, taken) for name in asked)
    return {
        "pairs": result.matched,
        "faults": faults,
        "unmatched": len(result.unmatched),
        "asked": len(asked),
        "wrong": wrong,
    }


def is_so(case: Any, said: Any, name: str, taken: dict[str, int]) -> bool:
    """The rivals may have nobody but those between, whose places are all taken, and by rivals only in number."""
    if said.reason is Reason.NOBODY_ALLOWED:
        return not case.block(np.array([case.row[name]]))[1].any()
    rows = np.array([case.row[rival] for rival in said.rivals])
    others = np.setdiff1d(np.arange(len(case.mentors)), [case.column[mentor] for mentor in said.between])
    full = all(taken[mentor] == case.mentor_places[case.column[mentor]] for mentor in said.between)
    free = case.among(others)
    return (
        name in said.rivals
        and full
        and not any(free.block(some)[1].any() for some in np.array_split(rows, len(rows) // 200 + 1))
    )


def megabytes() -> float:
    """The most memory that this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(people: int, kind: str) -> dict[str, Any]:
    """The roster that other people's package is given too."""
    return roster.ours(people)


if __name__ == "__main__":
    what, size, kind = sys.argv[1:]
    print(json.dumps(globals()[what](int(size), kind)))
