"""Checks a result against its problem. Shares no code with the search: it only adds up and compares."""

from collections import Counter

import numpy as np

from pairing.draws import draws
from pairing.fingerprint import fingerprint
from pairing.problems import Flags, Integers, Problem
from pairing.result import Cover, Price, Result

_EXACT = 2**53


def verify(problem: Problem, result: Result) -> tuple[str, ...]:
    """What is wrong with a result, in sentences; empty where it is proven to be the best pairing of the problem.

    Proven are: the pairs may be made; no pairing has more; none has as many with a better worst pair; none of those has
    a larger total; and none of those a larger sum of lots.
    """
    faults = _not_possible(problem, result)
    if faults:
        return tuple(faults)
    check = _Check(problem, result)
    return tuple(_wrong_figures(problem, result) or [*check.of_size(), *check.of_worst(), *check.of_total()])


def _not_possible(problem: Problem, result: Result) -> list[str]:
    if result.fingerprint != fingerprint(problem) or (result.objective, result.seed) != (
        problem.objective,
        problem.seed,
    ):
        return ["The result is of another problem: the fingerprints differ."]
    couples = [(pair.mentee, pair.mentor) for pair in result.pairs]
    if any(mentee not in problem.row or mentor not in problem.column for mentee, mentor in couples):
        return ["Somebody is paired who is not in the problem."]
    faults = [
        f"{mentee!r} and {mentor!r} are paired twice." for (mentee, mentor), n in Counter(couples).items() if n > 1
    ]
    faults += [
        f"{mentee!r} and {mentor!r} are paired, and kept apart by {', '.join(problem.forbidding(mentee, mentor))}."
        for mentee, mentor in couples
        if problem.forbidding(mentee, mentor)
    ]
    faults += [
        f"{mentee!r} and {mentor!r} are pinned and not paired." for mentee, mentor in problem.pins - set(couples)
    ]
    for ids, places, taken in (
        (problem.mentees, problem.mentee_places, Counter(mentee for mentee, _ in couples)),
        (problem.mentors, problem.mentor_places, Counter(mentor for _, mentor in couples)),
    ):
        faults += [
            f"{name!r} has more pairs than places." for name, n in zip(ids, places, strict=True) if taken[name] > n
        ]
    return faults


def _wrong_figures(problem: Problem, result: Result) -> list[str]:
    faults = []
    for pair in result.pairs:
        couple = pair.mentee, pair.mentor
        score = int(problem.scores[problem.row[pair.mentee], problem.column[pair.mentor]])
        shares = sum(points for _, points in pair.criteria) if problem.criteria else score
        if not pair.score == score == shares or pair.criteria != problem.points(*couple):
            faults.append(f"The score of {pair.mentee!r} and {pair.mentor!r} is not what the problem says.")
        if (pair.pinned, pair.kept) != (couple in problem.pins, couple in problem.kept):
            faults.append(f"{pair.mentee!r} and {pair.mentor!r} are not marked as the problem says.")
    taken = Counter(pair.mentee for pair in result.pairs)
    lacking = {name: int(n) - taken[name] for name, n in zip(problem.mentees, problem.mentee_places, strict=True)}
    if list(result.unmatched) != sorted((name, number) for name, number in lacking.items() if number):
        faults.append("The list of those who lack a mentor is not right.")
    figures = (
        sum(pair.score for pair in result.pairs),
        problem.keep_bonus * sum(pair.kept for pair in result.pairs),
        min((pair.score for pair in result.pairs if not pair.pinned), default=None),
    )
    if (result.total, result.bonus, result.worst) != figures:
        faults.append("Total, bonus or worst are not those of the pairs.")
    return faults


