"""How well two people fit and what keeps them apart: the engine's sums for a single pair, as pure functions.

The engine weighs whole cohorts in a process of its own. Pages ask about one mentee at a time and must not load it; a
test holds the two together, pair by pair and point by point.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from alongside.matching import rules
from alongside.matching.rules import Policy
from alongside.matching.terms import POINTS_OF_ONE, RuleName

RARITY = 100
"""The importance of a skill that every mentor offers; a rarer one counts more."""

WORDS_OF_AN_AIM = 4
"""Words of an aim that are shorter say nothing, such as “and”."""

Said = Mapping[str, Any]


@dataclass(frozen=True)
class One:
    """Somebody in a run, by the ref of their part, with what they said of themselves then."""

    ref: str
    said: Said


def rarity(offering: int, mentors: int) -> int:
    """How important a wanted skill is that so many of all mentors offer: twice as much for the rarest, and more."""
    return round(RARITY * (1 + math.log((1 + mentors) / (1 + offering))))


def team(said: Said) -> str:
    """A team is one of a department; nothing where somebody has not said."""
    return f"{said.get('department', '')}\n{said['team']}" if said.get("team") else ""


def aim_words(said: Said) -> list[str]:
    """The words of where somebody wants to get to."""
    return _words(said.get("career_aim", ""))


def work_words(said: Said) -> set[str]:
    """The words of what a mentor does and offers."""
    work = [said.get(name, "") for name in ("job_title", "department", "headline")]
    return set(_words(" ".join([*work, *said.get("offered", ())])))


def _words(text: str) -> list[str]:
    cleaned = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return list(dict.fromkeys(word for word in cleaned.split() if len(word) >= WORDS_OF_AN_AIM))


def points_for_years(mentee: str, mentor: str, weight: int) -> int:
    """Points for so many years longer in the organisation, by the years in which the two began; half if unknown."""
    if not mentee or not mentor:
        return weight // 2
    ahead = int(mentee) - int(mentor)
    return weight if ahead >= 3 else max(0, ahead) * weight // 3


def points_for_wishes(mentee: One, mentor: One, weight: int) -> int:
    """Half for each side's wish: all of the half for the first, less by a fifth for each place further down."""
    points = 0
    for one, about in ((mentee, mentor), (mentor, mentee)):
        wishes = list(one.said.get("wishes", []))[:5]
        if about.ref in wishes:
            points += weight // 2 * (5 - wishes.index(about.ref)) // 5
    return points


