"""When a record's day has come, and why somebody's records may not go: plain values."""

from calendar import monthrange
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.records.terms import HoldKind

EXPORTS_KEPT_DAYS = 30
NAME_CLASSES = frozenset({"account", "roster_upload", "mail", "operations", "reads", "with_the_record"})
"""The classes of what goes with the name of whoever left long ago: what they wrote has days of its own."""


def months_before(moment: datetime, months: int) -> datetime:
    """The same moment some months earlier; on the month's last day where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def held_back(kind: str, since: datetime, by: str) -> str:
    """Why nothing of somebody may go: which hold, since when, by whom; never its reason."""
    said = {"kind": HoldKind(kind).label, "day": date_format(since, "j F Y"), "name": by}
    return _("%(kind)s since %(day)s, set by %(name)s: nothing is deleted until a privacy officer lifts it.") % said
