"""How a design is put into words, wherever it is shown. Takes whatever has the fields of a design."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.programmes.terms import CalendarKind


def rhythm(design: Any) -> list[tuple[str, str]]:
    """How often, how long, for how long."""
    weeks, minutes, months = design.cadence_weeks, design.session_minutes, design.term_months
    every = ngettext("Every week", "Every %(count)s weeks", weeks or 0) % {"count": weeks}
    lasting = ngettext("One minute", "%(count)s minutes", minutes or 0) % {"count": minutes}
    going = ngettext("One month", "%(count)s months", months or 0) % {"count": months}
    return [
        (_("How often pairs meet"), every if weeks else ""),
        (_("How long a session takes"), lasting if minutes else ""),
        (_("How long a pair goes on"), going if months else ""),
    ]


def days(programme: Any, entries: Any) -> list[tuple[Any, str]]:
    """Every day of a programme with what it is, its first and last one too, in order."""
    set_ = [
        (entry.day, f"{CalendarKind(entry.kind).label}: {entry.words}" if entry.words else entry.get_kind_display())
        for entry in entries
    ]
    ends = [(programme.starts_on, _("First day")), (programme.ends_on, _("Last day"))]
    return sorted([*set_, *ends], key=lambda held: held[0])
