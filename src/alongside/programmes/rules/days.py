"""The days of a programme: which can be, and which are usual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.programmes.rules.gaps import Sentence
from alongside.programmes.terms import CalendarKind

SATURDAY = 5
USUAL_CADENCE = 4  # weeks
LATEST = date(2200, 12, 31)  # no slip of the finger reaches further


@dataclass(frozen=True)
class Day:
    """A day that is set, or proposed."""

    kind: str
    day: date
    words: str = ""


def in_words(day: date) -> str:
    """As sentences name it: 3 May 2027."""
    return date_format(day, "j F Y")


def fault_of_day(kind: str, day: date, starts_on: date, ends_on: date) -> Sentence | None:
    """Why something cannot be on this day, or None."""
    if day > ends_on:
        return _("Choose a day up to the last one (%(last)s).") % {"last": in_words(ends_on)}
    if kind == CalendarKind.REVIEW and day < starts_on:
        return _("Choose a day from the first one on (%(first)s).") % {"first": in_words(starts_on)}
    return None


def fault_of_order(kind: str, day: date, days: Iterable[Day]) -> Sentence | None:
    """Why pairs cannot be made on this day, or None: everybody must be able to enrol before."""
    enrolment = max((held.day for held in days if held.kind == CalendarKind.ENROL), default=None)
    if kind == CalendarKind.MATCH and enrolment and day < enrolment:
        return _("Choose a day after enrolment has ended (%(day)s).") % {"day": in_words(enrolment)}
    return None


def shifted(day: date | None, by: timedelta) -> date | None:
    """A day moved along with the programme that it belongs to."""
    return None if day is None else day + by


def _working(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def usual(starts_on: date, ends_on: date, today: date, cadence_weeks: int | None = None) -> list[Day]:
    """The days that a programme of these dates usually has, none on a weekend: to be looked at, then saved."""
    before = [
        (CalendarKind.ENROL, starts_on - timedelta(weeks=4), ""),
        (CalendarKind.MATCH, starts_on - timedelta(weeks=2), ""),
        (CalendarKind.BRIEFING, starts_on - timedelta(weeks=1), _("For mentors, mentees and line managers")),
    ]
    if starts_on >= today:
        before = [(kind, max(day, today), words) for kind, day, words in before]
    third = starts_on + timedelta(weeks=3 * (cadence_weeks or USUAL_CADENCE))
    halfway = starts_on + (ends_on - starts_on) / 2
    reviews = [
        (third, _("After the third session: does it fit?")),
        (halfway, _("Halfway: what has moved, what needs changing?")),
        (ends_on - timedelta(weeks=2), _("Looking back together")),
    ]
    found = [*before, (CalendarKind.LAUNCH, starts_on, _("Everybody meets"))]
    found += [(CalendarKind.REVIEW, day, words) for day, words in reviews]
    days = [Day(kind, _working(day), str(words)) for kind, day, words in found]
    return [held for held in _in_order(days) if not fault_of_day(held.kind, held.day, starts_on, ends_on)]


def _in_order(days: list[Day]) -> list[Day]:
    """Without a first review that would come after halfway."""
    reviews = [held for held in days if held.kind == CalendarKind.REVIEW]
    crowded = reviews[:1] if reviews[0].day >= reviews[1].day else []
    return sorted((held for held in days if held not in crowded), key=lambda held: held.day)
