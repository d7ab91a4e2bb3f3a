"""What a programme must be.

`programmes`: its dates and states; `design`: what its design lacks; `separation`: who may be what at once; `fitting`:
how models fit a situation; `days`: its calendar; `gaps`: how a thing left to do is said; `handbook`: how one is
composed; `said`: how a design is put into words.
"""

from alongside.programmes.rules import days, design, fitting, handbook, separation
from alongside.programmes.rules.programmes import MOST_PLACES, fault_of_dates, fault_of_state, why_not_launch

__all__ = [
    "MOST_PLACES",
    "days",
    "design",
    "fault_of_dates",
    "fault_of_state",
    "fitting",
    "handbook",
    "separation",
    "why_not_launch",
]
