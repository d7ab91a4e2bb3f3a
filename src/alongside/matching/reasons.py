"""Why two people fit, criterion by criterion, in words: pure functions on what both said when a run was made.

A reason says what is there and what is not. It never calls anybody good or bad.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching import fit
from alongside.matching.fit import One, Scale
from alongside.matching.terms import AnyCriterion, CriterionName, OwnCriterion
from alongside.people.terms import DayPart

NAMED = 4
"""How many skills, times and so on are named before the rest is counted."""

BRIEFLY = 3
"""How many reasons stand in a line of the board."""


@dataclass(frozen=True)
class Two:
    """Two people as reasons call them, with what they said."""

    mentee: One
    mentor: One
    mentee_name: str
    mentor_name: str

    @property
    def names(self) -> dict[str, str]:
        """For sentences."""
        return {"mentee": self.mentee_name, "mentor": self.mentor_name}

    def both(self, what: str) -> tuple[str, str]:
        """One thing that each may have said."""
        return self.mentee.said.get(what, ""), self.mentor.said.get(what, "")

    def common(self, what: str) -> list[str]:
        """What both have said, in the mentee's order."""
        held = set(self.mentor.said.get(what, ()))
        return [word for word in self.mentee.said.get(what, ()) if word in held]


@dataclass(frozen=True)
class Share:
    """What one criterion gave: so many points of a hundred of at most so many, the sentence, and a word for a list."""

    name: AnyCriterion
    words: str | Promise
    got: int
    of: int
    note: str
    brief: str = ""


Reason = tuple[str, str]  # the sentence, and what stands in a list; empty where it would say nothing


def shares(scale: Scale, points: Mapping[str, int], two: Two) -> list[Share]:
    """What every criterion of a run gave a pair, the heaviest first. What is shown adds up to the score."""
    got = fit.shown(points)
    found = []
    for name, weight in scale.policy.criteria:
        note, brief = _own(name, two) if isinstance(name, OwnCriterion) else _REASONS[name](scale, two)
        reached = got.get(name, 0)
        found.append(Share(name, name.label, reached, weight, note, brief if reached else ""))
    return found


def note(name: CriterionName, scale: Scale, two: Two) -> str:
    """How it is between two people in one respect, whatever a policy gives for it."""
    return str(_REASONS[name](scale, two)[0])


def briefly(found: Iterable[Share]) -> str:
    """The reasons of a pair in one line."""
    said = [share.brief for share in found if share.brief][:BRIEFLY]
    line = "; ".join(said)
    return line[:1].upper() + line[1:] if line else _("Little in common")


def named(words: Iterable[str], most: int = NAMED) -> str:
    """Words in a row; what is more than a few is counted."""
    held = list(words)
    said = held[:most]
    if more := len(held) - len(said):
        said.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return ", ".join(said)


def when(hour: str) -> str:
    """A usual time, such as “0 morning”, as people say it."""
    day, part = hour.split(" ", 1)
    return _("%(day)s %(part)s") % {"day": WEEKDAYS[int(day)], "part": str(DayPart(part).label).lower()}


def _skills(scale: Scale, two: Two) -> Reason:
    wanted = two.mentee.said.get("wanted", [])
    offered = set(two.mentor.said.get("offered", ()))
    common = [word for word in wanted if word in offered]
    missing = [word for word in wanted if word not in offered]
    if not wanted:
        return _("%(mentee)s has named no skills yet.") % two.names, ""
    if not common:
        said = two.names | {"missing": named(missing)}
        return _("%(mentor)s offers none of what %(mentee)s wants: %(missing)s.") % said, ""
    if not missing:
        return _("All that %(mentee)s wants: %(skills)s.") % (two.names | {"skills": named(common)}), named(common, 2)
    return _("%(skills)s. Not: %(missing)s.") % {"skills": named(common), "missing": named(missing)}, named(common, 2)


def _seniority(scale: Scale, two: Two) -> Reason:
    steps, (low, high) = scale.steps(two.mentee, two.mentor), two.both("grade")
    if steps is None:
        return _("Not known: a grade is missing, or stands in no order."), ""
    grades = two.names | {"low": low, "high": high, "count": abs(steps)}
    if steps == 0:
        return _("Both have the grade %(high)s.") % grades, _("the same grade")
    if steps < 0:
        words = ngettext(
            "%(mentor)s is less senior by %(count)s grade: %(high)s against %(low)s.",
            "%(mentor)s is less senior by %(count)s grades: %(high)s against %(low)s.",
            -steps,
        )
        return words % grades, _("less senior")
    words = ngettext(
        "%(mentor)s is more senior by %(count)s grade: %(high)s against %(low)s.",
        "%(mentor)s is more senior by %(count)s grades: %(high)s against %(low)s.",
        steps,
    )
    brief = ngettext("more senior by %(count)s grade", "more senior by %(count)s grades", steps)
    return words % grades, brief % {"count": steps}


def _site(scale: Scale, two: Two) -> Reason:
    mentee, mentor = two.both("site")
    if not mentee or not mentor:
        return _("Not known: one of the two has named no site."), ""
    if mentee == mentor:
        words = _("both at %(site)s") % {"site": mentee}
        return _("Both are at %(site)s.") % {"site": mentee}, words
    said = two.names | {"here": mentee, "there": mentor}
    return _("%(mentee)s is at %(here)s, %(mentor)s at %(there)s.") % said, ""


