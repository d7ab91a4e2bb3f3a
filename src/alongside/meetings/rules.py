"""What may be planned and written down, and what a date and a time mean in somebody's zone.

Rules answer with a sentence that says what is wrong and what to do, or None when all is well.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.meetings.terms import FURTHEST_AHEAD, FURTHEST_BACK, LONGEST, SHORTEST, SessionState

Sentence = str | Promise
_QUARTER = timedelta(minutes=15)
# Writing down is about what was; the rest is about what is to come.
_MAY_BECOME: dict[str, frozenset[str]] = {
    SessionState.PLANNED: frozenset(
        {SessionState.HELD, SessionState.MISSED, SessionState.MOVED, SessionState.CANCELLED}
    ),
    SessionState.MISSED: frozenset({SessionState.HELD}),
    SessionState.HELD: frozenset(),
    SessionState.MOVED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}
_WHY_NOT: dict[str, Sentence] = {
    SessionState.PLANNED: _("This session is planned already."),
    SessionState.HELD: _("This session has been written down already."),
    SessionState.MOVED: _("This session has been moved to another day."),
    SessionState.CANCELLED: _("This session has been cancelled. You can plan it again."),
    SessionState.MISSED: _("This session did not take place. You can plan another one."),
}


def why_not_write(accepted: bool, is_open: bool) -> Sentence | None:
    """Why nothing can be planned or written down in a pair now."""
    if not is_open:
        return _("Your time together has ended, so nothing more can be written. You can still read everything.")
    if not accepted:
        return _("You can plan sessions once both of you have said yes to each other.")
    return None


def why_not_become(state: str, to: str) -> Sentence | None:
    """Why a session cannot go from one state to another."""
    return None if to in _MAY_BECOME[state] else _WHY_NOT[state]


def outcome(present: Iterable[bool]) -> SessionState:
    """A session took place when everybody came."""
    return SessionState.HELD if all(present) else SessionState.MISSED


def fault_of_length(minutes: int) -> Sentence | None:
    """Why a session cannot be that long."""
    if not SHORTEST <= minutes <= LONGEST:
        return _("Choose a length from 5 to 600 minutes.")
    return None


def fault_of_plan(starts_at: datetime, now: datetime) -> Sentence | None:
    """Why a session cannot be planned for then."""
    if starts_at <= now:
        return _("This time has passed. Choose one that is still to come, or write down a session that you have had.")
    if starts_at - now > FURTHEST_AHEAD:
        return _("Choose a day within the next two years.")
    return None


def fault_of_record(starts_at: datetime, now: datetime) -> Sentence | None:
    """Why a session of then cannot be written down now."""
    if starts_at > now:
        return _("This is still to come. Write a session down once it has begun.")
    if now - starts_at > FURTHEST_BACK:
        return _("Choose a day within the last year.")
    return None


class Reading(NamedTuple):
    """What a date and a time mean in a zone. `twice`: the clocks go back then, and this is the first of two."""

    instant: datetime
    twice: bool


def read(day: date, at: time, zone: str) -> Reading | None:
    """The instant of a wall-clock time; None where the clocks jump over it."""
    wall = datetime.combine(day, at.replace(fold=0, tzinfo=None))
    try:
        first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:  # the last or first day that there is, in another zone
        return None
    if first.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        return None
    return Reading(first, twice=first != second)


def nearest(day: date, at: time, zone: str) -> tuple[datetime, datetime]:
    """The last quarter of an hour before a time that does not exist, and the first after it, on the wall clock."""
    wall = datetime.combine(day, at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0, tzinfo=None))
    before, after = wall - _QUARTER, wall + _QUARTER
    while read(before.date(), before.time(), zone) is None:
        before -= _QUARTER
    while read(after.date(), after.time(), zone) is None:
        after += _QUARTER
    return before, after


def same_clock(instant: datetime, one: str, other: str) -> bool:
    """Do the clocks of two zones show the same time at that instant?"""
    return instant.astimezone(ZoneInfo(one)).utcoffset() == instant.astimezone(ZoneInfo(other)).utcoffset()


def zone_words(starts_at: datetime, minutes: int, mine: str, theirs: str, partner: str) -> str:
    """Whose time a page shows, and what the other one's clock says where it differs."""
    if same_clock(starts_at, mine, theirs):
        return _now("%(place)s time, for both of you.") % {"place": place_of(mine)}
    here, there = starts_at.astimezone(ZoneInfo(mine)), starts_at.astimezone(ZoneInfo(theirs))
    words = (
        _now("%(place)s time. For %(partner)s it is %(start)s to %(end)s (%(their_place)s).")
        if here.date() == there.date()
        else _now("%(place)s time. For %(partner)s it is %(start)s to %(end)s on %(day)s (%(their_place)s).")
    )
    return words % {
        "place": place_of(mine),
        "their_place": place_of(theirs),
        "partner": partner,
        "start": date_format(there, "H:i"),
        "end": date_format(ends_at(starts_at, minutes, theirs), "H:i"),
        "day": date_format(there, "l j F"),
    }


def ends_at(starts_at: datetime, minutes: int, zone: str) -> datetime:
    """When a session ends, on the wall clock of a zone."""
    return (starts_at + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))


def place_of(zone: str) -> str:
    """The place that a zone is named after: "Europe/London" gives "London"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def headline(summary: str, longest: int = 70) -> str:
    """The first line of a summary, cut between words: how a session is called in lists."""
    first = next((line.strip() for line in summary.splitlines() if line.strip()), "")
    if len(first) <= longest:
        return first
    return first[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:–-") + "…"


def is_late(due_on: date | None, done: bool, today: date) -> bool:
    """Is an action late?"""
    return due_on is not None and not done and due_on < today
