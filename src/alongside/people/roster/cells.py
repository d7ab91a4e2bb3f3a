"""What stands in a cell of a workbook, as text. Knows no Django."""

from datetime import date, datetime, time, timedelta
from typing import Any


def as_text(value: Any) -> str:
    """A cell's value as the roster reads it: whole numbers without a fraction, dates as ISO."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
