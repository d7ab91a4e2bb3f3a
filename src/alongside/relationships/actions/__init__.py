"""Every change of a pair: `pairs` from proposal to end, `holds` puts contact on hold and lets it go on,
`ticks` keeps what people say of their duties.

The others are for pairs that met before Alongside: `running` takes a file in hand and checks it,
`taking_in` and `taking_out` are its two ends, `telling` tells the two.
"""

from alongside.relationships.actions import running, taking_in, taking_out, telling
from alongside.relationships.actions.exporting import export_pairs
from alongside.relationships.actions.holds import OnHold, hold, hold_apart, locked, release, release_apart
from alongside.relationships.actions.learned import take_back_learned
from alongside.relationships.actions.pairs import (
    NotPossible,
    NotYet,
    accept,
    begin_waiting,
    decline,
    end,
    move,
    move_on_if_ready,
    needs_for,
    propose,
    resume,
    withdraw,
    withdraw_whole,
)
from alongside.relationships.actions.proposing import NotThese, propose_all
from alongside.relationships.actions.reminding import bring_to_the_list, remind, remind_by_hand
from alongside.relationships.actions.room import say_room_left
from alongside.relationships.actions.ticks import tick, tick_in_programme
from alongside.relationships.actions.waiting import tell_waiting

__all__ = [
    "NotPossible",
    "NotThese",
    "NotYet",
    "OnHold",
    "accept",
    "begin_waiting",
    "bring_to_the_list",
    "decline",
    "end",
    "export_pairs",
    "hold",
    "hold_apart",
    "locked",
    "move",
    "move_on_if_ready",
    "needs_for",
    "propose",
    "propose_all",
    "release",
    "release_apart",
    "remind",
    "remind_by_hand",
    "resume",
    "running",
    "say_room_left",
    "take_back_learned",
    "taking_in",
    "taking_out",
    "tell_waiting",
    "telling",
    "tick",
    "tick_in_programme",
    "withdraw",
    "withdraw_whole",
]
