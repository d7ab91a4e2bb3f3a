"""A policy in words, and why two people have the points that they have."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching.rules import Policy, fit
from alongside.matching.rules.fit import Person, Whole
from alongside.matching.terms import CriterionName, Ready, RuleName, Way

Words = str | Promise


def policy_items(policy: Policy, way: str) -> list[dict[str, Words]]:
    """Every part of a policy as a term with words."""
    weights = [f"{name.label} {weight}" for name, weight in policy.criteria]
    items: list[dict[str, Words]] = [
        {"term": _("Who chooses"), "words": Way(way).label},
        {"term": _("Rules"), "words": "; ".join(_rule(name, policy) for name in policy.rules if name not in _QUIET)},
        {"term": _("Grades"), "words": ", ".join(policy.grades) or _("By the numbers in them")},
        {"term": _("Has to be ready"), "words": Ready(policy.ready).label},
        {"term": _("What counts, of a hundred"), "words": ", ".join(weights)},
        {"term": _("Grades above that fit best"), "words": str(policy.ideal)},
        {"term": _("Mentors to choose from"), "words": str(policy.choices)},
        {"term": _("More for a pair of the last run"), "words": str(policy.keep)},
    ]
    return items


_QUIET = (RuleName.SELF, RuleName.HELD)


def _rule(name: RuleName, policy: Policy) -> str:
    if name == RuleName.MANAGER:
        return ngettext(
            "Not the line manager", "Nobody up to %(count)s levels above in the line of management", policy.line
        ) % {"count": policy.line}
    if name == RuleName.AHEAD:
        return _("More senior by %(least)s to %(most)s grades") % {"least": policy.least, "most": policy.most}
    return str(name.label)


# --- why two people have the points that they have


def reason(name: CriterionName, mentee: Person, mentor: Person, whole: Whole) -> str:
    """What a criterion found of two people, in a few words; nothing where there is nothing to say."""
    return _REASONS[name](mentee, mentor, whole)


def _skills(mentee: Person, mentor: Person, whole: Whole) -> str:
    wanted, offered = mentee.said.get("wanted", ()), set(mentor.said.get("offered", ()))
    if not wanted:
        return _("The mentee names none")
    return _some([word for word in wanted if word in offered]) or _("None of what the mentee wants")


def _steps(mentee: Person, mentor: Person, whole: Whole) -> str:
    held = whole.steps(mentee.said.get("grade", ""), mentor.said.get("grade", ""))
    if held is None:
        return _("Not known of both")
    if held <= 0:
        return _("Not above the mentee")
    return ngettext("One grade above", "%(count)s grades above", held) % {"count": held}


def _places(what: str, mentee: Person, mentor: Person, whole: Whole) -> str:
    low, high = mentee.said.get(what, ""), mentor.said.get(what, "")
    if not low or not high:
        return _("Not known of both")
    return (
        _("Both %(name)s") % {"name": low} if low == high else _("%(one)s and %(other)s") % {"one": low, "other": high}
    )


def _times(mentee: Person, mentor: Person, whole: Whole) -> str:
    low, high = set(mentee.said.get("hours", ())), set(mentor.said.get("hours", ()))
    if not low or not high:
        return _("Not known of both")
    count = len(low & high)
    return ngettext("One of the mentee’s %(of)s", "%(count)s of the mentee’s %(of)s", count) % {
        "count": count,
        "of": len(low),
    }


def _tongues(mentee: Person, mentor: Person, whole: Whole) -> str:
    low, high = mentee.said.get("languages", ()), set(mentor.said.get("languages", ()))
    if not low or not high:
        return _("Not known of both")
    return _some([word for word in low if word in high]) or _("None in common")


def _aim(mentee: Person, mentor: Person, whole: Whole) -> str:
    aim, work = fit.aim_words(mentee.said), fit.work_words(mentor.said)
    if not aim:
        return _("The mentee does not say")
    return _some([f"“{word}”" for word in aim if word in work]) or _("Nothing in the mentor’s work")


def _wishes(mentee: Person, mentor: Person, whole: Whole) -> str:
    by_mentee, by_mentor = mentor.ref in mentee.said.get("wishes", ()), mentee.ref in mentor.said.get("wishes", ())
    if by_mentee and by_mentor:
        return _("Both asked for each other")
    if by_mentee:
        return _("The mentee asked for the mentor")
    return _("The mentor asked for the mentee") if by_mentor else _("Neither asked for the other")


def _tenure(mentee: Person, mentor: Person, whole: Whole) -> str:
    low, high = fit.year(mentee.said), fit.year(mentor.said)
    if not low or not high:
        return _("Not known of both")
    years = int(low) - int(high)
    if years <= 0:
        return _("Not longer than the mentee")
    return ngettext("One year longer", "%(count)s years longer", years) % {"count": years}


def _share(mentee: Person, mentor: Person, whole: Whole) -> str:
    count = mentor.said.get("mentees", 0)
    if not count:
        return _("No mentee so far")
    return ngettext("One mentee so far", "%(count)s mentees so far", count) % {"count": count}


def _at(what: str) -> Callable[[Person, Person, Whole], str]:
    return lambda mentee, mentor, whole: _places(what, mentee, mentor, whole)


_REASONS: Mapping[CriterionName, Callable[[Person, Person, Whole], str]] = {
    CriterionName.SKILLS: _skills,
    CriterionName.SENIORITY: _steps,
    CriterionName.SITE: _at("site"),
    CriterionName.DEPARTMENT: _at("department"),
    CriterionName.HOURS: _times,
    CriterionName.LANGUAGES: _tongues,
    CriterionName.AIM: _aim,
    CriterionName.WISHES: _wishes,
    CriterionName.TENURE: _tenure,
    CriterionName.SHARE: _share,
}


def _some(words: Iterable[Any], most: int = 4) -> str:
    """Words in a row, the rest counted."""
    held = [str(word) for word in words]
    more = len(held) - most
    if more <= 0:
        return ", ".join(held)
    shown = {"words": ", ".join(held[:most]), "count": more}
    return ngettext("%(words)s and one more", "%(words)s and %(count)s more", more) % shown
