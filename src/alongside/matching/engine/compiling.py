"""From an order to the problem that the engine of pairing solves: criteria in points, rules as what they allow."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from alongside.matching import fit
from alongside.matching.fit import One, Scale
from alongside.matching.rules import Policy
from alongside.matching.terms import POINTS_OF_ONE, AnyCriterion, AnyRule
from pairing import Apart, Couples, Coverage, Shared, Table, TableRule, problem
from pairing.problems import Cohort


def compiled(order: dict[str, Any]) -> Cohort:
    """The problem. Raises pairing.NotAProblem."""
    policy = Policy.from_kept(order["policy"])
    mentees, mentors = order["mentees"], order["mentors"]
    sides = ([One(one["ref"], one["said"]) for one in side] for side in (mentees, mentors))
    making = _Making(policy, *sides, grades=order.get("grades", ()))
    kept = [(mentee, mentor) for mentee, mentor in order["kept"]]
    known = {one["ref"] for one in (*mentees, *mentors)}
    return problem(
        [one["ref"] for one in mentees],
        [one["ref"] for one in mentors],
        criteria=[making.criterion(name, weight * POINTS_OF_ONE) for name, weight in policy.criteria],
        rules=[making.rule(name, order["apart"].get(name, ())) for name in policy.rules],
        mentee_places=[one["places"] for one in mentees],
        mentor_places=[one["places"] for one in mentors],
        pins=_present(order["pins"], known),
        bans=_present(order["bans"], known),
        kept=_present(kept, known),
        keep_bonus=policy.keep * POINTS_OF_ONE if kept else 0,
        seed=order["seed"],
    )


def _present(couples: Iterable[Sequence[str]], known: set[str]) -> list[tuple[str, str]]:
    """Those of whom both are still here."""
    return [(mentee, mentor) for mentee, mentor in couples if mentee in known and mentor in known]


class _Making:
    """Makes a criterion or rule for the people of an order."""

    def __init__(self, policy: Policy, mentees: list[One], mentors: list[One], *, grades: Iterable[str]) -> None:
        self.mentees, self.mentors = mentees, mentors
        self.scale = Scale.of(policy, mentees, mentors, grades=grades)

    def criterion(self, held: AnyCriterion, weight: int) -> Coverage | Table | Couples:
        """A criterion, with at most `weight` points for a pair."""
        made, name = self.scale.criterion(held, weight), held.value
        if isinstance(made, fit.Covering):
            wants, has = [made.wants(one.said) for one in self.mentees], [made.has(one.said) for one in self.mentors]
            return Coverage(name, weight, wants, has)
        if isinstance(made, fit.Alike):
            return Table(name, weight, *self._alike(made), default=made.other)
        if isinstance(made, fit.ByCategory):
            return Table(name, weight, *self._by_category(made))
        return Couples(name, weight, self._wishes(made))

    def rule(self, held: AnyRule, couples: Iterable[Sequence[str]]) -> Shared | TableRule | Apart:
        """A rule: about what both say, or about single people."""
        made, name = self.scale.rule(held), held.value
        if isinstance(made, fit.InCommon):
            mentees, mentors = ([made.words(one.said) for one in side] for side in (self.mentees, self.mentors))
            return Shared(name, mentees, mentors, empty_allows=True)
        if isinstance(made, fit.Alike):
            return TableRule(name, *self._alike(made), default=made.other)
        if isinstance(made, fit.ByCategory):
            return TableRule(name, *self._by_category(made))
        return Apart(name, [(mentee, mentor) for mentee, mentor in couples])

    def _alike(self, made: fit.Alike[fit.T]) -> tuple[list[str], list[str], dict[tuple[str, str], fit.T]]:
        """The categories of both sides, and what is not as for two different ones."""
        mentees, mentors = ([made.category(one.said) for one in side] for side in (self.mentees, self.mentors))
        same = {(held, held): made.same for held in {*mentees} & {*mentors}}
        silent = {("", held): made.unknown for held in {*mentors}} | {(held, ""): made.unknown for held in {*mentees}}
        return mentees, mentors, same | silent

    def _by_category(self, made: fit.ByCategory[fit.T]) -> tuple[list[str], list[str], dict[tuple[str, str], fit.T]]:
        mentees, mentors = (
            [made.mentee(one.said) for one in self.mentees],
            [made.mentor(one.said) for one in self.mentors],
        )
        return mentees, mentors, {(low, high): made.both(low, high) for low in {*mentees} for high in {*mentors}}

    def _wishes(self, made: fit.Wished) -> dict[tuple[str, str], int]:
        points: Counter[tuple[str, str]] = Counter()
        for one in self.mentees:
            points.update({(one.ref, ref): worth for ref, worth in made.of(one).items()})
        for one in self.mentors:
            points.update({(ref, one.ref): worth for ref, worth in made.of(one).items()})
        return points
