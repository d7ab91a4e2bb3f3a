"""What may become of words for skills, pauses, and when two people can usually meet: pure functions."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.terms import DayPart, SkillState

MERGE_DAYS = 30
"""How long a merger of two skills can be taken back."""

MOST_INTERESTS, LONGEST_INTEREST = 8, 30
"""How many interests somebody names at most, and how many characters one has."""


def why_not_merge(word: str, into: str, *, same: bool) -> str | Promise | None:
    """Why a word in state `word` cannot become another word for one in state `into`, or None."""
    if same:
        return _("That is the same word. Choose another one.")
    if SkillState.OTHER_WORD in (word, into):
        return _("One of the two leads to another word already. Look at the list again.")
    if into == SkillState.RETIRED:
        return _("That word is retired. Take it up again first, or choose another one.")
    return None


def why_not_undo(at: datetime, now: datetime, *, merged_on: bool) -> str | Promise | None:
    """Why a merger cannot be taken back, or None. `merged_on`: the skill it went into was merged itself since."""
    if now - at > timedelta(days=MERGE_DAYS):
        return _("Mergers can be taken back for 30 days. This one is older.")
    if merged_on:
        return _("What it was merged into has been merged itself since. Take that back first.")
    return None


def fault_of_pause(starts_on: date, ends_on: date | None, today: date) -> str | Promise | None:
    """Why somebody cannot pause between these days, or None."""
    if ends_on is None:
        return None
    if ends_on <= starts_on:
        return _("Choose a day after the first one.")
    return _("Choose a day that is still ahead.") if ends_on <= today else None


def is_paused(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Does somebody take nobody new today? On `ends_on` they are back."""
    return starts_on <= today and (ends_on is None or today < ends_on)


HOURS = {
    DayPart.MORNING: (time(8), time(12)),
    DayPart.MIDDAY: (time(12), time(14)),
    DayPart.AFTERNOON: (time(14), time(17)),
    DayPart.EVENING: (time(17), time(20)),
}
SHORTEST = timedelta(minutes=30)


class Weekly(NamedTuple):
    """A part of a weekday (0 is Monday) by the clocks of a zone."""

    day: int
    part: str
    zone: str


class Span(NamedTuple):
    """From one instant to another."""

    start: datetime
    end: datetime


def spans(weekly: Iterable[Weekly], monday: date) -> list[Span]:
    """The instants in the week of `monday` that weekly times mean, in order, those that touch made one.

    Clocks are set back and forward between weeks, so another week may give other instants.
    """
    found = sorted(_span(held, monday) for held in weekly)
    joined: list[Span] = []
    for span in found:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _span(held: Weekly, monday: date) -> Span:
    day, zone = monday + timedelta(days=held.day), ZoneInfo(held.zone)
    start, end = (datetime.combine(day, hour, zone).astimezone(UTC) for hour in HOURS[DayPart(held.part)])
    return Span(start, end)


def common(mine: Iterable[Weekly], theirs: Iterable[Weekly], monday: date) -> list[Span]:
    """When both can in the week of `monday`: half an hour or more. In other zones it may be another day."""
    theirs = list(theirs)
    near = [span for week in (-7, 0, 7) for span in spans(theirs, monday + timedelta(days=week))]
    both = [
        Span(max(one.start, other.start), min(one.end, other.end))
        for one in spans(mine, monday)
        for other in near
        if min(one.end, other.end) - max(one.start, other.start) >= SHORTEST
    ]
    return sorted(both)
