"""Every change of matching: the `policy`, `running` the engine, `boards` before and `publishing` at the end."""

from alongside.matching.actions.boards import answer, ask, export, look, mark, move, write
from alongside.matching.actions.policy import save_policy
from alongside.matching.actions.publishing import hand_over, publish, take_back
from alongside.matching.actions.running import begin_round, begin_run, give_up, keep_answer, stop

__all__ = [
    "answer",
    "ask",
    "begin_round",
    "begin_run",
    "export",
    "give_up",
    "hand_over",
    "keep_answer",
    "look",
    "mark",
    "move",
    "publish",
    "save_policy",
    "stop",
    "take_back",
    "write",
]
