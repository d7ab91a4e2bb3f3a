"""What a programme must be.

`programmes`: its dates and states; `design`: what its design lacks; `separation`: who may be what at once; `days`: its
calendar; `gaps`: how a thing left to do is said; `joining`: the way in and out, as a table of moves; `handbook`: how
one is composed; `said`: a design in words.
"""

from alongside.programmes.rules import days, design, handbook, joining, separation
from alongside.programmes.rules.programmes import MOST_PLACES, fault_of_dates, fault_of_state, why_not_launch

__all__ = [
    "MOST_PLACES",
    "days",
    "design",
    "fault_of_dates",
    "fault_of_state",
    "handbook",
    "joining",
    "separation",
    "why_not_launch",
]
