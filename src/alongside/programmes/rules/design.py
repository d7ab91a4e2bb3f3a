"""What a design lacks, section by section, and what may still be changed in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.programmes.rules.days import Day, fault_of_day, in_words
from alongside.programmes.rules.gaps import Gap, Sentence
from alongside.programmes.rules.separation import Roles, advice
from alongside.programmes.rules.separation import gaps as gaps_of_roles
from alongside.programmes.terms import CalendarKind, ProgrammeState, Section, SectionState

FEWEST_BARRIERS, FEWEST_TOOLS, FEWEST_REVIEWS = 2, 3, 2
MOST_LINES = 40  # of a kind in a section
SIDES = ("mentor", "mentee", "organisation")
# Pairs have begun on them, and people were told: what was said of them at the launch stays.
FIXED_AT_LAUNCH = frozenset({"style", "shape", "basis"})


class Aim(NamedTuple):
    """An objective as these rules need to know it."""

    words: str
    measure: str
    target: str


class Hindrance(NamedTuple):
    """An expected barrier as these rules need to know it."""

    side: str
    words: str
    remedy: str
    owner: str


@dataclass(frozen=True)
class Paper:
    """A programme’s design as plain facts. `saved` holds the sections that somebody has saved."""

    starts_on: date
    ends_on: date
    aims: tuple[Aim, ...] = ()
    benefits: Mapping[str, str] = field(default_factory=dict)  # by mentee, mentor, organisation
    audience: str = ""
    eligibility: str = ""
    style: str = ""
    shape: str = ""
    cadence_weeks: int | None = None
    session_minutes: int | None = None
    term_months: int | None = None
    model_reason: str = ""
    roles: Roles = field(default_factory=Roles)
    covered: bool = False
    barriers: tuple[Hindrance, ...] = ()
    tools: int = 0
    reviews: int = 0
    days: tuple[Day, ...] = ()
    basis: str = ""
    notice: str = ""
    contact: str = ""
    retention: str = ""
    assessed: bool = False
    saved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Progress:
    """How far a section is."""

    section: Section
    state: SectionState
    gaps: tuple[Gap, ...]

    @property
    def refuses(self) -> bool:
        """Does the launch wait for it?"""
        return any(gap.refuses for gap in self.gaps)

    @property
    def advised(self) -> tuple[Gap, ...]:
        """What is missing and the launch does not wait for."""
        return tuple(gap for gap in self.gaps if not gap.refuses)

    @property
    def words(self) -> Sentence:
        """“Done”, “Two things left”, “Not begun”."""
        return left(self.gaps) if self.state == SectionState.LEFT else self.state.label


_FEW = {
    1: _("One thing left"),
    2: _("Two things left"),
    3: _("Three things left"),
    4: _("Four things left"),
    5: _("Five things left"),
}


def left(gaps: Sequence[Gap]) -> Sentence:
    """How much that is, in words."""
    count = len(gaps)
    return _FEW.get(count) or ngettext("%(count)s thing left", "%(count)s things left", count) % {"count": count}


def _gap(section: Section, words: Sentence, why: Sentence, *, refuses: bool = False) -> Gap:
    return Gap(section, words, why, refuses)


def _why(paper: Paper) -> list[Gap]:
    found = []
    if not paper.aims:
        why = _("By its objectives a programme is looked back on at the end.")
        found.append(_gap(Section.WHY, _("Write one objective or more"), why))
    for aim in paper.aims:
        named = {"words": aim.words}
        if not aim.measure:
            why = _("Without one nobody can say how far it has come.")
            found.append(_gap(Section.WHY, _("Say how “%(words)s” is measured") % named, why))
        if not aim.target:
            why = _("A number alone does not say whether it is enough.")
            found.append(_gap(Section.WHY, _("Say what would be enough for “%(words)s”") % named, why))
    why = _("People give time more gladly when they know what it brings.")
    gains = {
        "mentee": _("Say what mentees gain"),
        "mentor": _("Say what mentors gain"),
        "organisation": _("Say what the organisation gains"),
    }
    return found + [_gap(Section.WHY, words, why) for side, words in gains.items() if not paper.benefits.get(side)]


def _whom(paper: Paper) -> list[Gap]:
    found = []
    if not paper.audience:
        why = _("Whoever reads it knows whether it is meant for them.")
        found.append(_gap(Section.WHOM, _("Say for whom the programme is"), why))
    if not paper.eligibility:
        why = _("All are judged alike, and whoever is turned down can see why.")
        found.append(_gap(Section.WHOM, _("Say who can take part"), why))
    return found


def _how(paper: Paper) -> list[Gap]:
    asked = [
        (paper.style, _("Choose a style"), _("Mentors know whether to help people think or to open doors for them.")),
        (paper.shape, _("Choose a form"), _("It says who brings the experience.")),
        (paper.cadence_weeks, _("Say how often pairs meet"), _("Without a rhythm, weeks go by.")),
        (paper.session_minutes, _("Say how long a session takes"), _("Line managers can then free the time.")),
        (paper.term_months, _("Say how long a pair goes on"), _("An end that is known keeps a pair from drifting.")),
    ]
    found = [_gap(Section.HOW, words, why) for value, words, why in asked if not value]
    if paper.term_months and paper.term_months * 30 > (paper.ends_on - paper.starts_on).days + 30:
        words = _("Shorten the time of a pair, or move the last day: pairs would go on after it")
        found.append(_gap(Section.HOW, words, _("After the last day nobody looks after them.")))
    return found


def _model(paper: Paper) -> list[Gap]:
    if paper.model_reason:
        return []
    why = _("It stands on the programme’s page, and shows that the model was chosen and not just taken.")
    return [_gap(Section.MODEL, _("Say why this model"), why)]


def _who(paper: Paper) -> list[Gap]:
    return gaps_of_roles(paper.roles) + advice(paper.roles, covered=paper.covered)


def _barriers(paper: Paper) -> list[Gap]:
    asked = {
        "mentor": _("Expect two barriers or more for mentors"),
        "mentee": _("Expect two barriers or more for mentees"),
        "organisation": _("Expect two barriers or more for the organisation"),
    }
    why = _("What is expected can be met early.")
    found = [
        _gap(Section.BARRIERS, asked[side], why)
        for side in SIDES
        if sum(barrier.side == side for barrier in paper.barriers) < FEWEST_BARRIERS
    ]
    for barrier in paper.barriers:
        named = {"words": barrier.words}
        if not barrier.remedy:
            words = _("Say what helps against “%(words)s”") % named
            found.append(_gap(Section.BARRIERS, words, _("A barrier without a remedy only discourages.")))
        if not barrier.owner:
            words = _("Say who sees to “%(words)s”") % named
            found.append(_gap(Section.BARRIERS, words, _("What everybody sees to, nobody does.")))
    return found


def _tools(paper: Paper) -> list[Gap]:
    found = []
    if paper.tools < FEWEST_TOOLS:
        why = _("People differ in how they find out what they want; with one way alone, some are left out.")
        found.append(_gap(Section.TOOLS, _("Choose three ways to find a goal, or more"), why))
    if paper.reviews < FEWEST_REVIEWS:
        why = _("One way alone shows one side.")
        found.append(_gap(Section.TOOLS, _("Choose two ways to review, or more"), why))
    return found


def _calendar(paper: Paper) -> list[Gap]:
    asked = {
        CalendarKind.ENROL: (_("Say when enrolment ends"), _("People know how long they can think about it.")),
        CalendarKind.MATCH: (_("Say when pairs are made"), _("Whoever has enrolled knows when they hear.")),
        CalendarKind.REVIEW: (_("Set a review, or several"), _("What has no day is put off.")),
    }
    held = {day.kind for day in paper.days}
    found = [_gap(Section.CALENDAR, *said) for kind, said in asked.items() if kind not in held]
    for day in paper.days:
        if fault := fault_of_day(day.kind, day.day, paper.starts_on, paper.ends_on):
            words = _("Move “%(what)s” from %(day)s")
            named = {"what": day.words or CalendarKind(day.kind).label, "day": in_words(day.day)}
            found.append(_gap(Section.CALENDAR, words % named, fault))
    return found


def _privacy(paper: Paper) -> list[Gap]:
    found = []
    if not paper.basis:
        why = _("The use of people’s data has to rest on one before it begins.")
        found.append(_gap(Section.PRIVACY, _("Confirm the lawful basis"), why, refuses=True))
    if not paper.notice:
        why = _("People can read beforehand what is kept about them, and why.")
        found.append(_gap(Section.PRIVACY, _("Say where people read your privacy notice"), why, refuses=True))
    if not paper.contact:
        why = _("People need somebody to ask about their data.")
        found.append(_gap(Section.PRIVACY, _("Name a privacy contact"), why, refuses=True))
    if not paper.retention:
        why = _("Whoever is responsible for data protection should agree to them.")
        found.append(_gap(Section.PRIVACY, _("Agree how long records are kept"), why))
    if not paper.assessed:
        why = _("It shows what was weighed before records about people are kept.")
        found.append(_gap(Section.PRIVACY, _("Say when the impact on people was assessed"), why))
    return found


_ASKED = {
    Section.WHY: _why,
    Section.WHOM: _whom,
    Section.HOW: _how,
    Section.MODEL: _model,
    Section.WHO: _who,
    Section.BARRIERS: _barriers,
    Section.TOOLS: _tools,
    Section.CALENDAR: _calendar,
    Section.PRIVACY: _privacy,
}


def gaps(paper: Paper, *sections: str) -> list[Gap]:
    """Everything that is left to do, in the order of the sections; of these sections only, where some are named."""
    return [gap for section, asked in _ASKED.items() if not sections or section in sections for gap in asked(paper)]


def progress(paper: Paper) -> list[Progress]:
    """How far each section is. Without a gap it is done, whoever wrote it; never saved, with gaps, it is not begun."""
    found = []
    for section, asked in _ASKED.items():
        missing = tuple(asked(paper))
        begun = SectionState.LEFT if section in paper.saved else SectionState.NOT_BEGUN
        found.append(Progress(section, begun if missing else SectionState.DONE, missing))
    return found


def next_section(found: Iterable[Progress], after: str = "") -> Section | None:
    """The section to write next: the first one not done, from the one after `after` on and then from the beginning."""
    order = list(found)
    keys = [one.section.value for one in order]
    start = keys.index(after) + 1 if after in keys else 0
    turned = order[start:] + order[:start]
    return next((one.section for one in turned if one.state != SectionState.DONE and one.section != after), None)


def is_address(words: str) -> bool:
    """Can this be followed as a link? Nothing but a plain web address."""
    return words.startswith(("https://", "http://")) and not any(character.isspace() for character in words)


def fault_of_change(state: str, changed: Iterable[str]) -> Sentence | None:
    """Why these fields cannot be changed any more, or None."""
    if state == ProgrammeState.CLOSED:
        return _("This programme is closed. It stays as it is.")
    if state == ProgrammeState.RUNNING and FIXED_AT_LAUNCH & set(changed):
        return _("Style, form and lawful basis stay as they were at launch: pairs have begun on them.")
    return None
