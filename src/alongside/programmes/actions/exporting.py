"""A list leaves as a file: the log remembers who took it, and how many people were in it."""

from alongside.foundation.events import Who, event
from alongside.programmes.models import Programme


def export_people(programme: Programme, *, count: int, by: Who) -> None:
    """Remember that somebody downloads a programme's list of `count` people."""
    with event("programme.people_exported", by=by, about=programme, count=count):
        pass
