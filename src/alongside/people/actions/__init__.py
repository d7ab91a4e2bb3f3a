"""Every change of people: profiles, skills, line managers, invitations, rosters."""

from alongside.people.actions.committing import commit_roster
from alongside.people.actions.exporting import export_people
from alongside.people.actions.indexing import index_roster
from alongside.people.actions.joining import accept_invitation, set_up_account, set_up_account_by_letter
from alongside.people.actions.leavers import keep_the_others, leave_one, let_leave, say_everybody
from alongside.people.actions.own import (
    NeedsSaid,
    PauseWanted,
    say,
    say_needs,
    say_room,
    say_times,
    say_who,
    show,
)
from alongside.people.actions.own_fields import remove_field, rename_field
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
from alongside.people.actions.skills import (
    accept_skills,
    add_other_word,
    add_skill,
    index_holders,
    merge_skills,
    remove_other_word,
    rename_skill,
    retire_skill,
    tidy_skills,
    undo_merge,
)
from alongside.people.actions.undoing import index_undone, undo_import

__all__ = [
    "NeedsSaid",
    "PauseWanted",
    "accept_invitation",
    "accept_skills",
    "add_other_word",
    "add_person",
    "add_skill",
    "answer_question",
    "begin_import",
    "change_profile",
    "choose_columns",
    "choose_heading",
    "choose_sheet",
    "commit_roster",
    "delete_old_rows",
    "discard_import",
    "export_people",
    "hand_over",
    "index_holders",
    "index_roster",
    "index_undone",
    "invite",
    "keep_the_others",
    "leave_one",
    "let_leave",
    "merge_skills",
    "remove_field",
    "remove_other_word",
    "rename_field",
    "rename_skill",
    "retire_skill",
    "say",
    "say_everybody",
    "say_needs",
    "say_room",
    "say_times",
    "say_who",
    "set_manager",
    "set_up_account",
    "set_up_account_by_letter",
    "show",
    "stage_roster",
    "start_from_guesses",
    "tidy_skills",
    "undo_import",
    "undo_merge",
]
