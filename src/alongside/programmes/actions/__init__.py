"""Every change of programmes: `programmes` and who takes part, `design` on paper, `copying` and archiving."""

from alongside.programmes.actions.copying import archive, duplicate, restore
from alongside.programmes.actions.design import (
    ChangedMeanwhile,
    Written,
    choose_model,
    drop_draft,
    keep_draft,
    save,
)
from alongside.programmes.actions.programmes import (
    Place,
    add_participants,
    change,
    change_capacity,
    close,
    create,
    end_participation,
    launch,
    roster_places,
)

__all__ = [
    "ChangedMeanwhile",
    "Place",
    "Written",
    "add_participants",
    "archive",
    "change",
    "change_capacity",
    "choose_model",
    "close",
    "create",
    "drop_draft",
    "duplicate",
    "end_participation",
    "keep_draft",
    "launch",
    "restore",
    "roster_places",
    "save",
]
