"""When work is tried again."""

FIRST_WAIT, LONGEST_WAIT = 10, 3600
LOSSES_ALLOWED = 10  # a killed worker is no fault of the job, but work that kills every worker must end


def wait_after(attempts: int) -> int:
    """Seconds to wait after this many failed attempts: ten, then six times as long each time, an hour at most."""
    return min(FIRST_WAIT * 6 ** max(attempts - 1, 0), LONGEST_WAIT)


def is_worn_out(losses: int) -> bool:
    """Has the work lost so many workers that it must not run again?"""
    return losses >= LOSSES_ALLOWED
