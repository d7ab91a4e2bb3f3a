"""Every change of matching: the `policies`, `running` the engine, `boards` before and `publishing` at the end."""

from alongside.matching.actions.boards import answer, ask, export, look, mark, move, write
from alongside.matching.actions.looking import answer_look, ask_to_look
from alongside.matching.actions.offers import (
    Gone,
    choose,
    choose_nobody,
    end_offers,
    remind_choosing,
    take_offer_back,
)
from alongside.matching.actions.policies import ChangedMeanwhile, rename_own_field, save_policy
from alongside.matching.actions.publishing import hand_over, publish, take_back
from alongside.matching.actions.report import export_report
from alongside.matching.actions.rolling import discard_if_empty, find_for_waiting, look_every_night, say_nightly
from alongside.matching.actions.running import begin_round, begin_run, give_up, keep_answer, stop
from alongside.matching.actions.wishes import say_wishes

__all__ = [
    "ChangedMeanwhile",
    "Gone",
    "answer",
    "answer_look",
    "ask",
    "ask_to_look",
    "begin_round",
    "begin_run",
    "choose",
    "choose_nobody",
    "discard_if_empty",
    "end_offers",
    "export",
    "export_report",
    "find_for_waiting",
    "give_up",
    "hand_over",
    "keep_answer",
    "look",
    "look_every_night",
    "mark",
    "move",
    "publish",
    "remind_choosing",
    "rename_own_field",
    "save_policy",
    "say_nightly",
    "say_wishes",
    "stop",
    "take_back",
    "take_offer_back",
    "write",
]
