"""Matching again when there are pairs already: keep them, or as many as is worth it, and say what that costs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pairing.explaining import Cost, difference
from pairing.flows import best, fullest
from pairing.market import Market
from pairing.matching import match
from pairing.problems import Cohort, Couple
from pairing.result import Result


@dataclass(frozen=True)
class Rematch:
    """A new result beside earlier pairs.

    `result` is the best pairing of `problem`, in which the earlier pairs are pinned or kept; `undone` are earlier pairs
    that are not made again. `cost` is what changes against matching as if there had been none, with no bonus for any.
    """

    problem: Cohort
    result: Result
    undone: tuple[Couple, ...]
    cost: Cost


def rematch(problem: Cohort, earlier: Iterable[Couple], *, fixed: bool, warm: Result | None = None) -> Rematch:
    """The best pairing that regards pairs made earlier.

    If `fixed`, every earlier pair stays that still may be: both are here, no rule or ban forbids it, and both have a
    place; where places have become too few, the most stay, and of those the best. Otherwise an earlier pair counts
    the keep bonus of the problem, and is undone where that is outweighed. `warm` is the earlier result, if there is
    one, and makes the search shorter.
    """
    before = frozenset(earlier)
    anew = replace(problem, kept=frozenset(), keep_bonus=0)
    still = frozenset(couple for couple in before if _may_stay(problem, couple))
    regarding = replace(anew, pins=_staying(anew, still)) if fixed else replace(problem, kept=still)
    result = match(regarding, warm=warm)
    made = {(pair.mentee, pair.mentor) for pair in result.pairs}
    plain = replace(result, bonus=0)
    return Rematch(regarding, result, tuple(sorted(before - made)), difference(match(anew, warm=warm), plain))


def _may_stay(problem: Cohort, couple: Couple) -> bool:
    mentee, mentor = couple
    return mentee in problem.row and mentor in problem.column and not problem.forbidding(mentee, mentor)


def _staying(problem: Cohort, still: frozenset[Couple]) -> frozenset[Couple]:
    """The most of these pairs that there are places for, and of those the best in total; pins stay."""
    market = Market.of(problem)
    rows, columns = problem.where(still - problem.pins)
    arcs = market.arcs(rows, columns, problem.scores_at(rows, columns))
    size = fullest(arcs.rows, arcs.columns, market.demand, market.places).size
    made = arcs.where(best(arcs, market.demand, market.places, size).chosen)
    return market.couples(made) | problem.pins
