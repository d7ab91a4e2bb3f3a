"""Reads of readiness: the `code` of ethics, and how `people` stand to what is asked of them."""

from alongside.readiness.queries.code import (
    acceptances_visible_to,
    code_for,
    codes_visible_to,
    in_force,
    reach,
)
from alongside.readiness.queries.people import (
    Asking,
    Standing,
    absent,
    asking_of,
    counts,
    own,
    own_programmes,
    ready,
    search,
    standing,
    standings,
    undecided,
    undecided_in,
    with_days,
    with_state,
)

__all__ = [
    "Asking",
    "Standing",
    "absent",
    "acceptances_visible_to",
    "asking_of",
    "code_for",
    "codes_visible_to",
    "counts",
    "in_force",
    "own",
    "own_programmes",
    "reach",
    "ready",
    "search",
    "standing",
    "standings",
    "undecided",
    "undecided_in",
    "with_days",
    "with_state",
]
