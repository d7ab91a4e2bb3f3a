"""Every change of matching: the `policies`, `running` the engine, `boards` before and `publishing` at the end."""

from alongside.matching.actions.boards import answer, ask, export, look, mark, move, write
from alongside.matching.actions.policies import ChangedMeanwhile, save_policy
from alongside.matching.actions.publishing import hand_over, publish, take_back
from alongside.matching.actions.report import export_report
from alongside.matching.actions.running import begin_round, begin_run, give_up, keep_answer, stop

__all__ = [
    "ChangedMeanwhile",
    "answer",
    "ask",
    "begin_round",
    "begin_run",
    "export",
    "export_report",
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
