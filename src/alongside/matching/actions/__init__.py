"""Every change of matching: the `policy`, `running` the engine, `boards` before and `publishing` at the end."""

from alongside.matching.actions.boards import answer, ask, look, mark, move, write
from alongside.matching.actions.looking import answer_look, ask_to_look
from alongside.matching.actions.offers import Gone, choose, choose_nobody
from alongside.matching.actions.policy import save_policy
from alongside.matching.actions.publishing import hand_over, publish, take_back
from alongside.matching.actions.running import begin_round, begin_run, give_up, keep_answer
from alongside.matching.actions.wishes import say_wishes

__all__ = [
    "Gone",
    "answer",
    "answer_look",
    "ask",
    "ask_to_look",
    "begin_round",
    "begin_run",
    "choose",
    "choose_nobody",
    "give_up",
    "hand_over",
    "keep_answer",
    "look",
    "mark",
    "move",
    "publish",
    "save_policy",
    "say_wishes",
    "take_back",
    "write",
]
