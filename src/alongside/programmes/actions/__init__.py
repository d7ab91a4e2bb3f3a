"""Every change of programmes: `programmes` and who takes part, `applying`, `asking` and `deciding` (by the moves of
`moving`),
`design` on paper, `copying`, its `handbook`.
"""

from alongside.programmes.actions import moving
from alongside.programmes.actions.announcing import announce, send_announcement
from alongside.programmes.actions.applying import (
    Said,
    begin,
    come_back,
    keep,
    leave,
    say_room,
    send,
    stay,
    take_back,
)
from alongside.programmes.actions.asking import (
    Asked,
    Wish,
    agree,
    ask,
    ask_all,
    decline,
    lapse_unanswered,
    recall,
    tell_invited,
)
from alongside.programmes.actions.copying import archive, duplicate, restore
from alongside.programmes.actions.counting import ask_for_counts, count_funnel
from alongside.programmes.actions.deciding import (
    Outcome,
    Verdict,
    carry_over,
    decide,
    decide_all,
    look_again,
    reorder,
    tell_asked,
    undo,
)
from alongside.programmes.actions.design import (
    ChangedMeanwhile,
    Written,
    choose_model,
    drop_draft,
    keep_draft,
    save,
)
from alongside.programmes.actions.exporting import export_people
from alongside.programmes.actions.handbook import WrittenMeanwhile, go_back
from alongside.programmes.actions.handbook import write as write_handbook
from alongside.programmes.actions.handing_over import hand_over, name_coordinator
from alongside.programmes.actions.programmes import (
    Place,
    add_participants,
    change,
    change_capacity,
    close,
    create,
    end_participation,
    launch,
    refuse,
    resume_participation,
    roster_places,
    take_back_participants,
)
from alongside.programmes.actions.rehearsal import mark_read

__all__ = [
    "Asked",
    "ChangedMeanwhile",
    "Outcome",
    "Place",
    "Said",
    "Verdict",
    "Wish",
    "Written",
    "WrittenMeanwhile",
    "add_participants",
    "agree",
    "announce",
    "archive",
    "ask",
    "ask_all",
    "ask_for_counts",
    "begin",
    "carry_over",
    "change",
    "change_capacity",
    "choose_model",
    "close",
    "come_back",
    "count_funnel",
    "create",
    "decide",
    "decide_all",
    "decline",
    "drop_draft",
    "duplicate",
    "end_participation",
    "export_people",
    "go_back",
    "hand_over",
    "keep",
    "keep_draft",
    "lapse_unanswered",
    "launch",
    "leave",
    "look_again",
    "mark_read",
    "moving",
    "name_coordinator",
    "recall",
    "refuse",
    "reorder",
    "restore",
    "resume_participation",
    "roster_places",
    "save",
    "say_room",
    "send",
    "send_announcement",
    "stay",
    "take_back",
    "take_back_participants",
    "tell_asked",
    "tell_invited",
    "undo",
    "write_handbook",
]
