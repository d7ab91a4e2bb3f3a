"""Why somebody is not placed and what would help, in words: pure functions on what the engine found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching.fit import of_hundred
from alongside.matching.terms import Lack, rule

BAN = "ban"
"""What the engine calls a pair that a coordinator has ruled out."""

ADVISED = 3
"""How many mentors are named whose place would help most."""


About = Mapping[str, str]
"""What the organisation's own fields are called, by their refs: `Policy.own` of the run that is told of."""

NO_FIELDS: About = MappingProxyType({})


def rule_words(name: str, about: About = NO_FIELDS) -> str:
    """A rule, as people call it."""
    return _("Not these two") if name == BAN else str(rule(name, about).label)


def quoted(names: Iterable[str], about: About = NO_FIELDS) -> str:
    """Rules in a row, in quotation marks."""
    return ", ".join(_("“%(rule)s”") % {"rule": rule_words(name, about)} for name in names)


def why(lack: str, detail: Mapping[str, Any], about: About = NO_FIELDS) -> str:
    """Why somebody has no mentor after a run."""
    said = {
        Lack.NOBODY_ALLOWED: partial(_nobody_allowed, about=about),
        Lack.NO_PLACES: _no_places,
        Lack.TOO_FEW_PLACES: _too_few_places,
    }.get(Lack(lack))
    if said is None:
        return _("Has not done yet what the programme asks of people before they are paired.")
    return said(detail)


def _nobody_allowed(detail: Mapping[str, Any], about: About) -> str:
    kept = kept_apart(detail, about)
    if not kept:
        return _("The rules leave no mentor.")
    return _("The rules leave no mentor: %(rules)s.") % {"rules": kept}


def kept_apart(detail: Mapping[str, Any], about: About = NO_FIELDS) -> str:
    """How many mentors each rule keeps from somebody."""
    held = sorted(detail.get("kept_apart", {}).items(), key=lambda one: (-one[1], one[0]))
    said = [
        ngettext("“%(rule)s” keeps %(count)s away", "“%(rule)s” keeps %(count)s away", count)
        % {"rule": rule_words(name, about), "count": count}
        for name, count in held
    ]
    return ", ".join(said)


def _no_places(detail: Mapping[str, Any]) -> str:
    count = int(detail.get("allowed", 0))
    words = ngettext(
        "The %(count)s mentor whom the rules leave takes nobody.",
        "The %(count)s mentors whom the rules leave take nobody.",
        count,
    )
    return words % {"count": count}


def _too_few_places(detail: Mapping[str, Any]) -> str:
    count = int(detail.get("between_count", 0))
    if not count:
        return _("No mentor whom the rules allow has a place left.")
    words = ngettext(
        "The %(count)s mentor who comes into question has no place left, and whoever has one can have nobody else.",
        "The %(count)s mentors who come into question have no place left, and whoever has one can have nobody else.",
        count,
    )
    return words % {"count": count}


# --- what would help


@dataclass(frozen=True)
class Help:
    """One change with which somebody is placed, everybody else as well as now: in words, with the fit of the two."""

    mentor_ref: str
    words: str
    fit: int
    only_a_place: bool


def helps(changes: Iterable[Mapping[str, Any]], names: Mapping[str, str], about: About = NO_FIELDS) -> list[Help]:
    """The smallest changes, those with mentors who may be named here (`names`, by ref)."""
    return [
        Help(
            change["mentor"],
            _help(change, names[change["mentor"]], about),
            of_hundred(change["score"]),
            bool(change["places"]) and not change["lifts"],
        )
        for change in changes
        if change["mentor"] in names
    ]


def _help(change: Mapping[str, Any], name: str, about: About) -> str:
    rules = quoted(change["lifts"], about)
    if change["places"] and rules:
        words = _("One more place with %(name)s, and %(rules)s lifted for the two")
    elif change["places"]:
        words = _("One more place with %(name)s")
    else:
        words = _("%(name)s, with %(rules)s lifted for the two")
    return words % {"name": name, "rules": rules}


