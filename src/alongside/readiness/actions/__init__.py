"""Every change of readiness: `code` of ethics, `training`, `conflicts`, `vetting`, `competences`.

What a programme asks stands in `asking`.
"""

from alongside.readiness.actions import competences, conflicts, training, vetting
from alongside.readiness.actions.asking import Wanted, export_readiness, remind, set_rule
from alongside.readiness.actions.code import Written, accept_code, state_code

__all__ = [
    "Wanted",
    "Written",
    "accept_code",
    "competences",
    "conflicts",
    "export_readiness",
    "remind",
    "set_rule",
    "state_code",
    "training",
    "vetting",
]
