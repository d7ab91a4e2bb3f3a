"""From a problem to the best pairing: most pairs, then the worst pair as good as can be, then the total."""

import numpy as np

from pairing.assignment import Lexicographic, best, whole
from pairing.fingerprint import fingerprint
from pairing.flow import Fullest, fullest
from pairing.open_part import OpenPart
from pairing.problems import Couple, Flags, Problem
from pairing.result import Certificate, Pair, Price, Result, Unmatched


def match(problem: Problem) -> Result:
    """The best pairing, exactly.

    First as many pairs as there can be; then, if the objective has it, the lowest score of a pair that is not pinned as
    high as can be; then the largest sum of scores and keep bonus. Between pairings that are equal in all of these, the
    largest sum of lots decides (`pairing.draws`): by the seed and by who people are, never by the order of a list.
    """
    open_part = OpenPart.of(problem)
    largest = fullest(open_part.allowed, open_part.demand, open_part.places)
    final, floor, higher = largest, 0, None
    if "worst" in problem.objective and largest.size:
        final, floor, higher = _raise_the_worst(open_part, largest)
    chosen, row_prices, column_prices = _best_total(open_part, final, floor)
    certificate = Certificate(
        largest=open_part.cover(largest),
        higher=None if higher is None else open_part.cover(higher),
        final=open_part.cover(final),
        mentee_prices=_priced(open_part.mentees, row_prices),
        mentor_prices=_priced(open_part.mentors, column_prices),
    )
    couples = open_part.couples(chosen) | problem.pins
    bound = _bound(open_part, final, floor, row_prices, column_prices)
    return _result(problem, couples, bound=bound + _value(problem, problem.pins), certificate=certificate)


def _raise_the_worst(part: OpenPart, largest: Fullest) -> tuple[Fullest, int, Fullest]:
    """The fullest pairing with the best worst pair, that pair's score, the proof that a point more is too much."""
    found = largest
    reached = int(part.scores[largest.chosen].min())
    beyond = int(part.scores[part.allowed].max()) + 1
    higher = fullest(part.allowed & (part.scores >= beyond), part.demand, part.places)
    while beyond - reached > 1:
        middle = (reached + beyond) // 2
        tried = fullest(
            part.allowed & (part.scores >= middle), part.demand, part.places, start=found.chosen, least=largest.size
        )
        if tried.size == largest.size:
            found, reached = tried, int(part.scores[tried.chosen].min())
        else:
            higher, beyond = tried, middle
    usable = part.allowed & (part.scores >= reached)
    return fullest(usable, part.demand, part.places, start=found.chosen), reached, higher


def _best_total(part: OpenPart, final: Fullest, floor: int) -> tuple[Flags, Lexicographic, Lexicographic]:
    """The best total among the fullest pairings.

    They all use up the mentees who were not reached and the mentors who were, and never pair one of the former with one
    of the latter (Dulmage and Mendelsohn, 1958). So there are two problems of their own, each with one full side.
    """
    usable = part.allowed & (part.scores >= floor)
    plenty = np.flatnonzero(~final.rows), np.flatnonzero(~final.columns)
    scarce = np.flatnonzero(final.rows), np.flatnonzero(final.columns)
    chosen = usable & final.rows[:, None] & ~final.columns[None, :]  # pairs that every fullest pairing makes
    demand, places = part.demand - chosen.sum(axis=1), part.places - chosen.sum(axis=0)
    row_prices = np.zeros(len(demand), dtype=np.complex128)
    column_prices = np.zeros(len(places), dtype=np.complex128)

    block = np.ix_(*plenty)
    found = best(part.values[block], usable[block], demand[plenty[0]], places[plenty[1]])
    chosen[block] = found.chosen
    row_prices[plenty[0]], column_prices[plenty[1]] = found.row_prices, found.column_prices

    block = np.ix_(*scarce)
    found = best(part.values[block].T, usable[block].T, places[scarce[1]], demand[scarce[0]])
    chosen[block] = found.chosen.T
    row_prices[scarce[0]], column_prices[scarce[1]] = found.column_prices, found.row_prices
    return chosen, row_prices, column_prices


def _bound(part: OpenPart, final: Fullest, floor: int, row_prices: Lexicographic, column_prices: Lexicographic) -> int:
    """What the prices let no fullest pairing exceed."""
    values, usable = part.values.real.astype(np.int64), part.allowed & (part.scores >= floor)
    rows, columns = whole(row_prices)[0], whole(column_prices)[0]
    forced = usable & final.rows[:, None] & ~final.columns[None, :]
    inside = usable & (final.rows[:, None] == final.columns[None, :])
    beyond = np.maximum(values - rows[:, None] - columns[None, :], 0)
    demand, places = part.demand - forced.sum(axis=1), part.places - forced.sum(axis=0)
    return int(demand @ rows + places @ columns + values[forced].sum() + beyond[inside].sum())


def _priced(ids: tuple[str, ...], prices: Lexicographic) -> dict[str, Price]:
    both = zip(*(part.tolist() for part in whole(prices)), strict=True)
    return {name: Price(value, lot) for name, (value, lot) in zip(ids, both, strict=True)}


def _value(problem: Problem, couples: frozenset[Couple]) -> int:
    return int(problem.values[problem.where(couples)].sum())


def _result(problem: Problem, couples: frozenset[Couple], *, bound: int, certificate: Certificate) -> Result:
    pairs = pairs_of(problem, couples)
    return Result(
        pairs=pairs,
        unmatched=unmatched_in(problem, pairs),
        total=sum(pair.score for pair in pairs),
        bonus=problem.keep_bonus * sum(pair.kept for pair in pairs),
        worst=min((pair.score for pair in pairs if not pair.pinned), default=None),
        bound=bound,
        objective=problem.objective,
        seed=problem.seed,
        fingerprint=fingerprint(problem),
        certificate=certificate,
    )


def pairs_of(problem: Problem, couples: frozenset[Couple]) -> tuple[Pair, ...]:
    """Pairs with what is known of them, by id."""
    return tuple(
        Pair(
            mentee,
            mentor,
            score=int(problem.scores[problem.row[mentee], problem.column[mentor]]),
            criteria=problem.points(mentee, mentor),
            pinned=(mentee, mentor) in problem.pins,
            kept=(mentee, mentor) in problem.kept,
        )
        for mentee, mentor in sorted(couples)
    )


def unmatched_in(problem: Problem, pairs: tuple[Pair, ...]) -> tuple[Unmatched, ...]:
    """Who has fewer mentors than they are to have, by id."""
    lacking = dict(zip(problem.mentees, problem.mentee_places.tolist(), strict=True))
    for pair in pairs:
        lacking[pair.mentee] -= 1
    return tuple(Unmatched(mentee, number) for mentee, number in sorted(lacking.items()) if number)
