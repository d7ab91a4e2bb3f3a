"""Checks a result against its problem. Shares no code with the search: it only adds up and compares."""

from collections import Counter

import numpy as np

from pairing.cells import Flags, Integers
from pairing.draws import keys, lots
from pairing.fingerprint import fingerprint
from pairing.problems import Cohort
from pairing.result import Cover, Price, Result

_EXACT = 2**53
_CELLS_AT_ONCE = 2_000_000


def verify(problem: Cohort, result: Result) -> tuple[str, ...]:
    """What is wrong with a result, in sentences; empty where it is proven to be the best pairing of the problem.

    Proven are: the pairs may be made; no pairing has more; none has as many with a better worst pair; none of those has
    a larger total; and none of those a larger sum of lots.
    """
    faults = _not_possible(problem, result)
    if faults:
        return tuple(faults)
    check = _Check(problem, result)
    return tuple(_wrong_figures(problem, result) or [*check.of_size(), *check.of_worst(), *check.of_total()])


def _not_possible(problem: Cohort, result: Result) -> list[str]:
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
    rows, columns = problem.where(set(couples))
    broken = [~rule.at(rows, columns) for rule in problem.rules] + [problem.banned.at(rows, columns)[0]]
    apart = [couple for place, couple in enumerate(sorted(set(couples))) if any(rule[place] for rule in broken)]
    faults += [
        f"{mentee!r} and {mentor!r} are paired, and kept apart by {', '.join(problem.forbidding(mentee, mentor))}."
        for mentee, mentor in apart
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


def _wrong_figures(problem: Cohort, result: Result) -> list[str]:
    faults = []
    pairs = sorted(result.pairs, key=lambda pair: (pair.mentee, pair.mentor))
    cells = problem.where([(pair.mentee, pair.mentor) for pair in pairs])
    scores = problem.scores_at(*cells).tolist()
    points = [(name, numbers.tolist()) for name, numbers in problem.points_at(*cells)]
    for place, pair in enumerate(pairs):
        couple, score = (pair.mentee, pair.mentor), scores[place]
        criteria = tuple((name, numbers[place]) for name, numbers in points)
        shares = sum(number for _, number in criteria) if criteria else score
        if not pair.score == score == shares or pair.criteria != criteria:
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
    """The certificate against what the pins leave over, in the order of the problem. All pairs are looked at once."""

    def __init__(self, problem: Cohort, result: Result) -> None:
        self.problem, self.result, self.certificate = problem, result, result.certificate
        rows, columns = problem.where(problem.pins)
        self.demand = problem.mentee_places - np.bincount(rows, minlength=len(problem.mentees))
        self.places = problem.mentor_places - np.bincount(columns, minlength=len(problem.mentors))
        self.size = len(result.pairs) - len(problem.pins)
        self.floor = result.worst if "worst" in problem.objective and result.worst is not None else 0
        self.prices = self._prices()
        self.keys = (
            keys(problem.mentees, side="mentee", seed=problem.seed),
            keys(problem.mentors, side="mentor", seed=problem.seed),
        )
        self.covers = [
            (self._flags(self.certificate.largest), 0),
            (self._flags(self.certificate.higher or Cover(frozenset(), frozenset())), self.floor + 1),
            (self._flags(self.certificate.final), self.floor),
        ]
        self.tally = _tally(self)

    def of_size(self) -> list[str]:
        """No pairing has more pairs."""
        return [] if self._most(0) == self.size else ["It is not proven that there cannot be more pairs."]

    def of_worst(self) -> list[str]:
        """No pairing has as many pairs and a better worst one."""
        if "worst" not in self.problem.objective or not self.size:
            return []
        if self.certificate.higher is None or self._most(1) >= self.size:
            return ["It is not proven that the worst pair cannot be better."]
        return []

    def of_total(self) -> list[str]:
        """No such pairing has a larger total, and none with that total a larger sum of lots."""
        if self._most(2) != self.size:
            return ["The cover that the prices rest on does not fit the pairs."]
        if self.prices is None:
            return ["The prices are not a whole number for each person."]
        (rows, columns), _ = self.covers[2]
        if not (_not_negative(self.prices[0], ~rows & (self.demand > 0)) and _not_negative(self.prices[1], ~columns)):
            return ["A price is below zero where it may not be."]
        pinned = sum(pair.score + self.problem.keep_bonus * pair.kept for pair in self.result.pairs if pair.pinned)
        free = self.problem.where([(pair.mentee, pair.mentor) for pair in self.result.pairs if not pair.pinned])
        bound, most_drawn = self._bounds(self.prices)
        if self.result.bound != bound + pinned or self.result.total + self.result.bonus != bound + pinned:
            return ["The prices do not prove that the total cannot be larger."]
        drawn = int(self.lots(*free).sum())
        return [] if drawn == most_drawn else ["The prices do not prove that the lots decided between equals."]

    def lots(self, rows: Integers, columns: Integers) -> Integers:
        """Lots of single pairs."""
        return lots(self.keys[0][rows], self.keys[1][columns])

    def _flags(self, cover: Cover) -> tuple[Flags, Flags]:
        rows = np.array([name in cover.mentees for name in self.problem.mentees], dtype=np.bool_)
        return rows, np.array([name in cover.mentors for name in self.problem.mentors], dtype=np.bool_)

    def _most(self, which: int) -> int:
        """How many pairs a cover lets there be at most."""
        (rows, columns), _ = self.covers[which]
        return int(self.demand[rows].sum()) + int(self.places[columns].sum()) + self.tally.others[which]

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

    def _bounds(self, prices: tuple[Integers, Integers]) -> list[int]:
        """What no such pairing can exceed, in total and bonus and then in lots, without the pinned."""
        demand, places = self.demand - self.tally.forced_rows, self.places - self.tally.forced_columns
        return [
            sum(a * b for a, b in zip(demand.tolist(), prices[0][n].tolist(), strict=True))
            + sum(a * b for a, b in zip(places.tolist(), prices[1][n].tolist(), strict=True))
            + self.tally.forced[n]
            + self.tally.gains[n]
            for n in range(2)
        ]


class _Tally:
    """What all pairs add up to: those beyond each cover; those that must be made, and the gains of the others."""

    def __init__(self, check: _Check) -> None:
        self.others = [0, 0, 0]
        self.forced_rows, self.forced_columns = np.zeros_like(check.demand), np.zeros_like(check.places)
        self.forced, self.gains = [0, 0], [0, 0]


def _tally(check: _Check) -> _Tally:
    found, problem = _Tally(check), check.problem
    pinned, kept = problem.cells(problem.pins), problem.cells(problem.kept)
    asking = np.flatnonzero(check.demand > 0)  # who is to have nobody more has no pair whatever its worth
    size = max(1, _CELLS_AT_ONCE // max(1, len(problem.mentors)))
    for rows in (asking[at : at + size] for at in range(0, len(asking), size)):
        scores, allowed = problem.block(rows)
        usable = allowed.copy()
        usable[pinned.within(rows)[:2]] = False
        for which, ((in_rows, in_columns), floor) in enumerate(check.covers):
            beyond = np.flatnonzero(~in_rows[rows])
            if len(beyond):
                found.others[which] += int((usable[beyond] & (scores[beyond] >= floor))[:, ~in_columns].sum())
        usable &= scores >= check.floor
        values = scores.copy()
        values[kept.within(rows)[:2]] += problem.keep_bonus
        if check.prices is not None:
            _add(found, check, check.prices, rows, values, usable)
    return found


def _add(
    found: _Tally, check: _Check, prices: tuple[Integers, Integers], rows: Integers, values: Integers, usable: Flags
) -> None:
    """The pairs of some mentees, by the cover and the prices of the total."""
    (in_rows, in_columns), _ = check.covers[2]
    at, columns = np.nonzero(usable & ~in_rows[rows][:, None] & ~in_columns)
    found.forced_rows += np.bincount(rows[at], minlength=len(found.forced_rows))
    found.forced_columns += np.bincount(columns, minlength=len(found.forced_columns))
    found.forced[0] += int(values[at, columns].sum())
    found.forced[1] += int(check.lots(rows[at], columns).sum())
    over = values - prices[0][0][rows][:, None] - prices[1][0]
    at, columns = np.nonzero(usable & (in_rows[rows][:, None] != in_columns) & (over >= 0))
    over = over[at, columns]
    drawn = check.lots(rows[at], columns) - prices[0][1][rows[at]] - prices[1][1][columns]
    gains = (over > 0) | (drawn > 0)
    found.gains[0] += exact_sum(over[gains])
    found.gains[1] += exact_sum(drawn[gains])


def exact_sum(numbers: Integers) -> int:
    """The sum of up to 2**31 numbers, also where 64 bits do not hold it: no planted price passes by going round."""
    return (int((numbers >> 32).sum()) << 32) + int((numbers & 0xFFFFFFFF).sum())


def _not_negative(prices: Integers, where: Flags) -> bool:
    """By value, and by lot where the value is 0."""
    values, lots = prices[0][where], prices[1][where]
    return bool(np.all((values > 0) | ((values == 0) & (lots >= 0))))