def _department(scale: Scale, two: Two) -> Reason:
    mentee, mentor = two.both("department")
    if not mentee or not mentor:
        return _("Not known: one of the two has named no department."), ""
    if mentee == mentor:
        return _("Both are in %(department)s.") % {"department": mentee}, _("the same department")
    said = two.names | {"here": mentee, "there": mentor}
    words = _("%(mentee)s is in %(here)s, %(mentor)s in %(there)s.") % said
    return words, _("another department")


def _hours(scale: Scale, two: Two) -> Reason:
    if silent := _silent("hours", two):
        return _("%(name)s has named no usual times.") % {"name": silent}, ""
    common = [when(hour) for hour in two.common("hours")]
    if not common:
        return _("No usual times in common."), ""
    brief = ngettext("%(count)s usual time in common", "%(count)s usual times in common", len(common))
    return _("Both can meet: %(times)s.") % {"times": named(common)}, brief % {"count": len(common)}


def _languages(scale: Scale, two: Two) -> Reason:
    if silent := _silent("languages", two):
        return _("%(name)s has named no languages.") % {"name": silent}, ""
    common = two.common("languages")
    if not common:
        return _("No language in common."), ""
    return _("Both speak: %(languages)s.") % {"languages": named(common)}, named(common, 2)


def _interests(scale: Scale, two: Two) -> Reason:
    if silent := _silent("interests", two):
        return _("%(name)s has named no interests.") % {"name": silent}, ""
    theirs = fit.interests(two.mentor.said)
    common = [word for folded, word in fit.interests(two.mentee.said).items() if folded in theirs]
    if not common:
        return _("No interests in common."), ""
    return _("Both have named: %(interests)s.") % {"interests": named(common)}, named(common, 2)


def _silent(what: str, two: Two) -> str:
    """The name of the first of the two who has not said it."""
    both = ((two.mentee, two.mentee_name), (two.mentor, two.mentor_name))
    return next((name for one, name in both if not one.said.get(what)), "")


def _aim(scale: Scale, two: Two) -> Reason:
    words, work = fit.aim_words(two.mentee.said), fit.work_words(two.mentor.said)
    if not words:
        return _("%(mentee)s has not said where they want to get to.") % two.names, ""
    common = [word for word in words if word in work]
    if not common:
        return _("No word of where %(mentee)s wants to get to stands in what %(mentor)s does.") % two.names, ""
    said = two.names | {"words": named(common)}
    words_said = _("Where %(mentee)s wants to get to and what %(mentor)s does share: %(words)s.") % said
    return words_said, _("near to where %(mentee)s wants to get to") % two.names


def _wishes(scale: Scale, two: Two) -> Reason:
    # Whom somebody asked for is theirs and the engine's: neither a coordinator nor the other one reads it here.
    return _("From what the two asked for. Whom somebody asked for is theirs alone to know."), ""


def _tenure(scale: Scale, two: Two) -> Reason:
    late, early = (held[:4] for held in two.both("since"))
    if not late or not early:
        return _("Not known: one of the two has no first day."), ""
    years = int(late) - int(early)
    if years <= 0:
        return _("%(mentor)s has not been here longer than %(mentee)s.") % two.names, ""
    words = ngettext(
        "%(mentor)s has been here %(count)s year longer.", "%(mentor)s has been here %(count)s years longer.", years
    )
    brief = ngettext("%(count)s year longer here", "%(count)s years longer here", years)
    return words % (two.names | {"count": years}), brief % {"count": years}


def _share(scale: Scale, two: Two) -> Reason:
    count = int(two.mentor.said.get("mentees", 0))
    if not count:
        return _("%(mentor)s had no mentee when this was worked out.") % two.names, ""
    words = ngettext(
        "%(mentor)s had %(count)s mentee when this was worked out.",
        "%(mentor)s had %(count)s mentees when this was worked out.",
        count,
    )
    return words % (two.names | {"count": count}), ""


def _own(name: OwnCriterion, two: Two) -> Reason:
    mentee, mentor = (fit.own(name.field, one.said) for one in (two.mentee, two.mentor))
    about = two.names | {"field": name.about}
    if not mentee or not mentor:
        who = two.mentor_name if mentee else two.mentee_name
        return _("Not known: “%(field)s” says nothing of %(name)s.") % (about | {"name": who}), ""
    here, there = _read(mentee), _read(mentor)
    if mentee == mentor:
        said = about | {"words": here}
        return _("“%(field)s” says the same of both: %(words)s.") % said, _("%(field)s: %(words)s") % said
    words = _("“%(field)s” says of %(mentee)s: %(here)s; of %(mentor)s: %(there)s.")
    return words % (about | {"here": here, "there": there}), _("not the same: %(field)s") % about


def _read(choice: str) -> str:
    """What a field says, as people read it: a yes and a no are kept as codes."""
    return {"yes": _("yes"), "no": _("no")}.get(choice, choice)


_REASONS: Mapping[CriterionName, Callable[[Scale, Two], Reason]] = {
    CriterionName.SKILLS: _skills,
    CriterionName.SENIORITY: _seniority,
    CriterionName.SITE: _site,
    CriterionName.DEPARTMENT: _department,
    CriterionName.HOURS: _hours,
    CriterionName.LANGUAGES: _languages,
    CriterionName.INTERESTS: _interests,
    CriterionName.AIM: _aim,
    CriterionName.WISHES: _wishes,
    CriterionName.TENURE: _tenure,
    CriterionName.SHARE: _share,
}
