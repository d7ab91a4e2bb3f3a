"""Holds, erasure, exports and retention. Complaints stand in `complaining` and `handling`."""

from alongside.records.actions.erasing import erase, erase_again, go_on
from alongside.records.actions.exporting import export
from alongside.records.actions.holding import lift_hold, set_hold
from alongside.records.actions.retaining import apply_retention

__all__ = ["apply_retention", "erase", "erase_again", "export", "go_on", "lift_hold", "set_hold"]
