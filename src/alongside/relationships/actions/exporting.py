"""A list of pairs leaves as a file: the log remembers who took it, and how many pairs were in it."""

from alongside.foundation.events import Who, event
from alongside.programmes.models import Programme


def export_pairs(programme: Programme, *, count: int, by: Who) -> None:
    """Remember that somebody downloads a programme's list of `count` pairs."""
    with event("pairs.exported", by=by, about=programme, count=count):
        pass
