"""What two people get for each criterion, and which rules keep them apart.

A criterion or rule says what it looks at of each person, and what comes of both. The engine makes its problem of the
same, so what a page shows of two people is what the engine reckons, to the point.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from alongside.matching import rules
from alongside.matching.rules import Policy
from alongside.matching.terms import POINTS_OF_ONE, CriterionName, RuleName

Said = Mapping[str, Any]
Couple = tuple[str, str]  # the refs of a mentee and a mentor
T = TypeVar("T", int, bool)
Name = TypeVar("Name", bound=str)

RARITY = 100
"""The importance of a skill that every mentor offers; a rarer one counts more."""

WORDS_OF_AN_AIM = 4
"""Words of an aim that are shorter say nothing, such as “and”."""

WISHES = 5
"""How many wishes of one person count."""


class Person(NamedTuple):
    """Somebody as criteria and rules see them: the ref of a participation, and what they say of themselves."""

    ref: str
    said: Said


@dataclass(frozen=True)
class Whole:
    """What the points of two people hang on beside the two: the order of all grades, and how rare each skill is."""

    grades: tuple[str, ...]
    offered: Mapping[str, int]  # how many mentors offer a skill
    mentors: int

    @classmethod
    def of(cls, policy: Policy, mentees: Collection[Person], mentors: Collection[Person]) -> "Whole":
        """Of everybody who is to be paired."""
        grades = [one.said.get("grade", "") for one in (*mentees, *mentors)]
        offered = Counter(word for one in mentors for word in set(one.said.get("offered", ())))
        return cls(tuple(rules.in_order(grades, policy.grades)), offered, len(mentors))

    def steps(self, mentee: str, mentor: str) -> int | None:
        """How many grades a mentor's grade is above a mentee's; None where it is not known."""
        return rules.steps_between(mentee, mentor, self.grades)


# --- what a criterion or rule looks at


@dataclass(frozen=True)
class Covering:
    """How much of what a mentee wants a mentor has: words of the mentee, each with its importance."""

    weight: int
    wants: Callable[[Said], Mapping[str, int]]
    has: Callable[[Said], Collection[str]]

    def at(self, mentee: Person, mentor: Person) -> int:
        """The points of the words that the mentor has."""
        has = set(self.has(mentor.said))
        return sum(points for word, points in shares(self.weight, self.wants(mentee.said)).items() if word in has)


@dataclass(frozen=True)
class Alike(Generic[T]):
    """One thing for people of the same category, another for different ones, a third where one has not said."""

    category: Callable[[Said], str]
    same: T
    other: T
    unknown: T

    def at(self, mentee: Person, mentor: Person) -> T:
        """What comes of both."""
        low, high = self.category(mentee.said), self.category(mentor.said)
        if not low or not high:
            return self.unknown
        return self.same if low == high else self.other


@dataclass(frozen=True)
class ByCategory(Generic[T]):
    """Something for each category of mentees with each of mentors; there are few of either."""

    mentee: Callable[[Said], str]
    mentor: Callable[[Said], str]
    both: Callable[[str, str], T]

    def at(self, mentee: Person, mentor: Person) -> T:
        """What comes of both."""
        return self.both(self.mentee(mentee.said), self.mentor(mentor.said))


@dataclass(frozen=True)
class Wished:
    """Half for each side's wish: all of the half for the first, less by a fifth for each place further down."""

    weight: int

    def of(self, one: Person) -> dict[str, int]:
        """What somebody's wishes are worth, by the ref of whom they wish for."""
        return {
            ref: self.weight // 2 * (WISHES - place) // WISHES
            for place, ref in enumerate(one.said.get("wishes", ())[:WISHES])
        }

    def at(self, mentee: Person, mentor: Person) -> int:
        """What comes of both."""
        return self.of(mentee).get(mentor.ref, 0) + self.of(mentor).get(mentee.ref, 0)


@dataclass(frozen=True)
class InCommon:
    """Two people need a word in common; who has said none meets it with everybody."""

    words: Callable[[Said], Collection[str]]

    def at(self, mentee: Person, mentor: Person) -> bool:
        """Do they meet it?"""
        low, high = set(self.words(mentee.said)), set(self.words(mentor.said))
        return not low or not high or bool(low & high)


Criterion = Covering | Alike[int] | ByCategory[int] | Wished
Rule = InCommon | Alike[bool] | ByCategory[bool]


# --- each of them


def criterion(name: CriterionName, weight: int, policy: Policy, whole: Whole) -> Criterion:
    """What a criterion looks at, with at most `weight` points for a pair."""
    made: Criterion = _CRITERIA[name](weight, policy, whole)
    return made


def _skills(weight: int, policy: Policy, whole: Whole) -> Covering:
    def wants(said: Said) -> dict[str, int]:
        return {word: rarity(whole.offered.get(word, 0), whole.mentors) for word in said.get("wanted", ())}

    return Covering(weight, wants, partial(_words_of, "offered"))


def _seniority(weight: int, policy: Policy, whole: Whole) -> ByCategory[int]:
    def points(mentee: str, mentor: str) -> int:
        return int(weight * rules.share_for_steps(whole.steps(mentee, mentor), policy.ideal))

    return ByCategory(partial(_text_of, "grade"), partial(_text_of, "grade"), points)


def _tenure(weight: int, policy: Policy, whole: Whole) -> ByCategory[int]:
    return ByCategory(year, year, lambda mentee, mentor: _years(mentee, mentor, weight))


