"""What it would cost the others if two people were paired, in words: pure functions on what the engine answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching import lacks
from alongside.matching.fit import of_hundred

Couple = Sequence[Any]  # the refs of a mentee and a mentor, and their score of a million


@dataclass(frozen=True)
class Who:
    """The two who are asked about, by ref and name."""

    mentee: str
    mentor: str
    mentee_name: str
    mentor_name: str

    @property
    def names(self) -> dict[str, str]:
        """For sentences."""
        return {"mentee": self.mentee_name, "mentor": self.mentor_name}


@dataclass(frozen=True)
class Change:
    """What would become of one other mentee: whom they have and would have, with the fit of each."""

    mentee: str
    before: str
    after: str


@dataclass(frozen=True)
class Answer:
    """Why two people are not paired: a heading, sentences, who else would change; whether they can be locked."""

    heading: str
    lines: list[str]
    changes: list[Change] = field(default_factory=list)
    can_lock: bool = False


def answer(
    told: Mapping[str, Any],
    who: Who,
    names: Mapping[str, str],
    *,
    worst: int,
    about: Mapping[str, str] = lacks.NO_FIELDS,
) -> Answer:
    """What the engine told of two people.

    `names` are those who may be named, by ref; `worst` is the run's weakest; `about` what own fields are called.
    """
    if told.get("paired"):
        return Answer(_("%(mentee)s and %(mentor)s are a pair already.") % who.names, [])
    score = _("The two would fit %(fit)s of 100.") % {"fit": of_hundred(told["score"])}
    if told["forbidden_by"]:
        return Answer(_("The rules keep them apart"), [score, _forbidden(told["forbidden_by"], about)])
    if told["block"]:
        return Answer(_("There is no place"), [score, _block(told["block"], who)])
    cost = told["cost"]
    return Answer(
        _heading(cost, who),
        [score, *_instead(cost, who), _others(cost, who), *_without(cost, who, names), *_worst(cost, worst)],
        _changes(cost, who, names),
        can_lock=True,
    )


def _forbidden(rules: Sequence[str], about: Mapping[str, str]) -> str:
    if list(rules) == [lacks.BAN]:
        return _("You said “not these two”. Take that back on the board, then ask again.")
    words = ngettext(
        "%(rules)s forbids it. A lock does not break a rule: change the rule, or leave them apart.",
        "%(rules)s forbid it. A lock does not break a rule: change the rules, or leave them apart.",
        len(rules),
    )
    return words % {"rules": lacks.quoted(rules, about)}


def _block(block: str, who: Who) -> str:
    if block == "no_places":
        return _("%(mentor)s takes nobody at present.") % who.names
    return _("Every place of one of the two is locked for somebody else. Unlock one of those pairs first.")


def others_lose(cost: Mapping[str, Any], who: Who) -> int:
    """How many points, of a hundred, all other pairs together would lose; below zero where they would gain.

    The two themselves are left out on both sides: what the mentee has now, and what they would have. Each score counts
    as it is shown beside the sentence, so that both say the same.
    """
    lost = sum(of_hundred(score) for mentee, _mentor, score in cost["lost"] if mentee != who.mentee)
    gained = sum(of_hundred(score) for mentee, _mentor, score in cost["gained"] if mentee != who.mentee)
    return lost - gained


def _heading(cost: Mapping[str, Any], who: Who) -> str:
    if _left_alone(cost, who):
        return _("It could be done, and somebody else would have no mentor")
    return _("It could be done, at a price") if others_lose(cost, who) > 0 else _("It could be done")


def _instead(cost: Mapping[str, Any], who: Who) -> list[str]:
    now = next((score for mentee, _mentor, score in cost["lost"] if mentee == who.mentee), None)
    if now is None:
        return [_("%(mentee)s has nobody now.") % who.names]
    return [_("%(mentee)s fits %(fit)s with the mentor they have now.") % {**who.names, "fit": of_hundred(now)}]


def _others(cost: Mapping[str, Any], who: Who) -> str:
    points = others_lose(cost, who)
    if not points:
        return _("The other pairs together would lose nothing.")
    if points > 0:
        words = ngettext(
            "The other pairs together would lose %(count)s point.",
            "The other pairs together would lose %(count)s points.",
            points,
        )
        return words % {"count": points}
    words = ngettext(
        "The other pairs together would gain %(count)s point.",
        "The other pairs together would gain %(count)s points.",
        -points,
    )
    return words % {"count": -points}


def _left_alone(cost: Mapping[str, Any], who: Who) -> list[str]:
    """The refs of those who have a mentor now and would have none."""
    held = {mentee for mentee, _mentor, _score in cost["gained"]}
    return [mentee for mentee, _mentor, _score in cost["lost"] if mentee not in held | {who.mentee}]


def _without(cost: Mapping[str, Any], who: Who, names: Mapping[str, str]) -> list[str]:
    said = []
    if alone := _left_alone(cost, who):
        named = ", ".join(_name(names, ref) for ref in alone)
        said.append(_("Without a mentor then: %(names)s.") % {"names": named})
    if fewer := max(0, -cost["matched"]):
        words = ngettext("One person fewer is placed.", "%(count)s people fewer are placed.", fewer)
        said.append(words % {"count": fewer})
    return said


def _worst(cost: Mapping[str, Any], worst: int) -> list[str]:
    before, after = of_hundred(worst), of_hundred(worst + cost["worst"])
    if after >= before:
        return []
    said = {"before": before, "after": after}
    return [_("The weakest pair would fit %(after)s instead of %(before)s.") % said]


def _changes(cost: Mapping[str, Any], who: Who, names: Mapping[str, str]) -> list[Change]:
    before = {mentee: (mentor, score) for mentee, mentor, score in cost["lost"]}
    after = {mentee: (mentor, score) for mentee, mentor, score in cost["gained"]}
    moved = [mentee for mentee in {**before, **after} if mentee != who.mentee]
    found = [Change(_name(names, one), _with(names, before.get(one)), _with(names, after.get(one))) for one in moved]
    return sorted(found, key=lambda change: change.mentee)


def _with(names: Mapping[str, str], held: tuple[str, int] | None) -> str:
    if held is None:
        return _("nobody")
    return _("%(name)s, %(fit)s") % {"name": _name(names, held[0]), "fit": of_hundred(held[1])}


def _name(names: Mapping[str, str], ref: str) -> str:
    return names.get(ref, _("somebody at whom another coordinator looks"))
