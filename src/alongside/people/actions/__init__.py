"""Every change of people: profiles, skills, line managers, invitations, rosters."""

from alongside.people.actions.committing import commit_roster
from alongside.people.actions.indexing import index_roster
from alongside.people.actions.joining import accept_invitation, set_up_account
from alongside.people.actions.leavers import keep_the_others, leave_one, let_leave, say_everybody
from alongside.people.actions.people import add_person, change_profile, invite, set_manager
from alongside.people.actions.rosters import (
    answer_question,
    begin_import,
    choose_columns,
    choose_heading,
    choose_sheet,
    delete_old_rows,
    discard_import,
    hand_over,
    stage_roster,
    start_from_guesses,
)
from alongside.people.actions.undoing import index_undone, undo_import

__all__ = [
    "accept_invitation",
    "add_person",
    "answer_question",
    "begin_import",
    "change_profile",
    "choose_columns",
    "choose_heading",
    "choose_sheet",
    "commit_roster",
    "delete_old_rows",
    "discard_import",
    "hand_over",
    "index_roster",
    "index_undone",
    "invite",
    "keep_the_others",
    "leave_one",
    "let_leave",
    "say_everybody",
    "set_manager",
    "set_up_account",
    "stage_roster",
    "start_from_guesses",
    "undo_import",
]
