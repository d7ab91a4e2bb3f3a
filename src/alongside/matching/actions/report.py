"""Remembering that the list of people to look at before a matching was downloaded."""

from alongside.foundation.events import Who, event
from alongside.programmes.models import Programme


def export_report(programme: Programme, *, count: int, by: Who) -> None:
    """Remember that somebody downloads what is worth knowing of `count` people of a programme."""
    with event("matching.exported", by=by, about=programme, count=count):
        pass
