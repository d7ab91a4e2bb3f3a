"""The only clock. Everything that asks for the time asks here, so that tests can set it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The present day in `zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()
