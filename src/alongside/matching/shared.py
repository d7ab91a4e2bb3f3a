"""Why two people fit, by criterion: what they share, as plain values that are kept, and in words for who reads them.

Never a number: nobody is to compare one mentor with another by points. Pure functions.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.matching import fit, rules
from alongside.matching.terms import CriterionName
from alongside.people.terms import Showing

Said = Mapping[str, Any]
"""What a run keeps of somebody (`Taker.said`): grade, department, site, languages, wanted, offered, hours, wishes …"""

Shared = list[list[Any]]
"""A criterion's name and what the two share of it, the weightiest first: as it is kept."""

MOST_NAMED = 5
LONG = 4  # letters


class Why(NamedTuple):
    """One reason in words."""

    criterion: str
    label: str
    words: str


class Two(NamedTuple):
    """The two by their names, and who reads: "mentee", "mentor" or nobody of the two."""

    mentee: str
    mentor: str
    reader: str = ""


# --- what they share


def both(points: Mapping[str, int], mentee: Said, mentor: Said, grades: Sequence[str] = ()) -> Shared:
    """What two people share of each criterion that gave them points, the most points first.

    `grades` is the organisation's own order of grades. Points that somebody got for what they have not said are no
    reason.
    """
    order = list(CriterionName)
    able = (name for name in points if points[name] > 0 and name in _FINDS)
    named = sorted(able, key=lambda name: (-points[name], order.index(name)))
    found = [[str(name), _FINDS[name](mentee, mentor)] for name in named]
    if not _is_above(mentee.get("grade", ""), mentor.get("grade", ""), grades):
        found = [one for one in found if one[0] != CriterionName.SENIORITY]
    return [[name, value] for name, value in found if value]


def _is_above(mentee: str, mentor: str, grades: Sequence[str]) -> bool:
    return (rules.steps_between(mentee, mentor, rules.in_order([mentee, mentor], grades)) or 0) > 0


def _in_common(one: str, other: str) -> Callable[[Said, Said], list[str]]:
    def find(mentee: Said, mentor: Said) -> list[str]:
        theirs = set(mentor.get(other, ()))
        return [word for word in mentee.get(one, ()) if word in theirs]

    return find


def _same(what: str) -> Callable[[Said, Said], str]:
    return lambda mentee, mentor: str(mentee.get(what, "")) if mentee.get(what) == mentor.get(what) else ""


def _both_differ(what: str) -> Callable[[Said, Said], list[str]]:
    def find(mentee: Said, mentor: Said) -> list[str]:
        both = [str(mentee.get(what, "")), str(mentor.get(what, ""))]
        return both if all(both) and both[0] != both[1] else []

    return find


def _days(mentee: Said, mentor: Said) -> list[int]:
    return sorted({int(time.split()[0]) for time in _in_common("hours", "hours")(mentee, mentor)})


def _interests(mentee: Said, mentor: Said) -> list[str]:
    theirs = fit.interests(mentor)
    return [word for folded, word in fit.interests(mentee).items() if folded in theirs]


def _long(said: Said, *names: str) -> set[str]:
    """The longer words of what somebody said: the short ones mean nothing here."""
    text = " ".join(" ".join(said.get(name, ())) if name == "offered" else said.get(name, "") for name in names)
    cleaned = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return {word for word in cleaned.split() if len(word) >= LONG}


_FINDS: Mapping[str, Callable[[Said, Said], Any]] = {
    CriterionName.SKILLS: _in_common("wanted", "offered"),
    CriterionName.SENIORITY: lambda _mentee, _mentor: True,
    CriterionName.SITE: _same("site"),
    CriterionName.DEPARTMENT: _both_differ("department"),
    CriterionName.HOURS: _days,
    CriterionName.LANGUAGES: _in_common("languages", "languages"),
    CriterionName.INTERESTS: _interests,
    CriterionName.AIM: lambda mentee, mentor: bool(
        _long(mentee, "career_aim") & _long(mentor, "job_title", "department", "headline", "offered")
    ),
    CriterionName.TENURE: lambda mentee, mentor: bool(mentee.get("since") and mentor.get("since")),
}
"""What somebody wished stays theirs, and how many mentees a mentor has theirs: neither is a reason to be read. Nor is
what the organisation's own fields say: besides the person only coordinators and administrators read it."""


_SHOWN_BY: Mapping[str, tuple[str, ...]] = {
    Showing.HEADLINE: ("headline", "languages", "interests", "career_aim"),
    Showing.WORK: ("job_title", "grade", "department", "team", "site"),
    Showing.SKILLS: ("offered", "wanted"),
    Showing.TIMES: ("hours", "ways_to_meet"),
}


