"""The list of people leaves as a file: the log remembers who took it, and how many people were in it."""

from alongside.foundation.events import Who, event
from alongside.foundation.identity.models import Organisation


def export_people(organisation: Organisation, *, count: int, by: Who) -> None:
    """Remember that somebody downloads the organisation's list of `count` people."""
    with event("people.exported", by=by, about=organisation, count=count):
        pass
