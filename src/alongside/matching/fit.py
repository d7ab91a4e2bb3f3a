"""How well two people fit and what keeps them apart: pure functions, the same for the engine and for pages.

A criterion or rule says what it looks at of each person, and what comes of both. The engine, which weighs whole cohorts
in a process of its own, makes its problem of the same; so what a page shows of two people is what the engine reckons,
to the point, which a test asserts.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from alongside.matching import rules
from alongside.matching.rules import Policy
from alongside.matching.terms import POINTS_OF_ONE, AnyCriterion, AnyRule, OwnCriterion, OwnRule, RuleName
from alongside.people.roster.headers import fold

RARITY = 100
"""The importance of a skill that every mentor offers; a rarer one counts more."""

WORDS_OF_AN_AIM = 4
"""Words of an aim that are shorter say nothing, such as “and”."""

WISHES = 5
"""How many wishes of one person count."""

Said = Mapping[str, Any]
T = TypeVar("T", int, bool)


@dataclass(frozen=True)
class One:
    """Somebody in a run, by the ref of their part, with what they said of themselves then."""

    ref: str
    said: Said


# --- what a criterion or rule looks at


@dataclass(frozen=True)
class Covering:
    """How much of what a mentee wants a mentor has: words of the mentee, each with its importance."""

    weight: int
    wants: Callable[[Said], Mapping[str, int]]
    has: Callable[[Said], Collection[str]]

    def at(self, mentee: One, mentor: One) -> int:
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

    def at(self, mentee: One, mentor: One) -> T:
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

    def at(self, mentee: One, mentor: One) -> T:
        """What comes of both."""
        return self.both(self.mentee(mentee.said), self.mentor(mentor.said))


@dataclass(frozen=True)
class Wished:
    """Half for each side's wish: all of the half for the first, less by a fifth for each place further down."""

    weight: int

    def of(self, one: One) -> dict[str, int]:
        """What somebody's wishes are worth, by the ref of whom they wish for."""
        return {
            ref: self.weight // 2 * (WISHES - place) // WISHES
            for place, ref in enumerate(one.said.get("wishes", ())[:WISHES])
        }

    def at(self, mentee: One, mentor: One) -> int:
        """What comes of both."""
        return self.of(mentee).get(mentor.ref, 0) + self.of(mentor).get(mentee.ref, 0)


@dataclass(frozen=True)
class InCommon:
    """Two people need a word in common; who has said none meets it with everybody."""

    words: Callable[[Said], Collection[str]]

    def at(self, mentee: One, mentor: One) -> bool:
        """Do they meet it?"""
        low, high = set(self.words(mentee.said)), set(self.words(mentor.said))
        return not low or not high or bool(low & high)


Criterion = Covering | Alike[int] | ByCategory[int] | Wished
Rule = InCommon | Alike[bool] | ByCategory[bool]


# --- all of them


