"""From an order to the problem that the engine of pairing solves: criteria in points, rules as what they allow."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from alongside.matching import rules
from alongside.matching.rules import Policy
from alongside.matching.terms import POINTS_OF_ONE, CriterionName, RuleName
from pairing import Apart, Couples, Coverage, Shared, Table, TableRule, problem
from pairing.problems import Cohort

People = Sequence[dict[str, Any]]
RARITY = 100
"""The importance of a skill that every mentor offers; a rarer one counts more."""

WORDS_OF_AN_AIM = 4
"""Words of an aim that are shorter say nothing, such as “and”."""


def compiled(order: dict[str, Any]) -> Cohort:
    """The problem. Raises pairing.NotAProblem."""
    policy = Policy.from_kept(order["policy"])
    mentees, mentors = order["mentees"], order["mentors"]
    making = _Making(policy, mentees, mentors)
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

    def __init__(self, policy: Policy, mentees: People, mentors: People) -> None:
        self.policy, self.mentees, self.mentors = policy, mentees, mentors
        grades = self._both("grade")
        self._grades = rules.in_order([*grades[0], *grades[1]], policy.grades)

    def _both(self, name: str) -> tuple[list[str], list[str]]:
        return [one["said"].get(name, "") for one in self.mentees], [one["said"].get(name, "") for one in self.mentors]

    def _lists(self, name: str) -> tuple[list[list[str]], list[list[str]]]:
        both = self.mentees, self.mentors
        mentees, mentors = ([list(one["said"].get(name, ())) for one in side] for side in both)
        return mentees, mentors

    # --- criteria

    def criterion(self, name: CriterionName, weight: int) -> Coverage | Table | Couples:
        """A criterion, with at most `weight` points for a pair."""
        made: Coverage | Table | Couples = getattr(self, f"_{name}")(weight)
        return made

    def _skills(self, weight: int) -> Coverage:
        offers = [one["said"].get("offered", []) for one in self.mentors]
        offered = Counter(word for held in offers for word in set(held))
        wants = [
            {word: rarity(offered[word], len(offers)) for word in one["said"].get("wanted", [])} for one in self.mentees
        ]
        return Coverage(CriterionName.SKILLS, weight, wants, offers)

    def _hours(self, weight: int) -> Coverage:
        return self._in_common(CriterionName.HOURS, "hours", weight)

    def _languages(self, weight: int) -> Coverage:
        return self._in_common(CriterionName.LANGUAGES, "languages", weight)

    def _in_common(self, name: CriterionName, what: str, weight: int) -> Coverage:
        mentees, mentors = self._lists(what)
        return Coverage(name, weight, [dict.fromkeys(held, 1) for held in mentees], mentors)

    def _aim(self, weight: int) -> Coverage:
        wants = [dict.fromkeys(aim_words(one["said"]), 1) for one in self.mentees]
        return Coverage(CriterionName.AIM, weight, wants, [work_words(one["said"]) for one in self.mentors])

    def _seniority(self, weight: int) -> Table:
        mentees, mentors = self._both("grade")
        points = {
            (low, high): int(weight * rules.share_for_steps(self._steps(low, high), self.policy.ideal))
            for low in {*mentees}
            for high in {*mentors}
        }
        return Table(CriterionName.SENIORITY, weight, mentees, mentors, points)

    def _steps(self, mentee: str, mentor: str) -> int | None:
        return rules.steps_between(mentee, mentor, self._grades)

    def _site(self, weight: int) -> Table:
        return self._same(CriterionName.SITE, "site", weight, same=weight, other=0)

    def _department(self, weight: int) -> Table:
        return self._same(CriterionName.DEPARTMENT, "department", weight, same=0, other=weight)

    def _same(self, name: CriterionName, what: str, weight: int, *, same: int, other: int) -> Table:
        """So many points for the same and for another; half of the weight where one of the two has not said."""
        mentees, mentors = self._both(what)
        points = {(held, held): same for held in {*mentees} & {*mentors}}
        unknown = {("", held): weight // 2 for held in {*mentors}} | {(held, ""): weight // 2 for held in {*mentees}}
        return Table(name, weight, mentees, mentors, points | unknown, default=other)

    def _tenure(self, weight: int) -> Table:
        mentees, mentors = ([held[:4] for held in side] for side in self._both("since"))
        points = {(late, early): _years(late, early, weight) for late in {*mentees} for early in {*mentors}}
        return Table(CriterionName.TENURE, weight, mentees, mentors, points)

    def _share(self, weight: int) -> Table:
        has = [str(min(2, one["said"].get("mentees", 0))) for one in self.mentors]
        points = {("", "0"): weight, ("", "1"): weight // 2}
        return Table(CriterionName.SHARE, weight, [""] * len(self.mentees), has, points)

    def _wishes(self, weight: int) -> Couples:
        """Half for each side's wish: all of the half for the first, less by a fifth for each place further down."""
        points: Counter[tuple[str, str]] = Counter()
        for one in self.mentees:
            for place, ref in enumerate(one["said"].get("wishes", [])[:5]):
                points[one["ref"], ref] += weight // 2 * (5 - place) // 5
        for one in self.mentors:
            for place, ref in enumerate(one["said"].get("wishes", [])[:5]):
                points[ref, one["ref"]] += weight // 2 * (5 - place) // 5
        return Couples(CriterionName.WISHES, weight, points)

    # --- rules

    def rule(self, name: RuleName, couples: Iterable[Sequence[str]]) -> Shared | TableRule | Apart:
        """A rule: about what both say, or about single people."""
        if name in (RuleName.LANGUAGE, RuleName.HOURS):
            what = {RuleName.LANGUAGE: "languages", RuleName.HOURS: "hours"}[name]
            return Shared(name, *self._lists(what), empty_allows=True)
        if name == RuleName.SITE:
            return self._only_same("site")
        if name == RuleName.TEAM:
            return self._not_the_team()
        if name == RuleName.AHEAD:
            return self._ahead()
        return Apart(name, [(mentee, mentor) for mentee, mentor in couples])

    def _only_same(self, what: str) -> TableRule:
        mentees, mentors = self._both(what)
        same = {(held, held): True for held in {*mentees} & {*mentors}}
        unknown = {("", held): True for held in {*mentors}} | {(held, ""): True for held in {*mentees}}
        return TableRule(RuleName.SITE, mentees, mentors, same | unknown, default=False)

    def _not_the_team(self) -> TableRule:
        mentees, mentors = ([team(one["said"]) for one in side] for side in (self.mentees, self.mentors))
        return TableRule(
            RuleName.TEAM, mentees, mentors, {(held, held): False for held in {*mentees} if held}, default=True
        )

    def _ahead(self) -> TableRule:
        mentees, mentors = self._both("grade")
        steps = {(low, high): self._steps(low, high) for low in {*mentees} for high in {*mentors}}
        least, most = self.policy.least, self.policy.most
        allows = {both: held is None or least <= held <= most for both, held in steps.items()}
        return TableRule(RuleName.AHEAD, mentees, mentors, allows, default=True)


def rarity(offering: int, mentors: int) -> int:
    """How important a wanted skill is that so many of all mentors offer: twice as much for the rarest, and more."""
    return round(RARITY * (1 + math.log((1 + mentors) / (1 + offering))))


def _years(mentee: str, mentor: str, weight: int) -> int:
    if not mentee or not mentor:
        return weight // 2
    ahead = int(mentee) - int(mentor)
    return weight if ahead >= 3 else max(0, ahead) * weight // 3


def team(said: dict[str, Any]) -> str:
    """A team is one of a department; nothing where somebody has not said."""
    return f"{said.get('department', '')}\n{said['team']}" if said.get("team") else ""


def aim_words(said: dict[str, Any]) -> list[str]:
    """The words of where somebody wants to get to."""
    return _words(said.get("career_aim", ""))


def work_words(said: dict[str, Any]) -> set[str]:
    """The words of what a mentor does and offers."""
    work = [said.get(name, "") for name in ("job_title", "department", "headline")]
    return set(_words(" ".join([*work, *said.get("offered", ())])))


def _words(text: str) -> list[str]:
    cleaned = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return list(dict.fromkeys(word for word in cleaned.split() if len(word) >= WORDS_OF_AN_AIM))