# --- what a place more is worth


@dataclass(frozen=True)
class Advice:
    """What one more place would do, and with whom, by ref and name."""

    words: str
    mentors: list[tuple[str, str]]


def advice(figures: Mapping[str, Any], changes: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Advice]:
    """With whom one more place would help most: only what the engine has proven.

    `changes` are those of everybody who is not placed; `names`, by ref, are the mentors who may be named here.
    """
    helped = Counter(change["mentor"] for change in changes if change["places"] and not change["lifts"])
    scarce = [ref for ref in figures.get("scarce", []) if ref in names]
    scarce.sort(key=lambda ref: (-helped[ref], names[ref]))
    prices = {ref: of_hundred(price) for ref, price in figures.get("prices", {}).items() if ref in names}
    dear = sorted((ref for ref in prices if prices[ref]), key=lambda ref: (-prices[ref], names[ref]))
    found = [Advice(_places_one(scarce, names), [(ref, names[ref]) for ref in scarce[:ADVISED]])] if scarce else []
    return found + [Advice(_adds(names[ref], prices[ref]), [(ref, names[ref])]) for ref in dear[:ADVISED]]


def _places_one(scarce: Sequence[str], names: Mapping[str, str]) -> str:
    named = ", ".join(names[ref] for ref in scarce[:ADVISED])
    if len(scarce) == 1:
        return _("One more place with %(names)s would place one person more.") % {"names": named}
    if len(scarce) <= ADVISED:
        return _("One more place with any of these would place one person more: %(names)s.") % {"names": named}
    words = _("One more place with any of %(count)s mentors would place one person more, such as %(names)s.")
    return words % {"count": len(scarce), "names": named}


def _adds(name: str, points: int) -> str:
    words = ngettext(
        "One more place with %(name)s would let all pairs together fit better by %(count)s point at most.",
        "One more place with %(name)s would let all pairs together fit better by %(count)s points at most.",
        points,
    )
    return words % {"name": name, "count": points}


# --- what more mentors would do


def by_skill(figures: Mapping[str, Any]) -> list[str]:
    """For a few skills, how many people more would be placed by more mentors who offer it: only what was tried."""
    return [
        _("More mentors who offer “%(skill)s”: %(steps)s.") % {"skill": one["skill"], "steps": _steps(one["placed"])}
        for one in figures.get("by_skill", [])[:ADVISED]
    ]


def _steps(placed: Sequence[int]) -> str:
    first = ngettext("one would place %(count)s person more", "one would place %(count)s people more", placed[0]) % {
        "count": placed[0]
    }
    further = (_("two would place %(count)s"), _("three would place %(count)s"))
    return ", ".join([first, *(words % {"count": count} for words, count in zip(further, placed[1:], strict=False))])


def on_what_terms(figures: Mapping[str, Any]) -> str:
    """What was assumed of the mentors of whom `by_skill` speaks; nothing where it says nothing."""
    if not figures.get("by_skill"):
        return ""
    places = figures["by_skill"][0]["places"]
    words = ngettext(
        "Found by pairing everybody again with mentors who have %(count)s free place, as is usual here, and whom no"
        " rule keeps from anybody who wants the skill. Where a rule does, it may be fewer.",
        "Found by pairing everybody again with mentors who have %(count)s free places each, as is usual here, and whom"
        " no rule keeps from anybody who wants the skill. Where a rule does, it may be fewer.",
        places,
    )
    return words % {"count": places}


def lifted(lefts: Iterable[Sequence[Mapping[str, Any]]], about: About = NO_FIELDS) -> list[tuple[str, int]]:
    """For how many people without a mentor each rule has to be lifted, in every one of the changes that help them."""
    counted: Counter[str] = Counter()
    for changes in lefts:
        sets = [set(change["lifts"]) for change in changes]
        counted.update(set.intersection(*sets) if sets else set())
    return [(rule_words(name, about), count) for name, count in counted.most_common()]
