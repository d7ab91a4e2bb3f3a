"""When a mail goes: at once, after quiet hours, or gathered with others. Pure functions on plain values."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.foundation.notifications.terms import MOST_A_DAY, Rhythm, Urgency

USUAL_HOUR = 8
MONDAY = 0


@dataclass(frozen=True)
class Wishes:
    """How somebody wants their mail: hours are of their own zone, from 0 to 23."""

    rhythm: str = Rhythm.EACH
    hour: int = USUAL_HOUR
    quiet_from: int | None = None
    quiet_until: int | None = None
    most_a_day: int = MOST_A_DAY
    zone: str = "UTC"


@dataclass(frozen=True)
class Plan:
    """What becomes of a mail that would go now. Without `at` it goes."""

    at: datetime | None = None
    gather: bool = False


GO = Plan()


def plan(urgency: str, wishes: Wishes, *, now: datetime, sent_today: int) -> Plan:
    """Whether a mail goes now, waits for the end of quiet hours, or is gathered for the next mail of several."""
    if urgency == Urgency.AT_ONCE:
        return GO
    if urgency == Urgency.CAN_WAIT and wishes.rhythm != Rhythm.EACH:
        return Plan(next_gathering(wishes, now), gather=True)
    if until := end_of_quiet(wishes, now):
        return Plan(until)
    if sent_today >= wishes.most_a_day:
        return Plan(next_gathering(wishes, now), gather=True)
    return GO


def end_of_quiet(wishes: Wishes, now: datetime) -> datetime | None:
    """When the quiet hours end that somebody is in; None outside of them."""
    begin, end = wishes.quiet_from, wishes.quiet_until
    if begin is None or end is None:
        return None
    wall = now.astimezone(ZoneInfo(wishes.zone))
    over_midnight = begin > end
    within = wall.hour >= begin or wall.hour < end if over_midnight else begin <= wall.hour < end
    if not within:
        return None
    tomorrow = over_midnight and wall.hour >= begin
    return _at(wall.date() + timedelta(days=tomorrow), end, wishes.zone)


def next_gathering(wishes: Wishes, now: datetime) -> datetime:
    """When what is gathered goes next: every day, or every Monday, at the hour that somebody chose."""
    day = now.astimezone(ZoneInfo(wishes.zone)).date()
    while True:
        moment = _at(day, wishes.hour, wishes.zone)
        if moment > now and (wishes.rhythm != Rhythm.WEEKLY or day.weekday() == MONDAY):
            return moment
        day += timedelta(days=1)


def start_of_day(wishes: Wishes, now: datetime) -> datetime:
    """When somebody's day began."""
    return _at(now.astimezone(ZoneInfo(wishes.zone)).date(), 0, wishes.zone)


def _at(day: date, hour: int, zone: str) -> datetime:
    # An hour that the clocks leave out comes out as the one after it.
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)
