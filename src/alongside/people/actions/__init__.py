"""Every change of people: profiles, skills, line managers, invitations, rosters."""

from alongside.people.actions.committing import commit_roster
from alongside.people.actions.people import add_person, change_profile, invite, set_manager
from alongside.people.actions.rosters import (
    answer_question,
    begin_import,
    choose_columns,
    delete_old_rows,
    discard_import,
    hand_over,
    stage_roster,
)

__all__ = [
    "add_person",
    "answer_question",
    "begin_import",
    "change_profile",
    "choose_columns",
    "commit_roster",
    "delete_old_rows",
    "discard_import",
    "hand_over",
    "invite",
    "set_manager",
    "stage_roster",
]
