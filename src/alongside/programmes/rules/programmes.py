"""What a programme must be, and why it may not be launched yet."""

from collections.abc import Collection
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.programmes.terms import Part, ProgrammeState

MOST_PLACES = 20
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)  # days around them can be reckoned with


def fault_of_dates(starts_on: date, ends_on: date) -> str | Promise | None:
    """Why these two dates cannot be, or None."""
    if starts_on < EARLIEST or ends_on > LATEST:
        return _("Choose days between 1 January 2000 and 31 December 2099.")
    if ends_on <= starts_on:
        return _("Choose a last day after the first day.")
    return None


def fault_of_state(state: str) -> str | Promise | None:
    """Why nobody can be added any more, or None."""
    return _("This programme is closed.") if state == ProgrammeState.CLOSED else None


def why_not_launch(mentors: int, mentees: int, can_come: Collection[str] = ()) -> list[str | Promise]:
    """What is missing before people can be paired and told; empty when nothing is.

    Nobody need be there yet of a part for which people can apply, or somebody is asked (`can_come`).
    """
    reasons: list[str | Promise] = []
    if not mentors and Part.MENTOR not in can_come:
        reasons.append(_("Add one mentor or more."))
    if not mentees and Part.MENTEE not in can_come:
        reasons.append(_("Add one mentee or more."))
    return reasons