class Scale:
    """The points of a run: its policy, and what they depend on beside the two people.

    `grades` are those of everybody in the run, `offers` what each mentor offers: how rare a skill is depends on all.
    """

    def __init__(self, policy: Policy, *, grades: Iterable[str], offers: Collection[Sequence[str]]) -> None:
        self.policy, self.mentors = policy, len(offers)
        self.offered = Counter(word for held in offers for word in set(held))
        self.grades = rules.in_order(grades, policy.grades)

    def points(self, mentee: One, mentor: One) -> dict[str, int]:
        """The points of a pair by criterion, of a million."""
        return {
            name.value: getattr(self, f"_{name}")(mentee, mentor, weight * POINTS_OF_ONE)
            for name, weight in self.policy.criteria
        }

    def steps(self, mentee: One, mentor: One) -> int | None:
        """How many grades the mentor is above the mentee; None where it is not known."""
        return rules.steps_between(mentee.said.get("grade", ""), mentor.said.get("grade", ""), self.grades)

    def _skills(self, mentee: One, mentor: One, weight: int) -> int:
        wants = {word: rarity(self.offered[word], self.mentors) for word in mentee.said.get("wanted", [])}
        return _covered(wants, mentor.said.get("offered", ()), weight)

    def _hours(self, mentee: One, mentor: One, weight: int) -> int:
        return _covered(dict.fromkeys(mentee.said.get("hours", ()), 1), mentor.said.get("hours", ()), weight)

    def _languages(self, mentee: One, mentor: One, weight: int) -> int:
        return _covered(dict.fromkeys(mentee.said.get("languages", ()), 1), mentor.said.get("languages", ()), weight)

    def _aim(self, mentee: One, mentor: One, weight: int) -> int:
        return _covered(dict.fromkeys(aim_words(mentee.said), 1), work_words(mentor.said), weight)

    def _seniority(self, mentee: One, mentor: One, weight: int) -> int:
        return int(weight * rules.share_for_steps(self.steps(mentee, mentor), self.policy.ideal))

    def _site(self, mentee: One, mentor: One, weight: int) -> int:
        return _alike("site", mentee, mentor, same=weight, other=0, weight=weight)

    def _department(self, mentee: One, mentor: One, weight: int) -> int:
        return _alike("department", mentee, mentor, same=0, other=weight, weight=weight)

    def _tenure(self, mentee: One, mentor: One, weight: int) -> int:
        return points_for_years(mentee.said.get("since", "")[:4], mentor.said.get("since", "")[:4], weight)

    def _share(self, mentee: One, mentor: One, weight: int) -> int:
        return {0: weight, 1: weight // 2}.get(mentor.said.get("mentees", 0), 0)

    def _wishes(self, mentee: One, mentor: One, weight: int) -> int:
        return points_for_wishes(mentee, mentor, weight)

    # --- rules

    def forbidden_by(self, mentee: One, mentor: One, apart: "Kept") -> list[RuleName]:
        """The rules that keep two people apart, in the order of their list."""
        return [name for name in self.policy.rules if self._forbids(name, mentee, mentor, apart)]

    def _forbids(self, name: RuleName, mentee: One, mentor: One, apart: "Kept") -> bool:
        if name in (RuleName.LANGUAGE, RuleName.HOURS):
            what = {RuleName.LANGUAGE: "languages", RuleName.HOURS: "hours"}[name]
            both = set(mentee.said.get(what, ())), set(mentor.said.get(what, ()))
            return all(both) and both[0].isdisjoint(both[1])
        if name == RuleName.SITE:
            both_at = mentee.said.get("site", ""), mentor.said.get("site", "")
            return all(both_at) and both_at[0] != both_at[1]
        if name == RuleName.TEAM:
            return bool(team(mentee.said)) and team(mentee.said) == team(mentor.said)
        if name == RuleName.AHEAD:
            steps = self.steps(mentee, mentor)
            return steps is not None and not self.policy.least <= steps <= self.policy.most
        return apart.holds(name, mentee.ref, mentor.ref)


class Kept:
    """Whom the rules about single people keep apart in a run, as `Run.apart` has it."""

    def __init__(self, apart: Mapping[str, Iterable[Sequence[str]]]) -> None:
        self._apart = apart

    @cached_property
    def _couples(self) -> dict[str, set[tuple[str, str]]]:
        return {name: {(mentee, mentor) for mentee, mentor in held} for name, held in self._apart.items()}

    def holds(self, name: str, mentee: str, mentor: str) -> bool:
        """Does this rule keep these two apart?"""
        return (mentee, mentor) in self._couples.get(name, ())


def _covered(wants: Mapping[str, int], offers: Collection[str], weight: int) -> int:
    """The points of the wanted words that are offered: the weight is shared by importance and largest remainders."""
    whole = sum(wants.values())
    if not whole:
        return 0
    points = {word: weight * importance // whole for word, importance in wants.items()}
    missing = weight - sum(points.values())
    for word in sorted(wants, key=lambda word: (-(weight * wants[word] % whole), word))[:missing]:
        points[word] += 1
    held = set(offers)
    return sum(count for word, count in points.items() if word in held)


def _alike(what: str, mentee: One, mentor: One, *, same: int, other: int, weight: int) -> int:
    """So many points for the same and for another; half of the weight where one of the two has not said."""
    both = mentee.said.get(what, ""), mentor.said.get(what, "")
    if not all(both):
        return weight // 2
    return same if both[0] == both[1] else other


# --- of a hundred, as people read it


def of_hundred(points: int) -> int:
    """A score of a million as one of a hundred. Rounded down, so that what is worth a look also reads so."""
    return points // POINTS_OF_ONE


def shown(points: Mapping[str, int]) -> dict[str, int]:
    """Points by criterion, of a hundred, so that what is shown adds up to the score that is shown."""
    whole = {name: held // POINTS_OF_ONE for name, held in points.items()}
    missing = of_hundred(sum(points.values())) - sum(whole.values())
    order = sorted(points, key=lambda name: -(points[name] % POINTS_OF_ONE))
    for name in order[:missing]:
        whole[name] += 1
    return whole
