"""Every change of sessions: `planning` before, `recording` afterwards, `agreed` what follows, `drafts` in between."""

from alongside.meetings.actions.agreed import add_action, finish_action, reopen_action
from alongside.meetings.actions.base import ChangedMeanwhile, NewAction, Plan, Record, WrittenAlready
from alongside.meetings.actions.drafts import drop_draft, keep_draft
from alongside.meetings.actions.planning import cancel, change, plan, prepare
from alongside.meetings.actions.recording import change_note, change_summary, correct, edit, write_down

__all__ = [
    "ChangedMeanwhile",
    "NewAction",
    "Plan",
    "Record",
    "WrittenAlready",
    "add_action",
    "cancel",
    "change",
    "change_note",
    "change_summary",
    "correct",
    "drop_draft",
    "edit",
    "finish_action",
    "keep_draft",
    "plan",
    "prepare",
    "reopen_action",
    "write_down",
]
