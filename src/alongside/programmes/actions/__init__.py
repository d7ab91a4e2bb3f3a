"""Every change of programmes: `programmes` and who takes part, `design` on paper, `copying`, its `handbook`."""

from alongside.programmes.actions.copying import archive, duplicate, restore
from alongside.programmes.actions.design import (
    ChangedMeanwhile,
    Written,
    choose_model,
    drop_draft,
    keep_draft,
    save,
)
from alongside.programmes.actions.handbook import WrittenMeanwhile, go_back
from alongside.programmes.actions.handbook import write as write_handbook
from alongside.programmes.actions.handing_over import hand_over, name_coordinator
from alongside.programmes.actions.programmes import (
    Place,
    add_participants,
    ask_for_counts,
    change,
    change_capacity,
    close,
    count_funnel,
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
    "ChangedMeanwhile",
    "Place",
    "Written",
    "WrittenMeanwhile",
    "add_participants",
    "archive",
    "ask_for_counts",
    "change",
    "change_capacity",
    "choose_model",
    "close",
    "count_funnel",
    "create",
    "drop_draft",
    "duplicate",
    "end_participation",
    "go_back",
    "hand_over",
    "keep_draft",
    "launch",
    "mark_read",
    "name_coordinator",
    "refuse",
    "restore",
    "resume_participation",
    "roster_places",
    "save",
    "take_back_participants",
    "write_handbook",
]
