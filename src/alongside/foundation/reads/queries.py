"""Reads of the table of reads."""

from datetime import date
from typing import NamedTuple

from django.db.models import Model

from alongside.foundation.identity.models import Membership
from alongside.foundation.reads.models import Read


class Seen(NamedTuple):
    """One line of "who has read about me": the reader's name is empty once they were erased."""

    day: date
    reader: str
    kind: str
    record_ref: str


def about(membership: Membership) -> list[Seen]:
    """Who has read about a person, newest first, as far as it may be shown to them. Two queries."""
    found = Read.objects.filter(subject_ref=membership.ref, shown=True).order_by("-day", "-id")
    rows = list(found.values_list("day", "reader_ref", "kind", "record_ref"))
    readers = Membership.objects.filter(
        organisation=membership.organisation_id, ref__in={reader for _, reader, _, _ in rows}
    )
    names = dict(readers.values_list("ref", "name"))
    return [Seen(day, names.get(reader, ""), kind, record) for day, reader, kind, record in rows]


def was_read(record: Model) -> bool:
    """Has anybody but whoever it is about read a record? One query."""
    held = Read.objects.filter(kind=record._meta.label_lower, record_ref=getattr(record, "ref", str(record.pk)))
    return held.exists()
