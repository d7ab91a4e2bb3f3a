"""From what a search found to a result that shows its proof."""

from dataclasses import dataclass

import numpy as np

from pairing.arcs import Arcs
from pairing.cells import Integers
from pairing.fingerprint import fingerprint
from pairing.flows import Best, Fullest
from pairing.market import Market
from pairing.problems import Cohort, Couple
from pairing.result import Certificate, Cover, Pair, Price, Result, Unmatched


def cover(problem: Cohort, found: Fullest) -> Cover:
    """The proof that a pairing is the fullest, by ids."""
    return Cover(
        mentees=frozenset(problem.mentees[row] for row in np.flatnonzero(~found.rows)),
        mentors=frozenset(problem.mentors[column] for column in np.flatnonzero(found.columns)),
    )


@dataclass(frozen=True, eq=False)
class Outcome:
    """The best pairing of what the pins leave over: which of some arcs are made, and the prices of it.

    `final` is the fullest pairing of the pairs that are not below the worst. By its cover every pairing as full uses up
    the mentees who were not reached and the mentors who were, pairs no one of the former with one of the latter
    (Dulmage and Mendelsohn, 1958) and makes all that touch neither. So the lowest price of a mentee, which every pair
    pays, is paid by either the one or the other, and nobody else's price is below zero.
    """

    problem: Cohort
    market: Market
    arcs: Arcs
    found: Best
    final: Fullest

    def result(self, largest: Fullest, higher: Fullest | None) -> Result:
        """With the covers of the steps before."""
        prices = self._prices()
        pairs = pairs_of(self.problem, self.market.couples(self.arcs.where(self.found.chosen)) | self.problem.pins)
        certificate = Certificate(
            largest=cover(self.problem, largest),
            higher=None if higher is None else cover(self.problem, higher),
            final=cover(self.problem, self.final),
            mentee_prices=_priced(self.problem.mentees, prices[0]),
            mentor_prices=_priced(self.problem.mentors, prices[1]),
        )
        pinned = sum(pair.score + self.problem.keep_bonus * pair.kept for pair in pairs if pair.pinned)
        return Result(
            pairs=pairs,
            unmatched=unmatched_in(self.problem, pairs),
            total=sum(pair.score for pair in pairs),
            bonus=self.problem.keep_bonus * sum(pair.kept for pair in pairs),
            worst=min((pair.score for pair in pairs if not pair.pinned), default=None),
            bound=self._bound(prices[0][0], prices[1][0]) + pinned,
            objective=self.problem.objective,
            seed=self.problem.seed,
            fingerprint=fingerprint(self.problem),
            certificate=certificate,
        )

    def _prices(self) -> tuple[Integers, Integers]:
        row_prices, column_prices = self.found.row_prices.copy(), self.found.column_prices.copy()
        row_prices[:, self.final.rows] -= self.found.least[:, None]
        column_prices[:, self.final.columns] += self.found.least[:, None]
        row_prices[:, self.market.demand == 0] = 0
        return row_prices, column_prices

    def _bound(self, row_prices: Integers, column_prices: Integers) -> int:
        """What the prices let no fullest pairing exceed. Pairs that were not looked at are worth no more than both."""
        rows, columns = self.final.rows[self.arcs.rows], self.final.columns[self.arcs.columns]
        forced, inside = self.arcs.where(rows & ~columns), self.arcs.where(rows == columns)
        demand = self.market.demand - np.bincount(forced.rows, minlength=len(self.market.demand))
        places = self.market.places - np.bincount(forced.columns, minlength=len(self.market.places))
        over = np.maximum(inside.values - row_prices[inside.rows] - column_prices[inside.columns], 0)
        paid = int(demand @ row_prices) + int(places @ column_prices)
        return paid + int(forced.values.sum()) + int(over.sum())


def _priced(ids: tuple[str, ...], prices: Integers) -> dict[str, Price]:
    return {name: Price(value, lot) for name, value, lot in zip(ids, *prices.tolist(), strict=True)}


def pairs_of(problem: Cohort, couples: frozenset[Couple]) -> tuple[Pair, ...]:
    """Pairs with what is known of them, by id."""
    ordered = sorted(couples)
    rows, columns = problem.where(couples)
    scores = problem.scores_at(rows, columns).tolist()
    points = [(name, numbers.tolist()) for name, numbers in problem.points_at(rows, columns)]
    return tuple(
        Pair(
            mentee,
            mentor,
            score=scores[place],
            criteria=tuple((name, numbers[place]) for name, numbers in points),
            pinned=(mentee, mentor) in problem.pins,
            kept=(mentee, mentor) in problem.kept,
        )
        for place, (mentee, mentor) in enumerate(ordered)
    )


def unmatched_in(problem: Cohort, pairs: tuple[Pair, ...]) -> tuple[Unmatched, ...]:
    """Who has fewer mentors than they are to have, by id."""
    lacking = dict(zip(problem.mentees, problem.mentee_places.tolist(), strict=True))
    for pair in pairs:
        lacking[pair.mentee] -= 1
    return tuple(Unmatched(mentee, number) for mentee, number in sorted(lacking.items()) if number)
