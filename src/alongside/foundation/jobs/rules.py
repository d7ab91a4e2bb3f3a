"""When work is tried again, by itself and by hand."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.jobs.terms import DEAD, OPEN

FIRST_WAIT, LONGEST_WAIT = 10, 3600
LOSSES_ALLOWED = 10  # a killed worker is no fault of the job, but work that kills every worker must end


def wait_after(attempts: int) -> int:
    """Seconds to wait after this many failed attempts: ten, then six times as long each time, an hour at most."""
    return min(FIRST_WAIT * 6 ** max(attempts - 1, 0), LONGEST_WAIT)


def is_worn_out(losses: int) -> bool:
    """Has the work lost so many workers that it must not run again?"""
    return losses >= LOSSES_ALLOWED


def why_not_again(*, state: str, cause: str, known: bool) -> str | Promise | None:
    """Why work that was given up cannot be tried again by hand; None when it can."""
    if state in OPEN:
        return _("It is tried again already.")
    if cause not in DEAD:
        return _("It has ended. Nothing is left to try again.")
    return None if known else _("This installation does not know this kind of work any more.")


def why_not_aside(*, cause: str, is_aside: bool, put: bool) -> str | Promise | None:
    """Why work cannot be put aside (`put`) or back on the list; None when it can."""
    if cause not in DEAD:
        return _("It is not on the list any more.")
    if is_aside == put:
        return _("It was put aside already.") if put else _("It stands on the list already.")
    return None