class Scale:
    """By what two people are weighed: a policy, and what their points depend on beside the two.

    `grades` are those of everybody who is to be paired, `offers` what each mentor offers: how rare a skill is depends
    on all.
    """

    def __init__(self, policy: Policy, *, grades: Iterable[str], offers: Collection[Sequence[str]]) -> None:
        self.policy, self.mentors = policy, len(offers)
        self.offered = Counter(word for held in offers for word in set(held))
        self.grades = rules.in_order(grades, policy.grades)

    @classmethod
    def of(
        cls, policy: Policy, mentees: Collection[One], mentors: Collection[One], *, grades: Iterable[str] = ()
    ) -> "Scale":
        """Of everybody who is to be paired; `grades` are those of the programme, where that is more."""
        theirs = [_text("grade", one.said) for one in (*mentees, *mentors)]
        return cls(policy, grades=[*grades, *theirs], offers=[_words("offered", one.said) for one in mentors])

    def points(self, mentee: One, mentor: One) -> dict[str, int]:
        """The points of a pair by criterion, the heaviest first; of a million where the weights add up."""
        return {name.value: made.at(mentee, mentor) for name, made in self._criteria.items()}

    def forbidden_by(self, mentee: One, mentor: One, apart: "Kept") -> list[AnyRule]:
        """The rules that keep two people apart, in the order of their list."""
        return [
            name
            for name, made in self._rules.items()
            if (not made.at(mentee, mentor) if made else apart.holds(name, mentee.ref, mentor.ref))
        ]

    def steps(self, mentee: One, mentor: One) -> int | None:
        """How many grades the mentor is above the mentee; None where it is not known."""
        return self._steps(_text("grade", mentee.said), _text("grade", mentor.said))

    def _steps(self, mentee: str, mentor: str) -> int | None:
        return rules.steps_between(mentee, mentor, self.grades)

    @cached_property
    def _criteria(self) -> dict[AnyCriterion, Criterion]:
        return {name: self.criterion(name, weight * POINTS_OF_ONE) for name, weight in self.policy.criteria}

    @cached_property
    def _rules(self) -> dict[AnyRule, Rule | None]:
        return {name: self.rule(name) for name in self.policy.rules}

    # --- criteria

    def criterion(self, name: AnyCriterion, weight: int) -> Criterion:
        """What a criterion looks at, with at most `weight` points for a pair."""
        if isinstance(name, OwnCriterion):
            same, other = (weight, 0) if name.same else (0, weight)
            return Alike(partial(own, name.field), same=same, other=other, unknown=weight // 2)
        made: Criterion = getattr(self, f"_{name}")(weight)
        return made

    def _skills(self, weight: int) -> Covering:
        def wants(said: Said) -> dict[str, int]:
            return {word: rarity(self.offered[word], self.mentors) for word in _words("wanted", said)}

        return Covering(weight, wants, partial(_words, "offered"))

    def _hours(self, weight: int) -> Covering:
        return _in_common("hours", weight)

    def _languages(self, weight: int) -> Covering:
        return _in_common("languages", weight)

    def _interests(self, weight: int) -> Covering:
        return Covering(weight, lambda said: dict.fromkeys(interests(said), 1), interests)

    def _aim(self, weight: int) -> Covering:
        return Covering(weight, lambda said: dict.fromkeys(aim_words(said), 1), work_words)

    def _seniority(self, weight: int) -> ByCategory[int]:
        def points(mentee: str, mentor: str) -> int:
            return int(weight * rules.share_for_steps(self._steps(mentee, mentor), self.policy.ideal))

        return ByCategory(partial(_text, "grade"), partial(_text, "grade"), points)

    def _site(self, weight: int) -> Alike[int]:
        return Alike(partial(_text, "site"), same=weight, other=0, unknown=weight // 2)

    def _department(self, weight: int) -> Alike[int]:
        return Alike(partial(_text, "department"), same=0, other=weight, unknown=weight // 2)

    def _tenure(self, weight: int) -> ByCategory[int]:
        return ByCategory(_year, _year, lambda mentee, mentor: _points_for_years(mentee, mentor, weight))

    def _share(self, weight: int) -> ByCategory[int]:
        points = {"0": weight, "1": weight // 2}
        return ByCategory(lambda _said: "", _load, lambda _mentee, mentor: points.get(mentor, 0))

    def _wishes(self, weight: int) -> Wished:
        return Wished(weight)

    # --- rules

    def rule(self, name: AnyRule) -> Rule | None:
        """What a rule looks at; None for one about single people, who are named beside."""
        if isinstance(name, OwnRule):
            return Alike(partial(own, name.field), same=True, other=False, unknown=True)
        if name == RuleName.LANGUAGE:
            return InCommon(partial(_words, "languages"))
        if name == RuleName.HOURS:
            return InCommon(partial(_words, "hours"))
        if name == RuleName.MEET:
            return InCommon(partial(_words, "ways_to_meet"))
        if name == RuleName.SITE:
            return Alike(partial(_text, "site"), same=True, other=False, unknown=True)
        if name == RuleName.TEAM:
            return Alike(team, same=False, other=True, unknown=True)
        return (
            ByCategory(partial(_text, "grade"), partial(_text, "grade"), self._is_ahead)
            if name == RuleName.AHEAD
            else None
        )

    def _is_ahead(self, mentee: str, mentor: str) -> bool:
        held = self._steps(mentee, mentor)
        return held is None or self.policy.least <= held <= self.policy.most


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


def shares(weight: int, wants: Mapping[str, int]) -> dict[str, int]:
    """What each word counts of a weight: whole numbers that sum to it, by largest remainders and then by word."""
    total = sum(wants.values())
    found = {word: weight * importance // total for word, importance in wants.items()}
    left = weight - sum(found.values()) if wants else 0
    for word in sorted(wants, key=lambda word: (-(weight * wants[word] % total), word))[:left]:
        found[word] += 1
    return found


# --- what people say


def _text(what: str, said: Said) -> str:
    return str(said.get(what, ""))


def own(field: str, said: Said) -> str:
    """What one of the organisation's own fields says of somebody, by its ref; nothing where it says nothing."""
    return str(said.get("own", {}).get(field, ""))


def _words(what: str, said: Said) -> Sequence[str]:
    return list(said.get(what, ()))


def _in_common(what: str, weight: int) -> Covering:
    return Covering(weight, lambda said: dict.fromkeys(_words(what, said), 1), partial(_words, what))


def rarity(offering: int, mentors: int) -> int:
    """How important a wanted skill is that so many of all mentors offer: twice as much for the rarest, and more."""
    return round(RARITY * (1 + math.log((1 + mentors) / (1 + offering))))


def _year(said: Said) -> str:
    """The year since when somebody has been in the organisation; nothing where it is not known."""
    return _text("since", said)[:4]


def _points_for_years(mentee: str, mentor: str, weight: int) -> int:
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


def interests(said: Said) -> dict[str, str]:
    """What somebody is interested in, as they wrote it, by the word that two people are compared by."""
    return {folded: word for word in _words("interests", said) if (folded := fold(word))}


def aim_words(said: Said) -> list[str]:
    """The words of where somebody wants to get to."""
    return _long(said.get("career_aim", ""))


def work_words(said: Said) -> set[str]:
    """The words of what a mentor does and offers."""
    work = [said.get(name, "") for name in ("job_title", "department", "headline")]
    return set(_long(" ".join([*work, *said.get("offered", ())])))


def _long(text: str) -> list[str]:
    cleaned = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return list(dict.fromkeys(word for word in cleaned.split() if len(word) >= WORDS_OF_AN_AIM))


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
