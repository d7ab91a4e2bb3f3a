"""Why somebody is not placed and what would help, in words: pure functions on what the engine found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching.fit import of_hundred
from alongside.matching.terms import Lack, RuleName

BAN = "ban"
"""What the engine calls a pair that a coordinator has ruled out."""

ADVISED = 3
"""How many mentors are named whose place would help most."""


def rule_words(name: str) -> str:
    """A rule, as people call it."""
    return _("Not these two") if name == BAN else str(RuleName(name).label)


def quoted(names: Iterable[str]) -> str:
    """Rules in a row, in quotation marks."""
    return ", ".join(_("“%(rule)s”") % {"rule": rule_words(name)} for name in names)


def why(lack: str, detail: Mapping[str, Any]) -> str:
    """Why somebody has no mentor after a run."""
    said = {
        Lack.NOBODY_ALLOWED: _nobody_allowed,
        Lack.NO_PLACES: _no_places,
        Lack.TOO_FEW_PLACES: _too_few_places,
    }.get(Lack(lack))
    if said is None:
        return _("Has not done yet what the programme asks of people before they are paired.")
    return said(detail)


def _nobody_allowed(detail: Mapping[str, Any]) -> str:
    kept = kept_apart(detail)
    if not kept:
        return _("The rules leave no mentor.")
    return _("The rules leave no mentor: %(rules)s.") % {"rules": kept}


def kept_apart(detail: Mapping[str, Any]) -> str:
    """How many mentors each rule keeps from somebody."""
    held = sorted(detail.get("kept_apart", {}).items(), key=lambda one: (-one[1], one[0]))
    said = [
        ngettext("“%(rule)s” keeps %(count)s away", "“%(rule)s” keeps %(count)s away", count)
        % {"rule": rule_words(name), "count": count}
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
    mentors, rivals = int(detail.get("between_count", 0)), int(detail.get("rivals", 0))
    words = ngettext(
        "All places of the %(count)s mentor who could be had are taken",
        "All places of the %(count)s mentors who could be had are taken",
        mentors,
    ) % {"count": mentors}
    # the rivals are counted with whoever asks
    who = ngettext(
        "%(count)s person, this one among them, can have nobody else.",
        "%(count)s people, this one among them, can have nobody else.",
        rivals,
    )
    return _("%(places)s: %(rivals)s") % {"places": words, "rivals": who % {"count": rivals}}


# --- what would help


@dataclass(frozen=True)
class Help:
    """One change with which somebody is placed, everybody else as well as now: in words, with the fit of the two."""

    mentor_ref: str
    words: str
    fit: int
    only_a_place: bool


def helps(changes: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Help]:
    """The smallest changes, those with mentors who may be named here (`names`, by ref)."""
    return [
        Help(
            change["mentor"],
            _help(change, names[change["mentor"]]),
            of_hundred(change["score"]),
            bool(change["places"]) and not change["lifts"],
        )
        for change in changes
        if change["mentor"] in names
    ]


def _help(change: Mapping[str, Any], name: str) -> str:
    rules = quoted(change["lifts"])
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
    """A mentor, and what one more place with them would do."""

    ref: str
    words: str


def advice(
    lefts: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], prices: Mapping[str, int], names: Mapping[str, str]
) -> list[Advice]:
    """With whom one more place would help most. Only what is proven: whom it would place, or at most what it adds.

    `lefts` are the names of those who are not placed with the changes that would place each; `prices` are of a million.
    """
    places = _whom_a_place_helps(lefts)
    helping = sorted((ref for ref in places if ref in names), key=lambda ref: (-len(places[ref]), names[ref]))
    found = [Advice(ref, _places_one(names[ref], places[ref])) for ref in helping[:ADVISED]]
    dear = sorted((ref for ref in prices if ref in names and ref not in places), key=lambda ref: (-prices[ref], ref))
    worth = [ref for ref in dear if of_hundred(prices[ref])]
    return found + [Advice(ref, _adds(names[ref], of_hundred(prices[ref]))) for ref in worth[: ADVISED - len(found)]]


def _whom_a_place_helps(lefts: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]) -> dict[str, list[str]]:
    helped: dict[str, list[str]] = {}
    for name, changes in lefts:
        for change in changes:
            if change["places"] and not change["lifts"]:
                helped.setdefault(change["mentor"], []).append(name)
    return helped


def _places_one(name: str, helped: list[str]) -> str:
    if len(helped) == 1:
        return _("One more place with %(name)s would place %(mentee)s.") % {"name": name, "mentee": helped[0]}
    words = _("One more place with %(name)s would place one person more: %(mentee)s, or one of %(count)s others.")
    return words % {"name": name, "mentee": helped[0], "count": len(helped) - 1}


def _adds(name: str, points: int) -> str:
    words = ngettext(
        "One more place with %(name)s would let all pairs together fit better by %(count)s point at most.",
        "One more place with %(name)s would let all pairs together fit better by %(count)s points at most.",
        points,
    )
    return words % {"name": name, "count": points}


def lifted(lefts: Iterable[Sequence[Mapping[str, Any]]]) -> list[tuple[str | Promise, int]]:
    """How many of those who are not placed need each rule lifted, in every one of the changes that help them."""
    counted: Counter[str] = Counter()
    for changes in lefts:
        sets = [set(change["lifts"]) for change in changes]
        counted.update(set.intersection(*sets) if sets else set())
    return [(rule_words(name), count) for name, count in counted.most_common()]
