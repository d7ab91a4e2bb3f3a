"""Remembering who read what."""

from collections.abc import Iterable

from django.db.models import Model

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.reads.models import Read


def note(actor: Actor, subject: Membership, record: Model, *, shown: bool = True) -> None:
    """Remember that `actor` read a record about `subject`, once a day in the organisation's zone.

    Reading about oneself is not noted. `shown=False` leaves the read out of the person's own list until `reveal`
    (cases, data requests).
    """
    note_many(actor, [(subject, record)], shown=shown)


def note_many(actor: Actor, records: Iterable[tuple[Membership, Model]], *, shown: bool = True) -> None:
    """The same of several records, each with whom it is about: one query."""
    day = clock.today(actor.organisation.timezone)
    found = [
        Read(
            organisation_ref=actor.organisation_ref,
            reader_ref=actor.ref,
            subject_ref=subject.ref,
            kind=record._meta.label_lower,
            record_ref=_ref(record),
            day=day,
            shown=shown,
        )
        for subject, record in records
        if actor.ref != subject.ref
    ]
    if found:
        Read.objects.bulk_create(found, ignore_conflicts=True)


def reveal(subject: Membership, record: Model) -> None:
    """Show `subject` the reads of a record that were left out until now."""
    found = Read.objects.filter(subject_ref=subject.ref, kind=record._meta.label_lower, record_ref=_ref(record))
    found.update(shown=True)


def _ref(record: Model) -> str:
    return str(getattr(record, "ref", record.pk))