def as_shown(said: Said, shown: Collection[str]) -> Said:
    """Of what a run knew of somebody, what they show to the members of their programmes."""
    names = {name for what, held in _SHOWN_BY.items() if what in shown for name in held}
    return {name: value for name, value in said.items() if name in names}


# --- in words


def told(kept: Shared, two: Two) -> list[Why]:
    """The reasons that were kept, in the words of whoever reads them and in the language in force."""
    return [
        Why(name, str(CriterionName(name).label), words) for name, value in kept if (words := _say(name, value, two))
    ]


def sentence(kept: Shared, two: Two, most: int = 2) -> str:
    """The weightiest reasons in a sentence or two; empty where there are none."""
    return " ".join(why.words for why in told(kept, two)[:most])


def who(name: str, said: Said) -> str:
    """Who somebody is, in a line: name, job title, department and site, as far as they are known."""
    known = [str(said[what]) for what in ("job_title", "department", "site") if said.get(what)]
    return f"{', '.join([name, *known])}."


def _say(name: str, value: Any, two: Two) -> str:
    say = _SAYS.get(name)
    return say(value, two) if say else ""


def _listed(words: Sequence[Any]) -> str:
    named = [str(word) for word in words[:MOST_NAMED]]
    if len(words) > MOST_NAMED:
        named.append(_("more"))
    return str(get_text_list(named, _("and")))


def _chosen(two: Two, mentee: str, mentor: str, outside: str, **names: str) -> str:
    words = {"mentee": mentee, "mentor": mentor}.get(two.reader, outside)
    return words % {"mentee": two.mentee, "mentor": two.mentor, **names}


def _skills(value: list[str], two: Two) -> str:
    return _chosen(
        two,
        _("%(mentor)s offers what you want to develop: %(what)s."),
        _("%(mentee)s wants to develop what you offer: %(what)s."),
        _("%(mentor)s offers what %(mentee)s wants to develop: %(what)s."),
        what=_listed(value),
    )


def _seniority(value: bool, two: Two) -> str:
    return _chosen(
        two,
        _("%(mentor)s is more senior than you."),
        _("You are more senior than %(mentee)s."),
        _("%(mentor)s is more senior than %(mentee)s."),
    )


def _site(value: str, two: Two) -> str:
    of_two = _("You are both at the same site: %(site)s.")
    return _chosen(two, of_two, of_two, _("Both are at the same site: %(site)s."), site=value)


def _department(value: list[str], two: Two) -> str:
    of_two = _("You work in different departments: %(both)s.")
    return _chosen(two, of_two, of_two, _("They work in different departments: %(both)s."), both=_listed(value))


def _hours(value: list[int], two: Two) -> str:
    of_two = _("You usually have time on the same days: %(days)s.")
    days = _listed([WEEKDAYS[day] for day in value])
    return _chosen(two, of_two, of_two, _("They usually have time on the same days: %(days)s."), days=days)


def _languages(value: list[str], two: Two) -> str:
    of_two = _("You share a language: %(languages)s.")
    return _chosen(two, of_two, of_two, _("They share a language: %(languages)s."), languages=_listed(value))


def _say_interests(value: list[str], two: Two) -> str:
    of_two = _("You share an interest: %(interests)s.")
    return _chosen(two, of_two, of_two, _("They share an interest: %(interests)s."), interests=_listed(value))


def _aim(value: bool, two: Two) -> str:
    return _chosen(
        two,
        _("%(mentor)s knows the work where you want to get to."),
        _("You know the work where %(mentee)s wants to get to."),
        _("%(mentor)s knows the work where %(mentee)s wants to get to."),
    )


def _tenure(value: bool, two: Two) -> str:
    return _chosen(
        two,
        _("%(mentor)s has been here longer than you."),
        _("You have been here longer than %(mentee)s."),
        _("%(mentor)s has been here longer than %(mentee)s."),
    )


_SAYS: Mapping[str, Callable[[Any, Two], str]] = {
    CriterionName.SKILLS: _skills,
    CriterionName.SENIORITY: _seniority,
    CriterionName.SITE: _site,
    CriterionName.DEPARTMENT: _department,
    CriterionName.HOURS: _hours,
    CriterionName.LANGUAGES: _languages,
    CriterionName.INTERESTS: _say_interests,
    CriterionName.AIM: _aim,
    CriterionName.TENURE: _tenure,
}


def kept_words(name: str, until: datetime, now: datetime) -> str:
    """Whose place is kept for a mentee who chooses, and until when; or that none is kept any more."""
    if until <= now or not name:
        return _("No place is kept any more; whoever still has one can be chosen.")
    day = date_format(localtime(until), "l j F")
    return _("The place with %(name)s is kept for you until %(day)s.") % {"name": name, "day": day}
