"""Who may read or do what.

    access.declare(Row("meetings.read_private_note", _("Private note"), (Reader(Column.MENTOR, is_author, _("own")),)))
    @access.requires("meetings.read_private_note", methods="GET")
    note = access.fetch(queries.visible_to(actor), ref=ref)

The page "Who may read what" and the words beside each free-text field are generated from the rows.
"""

from alongside.foundation.access.door import fetch, find, may, requires
from alongside.foundation.access.labels import Label, label
from alongside.foundation.access.registry import (
    MEMBER,
    PUBLIC,
    SIGNED_IN,
    Column,
    Reader,
    Row,
    any_role,
    declare,
    everyone,
    row,
    rows,
)

__all__ = [
    "MEMBER",
    "PUBLIC",
    "SIGNED_IN",
    "Column",
    "Label",
    "Reader",
    "Row",
    "any_role",
    "declare",
    "everyone",
    "fetch",
    "find",
    "label",
    "may",
    "requires",
    "row",
    "rows",
]