class _Check:
    """The certificate against what the pins leave over, in the order of the problem."""

    def __init__(self, problem: Problem, result: Result) -> None:
        self.problem, self.result, self.certificate = problem, result, result.certificate
        pinned = np.zeros(problem.scores.shape, dtype=np.bool_)
        pinned[problem.where(problem.pins)] = True
        self.allowed = problem.allowed & ~pinned
        self.demand = problem.mentee_places - pinned.sum(axis=1)
        self.places = problem.mentor_places - pinned.sum(axis=0)
        self.size = len(result.pairs) - len(problem.pins)
        self.floor = result.worst if "worst" in problem.objective and result.worst is not None else 0

    def of_size(self) -> list[str]:
        """No pairing has more pairs."""
        if self._most(self.certificate.largest, self.allowed) != self.size:
            return ["It is not proven that there cannot be more pairs."]
        return []

    def of_worst(self) -> list[str]:
        """No pairing has as many pairs and a better worst one."""
        if "worst" not in self.problem.objective or not self.size:
            return []
        higher = self.certificate.higher
        if higher is None or self._most(higher, self.allowed & (self.problem.scores > self.floor)) >= self.size:
            return ["It is not proven that the worst pair cannot be better."]
        return []

    def of_total(self) -> list[str]:
        """No such pairing has a larger total, and none with that total a larger sum of lots."""
        usable, final = self.allowed & (self.problem.scores >= self.floor), self.certificate.final
        if self._most(final, usable) != self.size:
            return ["The cover that the prices rest on does not fit the pairs."]
        prices = self._prices()
        if prices is None:
            return ["The prices are not a whole number for each person."]
        rows, columns = self._flags(final)
        if not (_not_negative(prices[0], ~rows) and _not_negative(prices[1], ~columns)):
            return ["A price is below zero where it may not be."]
        free = [(p.mentee, p.mentor) for p in self.result.pairs if not p.pinned]
        pinned = int(self.problem.values[self.problem.where(self.problem.pins)].sum())
        lots = draws(self.problem.mentees, self.problem.mentors, seed=self.problem.seed)
        drawn = int(lots[self.problem.where(frozenset(free))].sum())
        bound, most_drawn = self._bound(usable, rows, columns, prices, lots)
        if self.result.bound != bound + pinned or self.result.total + self.result.bonus != bound + pinned:
            return ["The prices do not prove that the total cannot be larger."]
        return [] if drawn == most_drawn else ["The prices do not prove that the lots decided between equals."]

    def _flags(self, cover: Cover) -> tuple[Flags, Flags]:
        rows = np.array([name in cover.mentees for name in self.problem.mentees], dtype=np.bool_)
        return rows, np.array([name in cover.mentors for name in self.problem.mentors], dtype=np.bool_)

    def _most(self, cover: Cover, usable: Flags) -> int:
        """How many pairs a cover lets there be at most."""
        rows, columns = self._flags(cover)
        others = int((usable & ~rows[:, None] & ~columns[None, :]).sum())
        return int(self.demand[rows].sum()) + int(self.places[columns].sum()) + others

    def _prices(self) -> tuple[Integers, Integers] | None:
        """Prices of mentees and of mentors, each of shape (2, people): values, and lots."""
        found = []
        for ids, given in (
            (self.problem.mentees, self.certificate.mentee_prices),
            (self.problem.mentors, self.certificate.mentor_prices),
        ):
            prices = [given.get(name, Price(_EXACT, 0)) for name in ids]
            if any(type(part) is not int or abs(part) >= _EXACT for price in prices for part in price):
                return None
            found.append(np.array(prices, dtype=np.int64).reshape(-1, 2).T)
        return found[0], found[1]

    def _bound(
        self, usable: Flags, rows: Flags, columns: Flags, prices: tuple[Integers, Integers], lots: Integers
    ) -> tuple[int, int]:
        """What no such pairing can exceed, in total and bonus and then in lots, without the pinned."""
        forced = usable & ~rows[:, None] & ~columns[None, :]
        inside = usable & (rows[:, None] != columns[None, :])
        demand = (self.demand - forced.sum(axis=1)).tolist()
        places = (self.places - forced.sum(axis=0)).tolist()
        both = [self.problem.values, lots]
        over = [part - prices[0][n][:, None] - prices[1][n][None, :] for n, part in enumerate(both)]
        gains = inside & ((over[0] > 0) | ((over[0] == 0) & (over[1] > 0)))
        found = []
        for n, part in enumerate(both):
            paid = sum(a * b for a, b in zip(demand, prices[0][n].tolist(), strict=True))
            paid += sum(a * b for a, b in zip(places, prices[1][n].tolist(), strict=True))
            found.append(paid + int(part[forced].sum()) + exact_sum(over[n][gains]))
        return found[0], found[1]


def exact_sum(numbers: Integers) -> int:
    """The sum of up to 2**31 numbers, also where 64 bits do not hold it: no planted price passes by going round."""
    return (int((numbers >> 32).sum()) << 32) + int((numbers & 0xFFFFFFFF).sum())


def _not_negative(prices: Integers, where: Flags) -> bool:
    """By value, and by lot where the value is 0."""
    values, lots = prices[0][where], prices[1][where]
    return bool(np.all((values > 0) | ((values == 0) & (lots >= 0))))
