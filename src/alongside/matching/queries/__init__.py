"""Reads: `rounds`, a policy and what came of matching; `inputs`, what a run looks at."""

from alongside.matching.queries import inputs
from alongside.matching.queries.rounds import (
    is_under_way,
    is_up_to_date,
    left,
    marks,
    near,
    open_round,
    policy_of,
    proposals,
    questions,
    runs,
    said_by,
    shown_run,
    standing,
    unopened,
    unseen_by_others,
    visible_to,
    waiting_run,
)

__all__ = [
    "inputs",
    "is_under_way",
    "is_up_to_date",
    "left",
    "marks",
    "near",
    "open_round",
    "policy_of",
    "proposals",
    "questions",
    "runs",
    "said_by",
    "shown_run",
    "standing",
    "unopened",
    "unseen_by_others",
    "visible_to",
    "waiting_run",
]