def _share(weight: int, policy: Policy, whole: Whole) -> ByCategory[int]:
    points = {"0": weight, "1": weight // 2}
    return ByCategory(lambda _said: "", _load, lambda _mentee, mentor: points.get(mentor, 0))


def _in_common(what: str, weight: int, policy: Policy, whole: Whole) -> Covering:
    return Covering(weight, lambda said: dict.fromkeys(_words_of(what, said), 1), partial(_words_of, what))


def _same(what: str, weight: int, policy: Policy, whole: Whole) -> Alike[int]:
    return Alike(partial(_text_of, what), same=weight, other=0, unknown=weight // 2)


def _another(what: str, weight: int, policy: Policy, whole: Whole) -> Alike[int]:
    return Alike(partial(_text_of, what), same=0, other=weight, unknown=weight // 2)


def _aim(weight: int, policy: Policy, whole: Whole) -> Covering:
    return Covering(weight, lambda said: dict.fromkeys(aim_words(said), 1), work_words)


def _wishes(weight: int, policy: Policy, whole: Whole) -> Wished:
    return Wished(weight)


_CRITERIA: Mapping[CriterionName, Callable[[int, Policy, Whole], Criterion]] = {
    CriterionName.SKILLS: _skills,
    CriterionName.SENIORITY: _seniority,
    CriterionName.SITE: partial(_same, "site"),
    CriterionName.DEPARTMENT: partial(_another, "department"),
    CriterionName.HOURS: partial(_in_common, "hours"),
    CriterionName.LANGUAGES: partial(_in_common, "languages"),
    CriterionName.AIM: _aim,
    CriterionName.WISHES: _wishes,
    CriterionName.TENURE: _tenure,
    CriterionName.SHARE: _share,
}


def rule(name: RuleName, policy: Policy, whole: Whole) -> Rule | None:
    """What a rule looks at; None for one about single people, which are named beside."""
    if name == RuleName.LANGUAGE:
        return InCommon(partial(_words_of, "languages"))
    if name == RuleName.HOURS:
        return InCommon(partial(_words_of, "hours"))
    if name == RuleName.SITE:
        return Alike(partial(_text_of, "site"), same=True, other=False, unknown=True)
    if name == RuleName.TEAM:
        return Alike(team, same=False, other=True, unknown=True)
    return _ahead(policy, whole) if name == RuleName.AHEAD else None


def _ahead(policy: Policy, whole: Whole) -> ByCategory[bool]:
    def allows(mentee: str, mentor: str) -> bool:
        held = whole.steps(mentee, mentor)
        return held is None or policy.least <= held <= policy.most

    return ByCategory(partial(_text_of, "grade"), partial(_text_of, "grade"), allows)


# --- two people


def points(policy: Policy, whole: Whole, mentee: Person, mentor: Person) -> dict[CriterionName, int]:
    """What two people get for each criterion that counts, the heaviest first; of a million where weights add up."""
    return {
        name: criterion(name, weight * POINTS_OF_ONE, policy, whole).at(mentee, mentor)
        for name, weight in policy.criteria
    }


def kept_apart(
    policy: Policy, whole: Whole, mentee: Person, mentor: Person, apart: Mapping[str, Collection[Couple]]
) -> list[RuleName]:
    """The rules that two people do not meet; `apart` names whom each rule about single people keeps apart."""
    return [name for name in policy.rules if not _meets(rule(name, policy, whole), name, mentee, mentor, apart)]


def _meets(
    made: Rule | None, name: RuleName, mentee: Person, mentor: Person, apart: Mapping[str, Collection[Couple]]
) -> bool:
    return made.at(mentee, mentor) if made else (mentee.ref, mentor.ref) not in apart.get(name, ())


def in_hundredths(points: Mapping[Name, int]) -> dict[Name, int]:
    """Points as whole numbers of a hundred that add up to their rounded sum: by largest remainders."""
    found = {name: held // POINTS_OF_ONE for name, held in points.items()}
    left = round(sum(points.values()) / POINTS_OF_ONE) - sum(found.values())
    for name in sorted(points, key=lambda name: -(points[name] % POINTS_OF_ONE))[:left]:
        found[name] += 1
    return found


def shares(weight: int, wants: Mapping[str, int]) -> dict[str, int]:
    """What each word counts of a weight: whole numbers that sum to it, by largest remainders and then by word."""
    total = sum(wants.values())
    found = {word: weight * importance // total for word, importance in wants.items()}
    left = weight - sum(found.values()) if wants else 0
    for word in sorted(wants, key=lambda word: (-(weight * wants[word] % total), word))[:left]:
        found[word] += 1
    return found


# --- what people say


def rarity(offering: int, mentors: int) -> int:
    """How important a wanted skill is that so many of all mentors offer: twice as much for the rarest, and more."""
    return round(RARITY * (1 + math.log((1 + mentors) / (1 + offering))))


def _text_of(what: str, said: Said) -> str:
    return str(said.get(what, ""))


def _words_of(what: str, said: Said) -> Collection[str]:
    return list(said.get(what, ()))


def year(said: Said) -> str:
    """The year since when somebody has been in the organisation; nothing where it is not known."""
    return _text_of("since", said)[:4]


def _years(mentee: str, mentor: str, weight: int) -> int:
    if not mentee or not mentor:
        return weight // 2
    ahead = int(mentee) - int(mentor)
    return weight if ahead >= 3 else max(0, ahead) * weight // 3


def _load(said: Said) -> str:
    """How many mentees a mentor has: none, one, or two and more."""
    return str(min(2, said.get("mentees", 0)))


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
