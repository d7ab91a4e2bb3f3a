"""Where somebody stands in what was handed in: rows that became nobody, and the files themselves."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from alongside.foundation import files
from alongside.foundation.files.models import Upload
from alongside.foundation.files.terms import LISTS
from alongside.foundation.privacy import Person
from alongside.people.models import RosterRow
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused


def forget_rows_that_name(person: Person) -> int:
    """Delete the rows of rosters in which somebody stands, whatever became of them; how many."""
    rows = RosterRow.objects.filter(roster_import__organisation=person.organisation)
    return RosterRow.objects.filter(pk__in=rows_that_name(person, rows)).delete()[0]


def rows_that_name(person: Person, rows: QuerySet[Any]) -> list[int]:
    """The rows of a file on its way in, read as a stream, of which a cell is somebody's number or holds their name."""
    held = rows.order_by("pk").values_list("pk", "data", "cells", "remarks")
    return [pk for pk, *said in held.iterator(chunk_size=2000) if _names(person, said)]


def _names(person: Person, said: Any) -> bool:
    number = person.membership.employee_number
    return person.names.stand_in(said) or (bool(number) and any(text == number for text in _texts(said)))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said.strip()
    elif isinstance(said, dict):
        for held in said.values():
            yield from _texts(held)
    elif isinstance(said, list):
        for held in said:
            yield from _texts(held)


def forget_files_that_name(person: Person) -> int:
    """Delete the kept files of an organisation in which somebody stands, and those that cannot be read; how many.

    They are only kept until they are dealt with: whoever handed one in is asked to send it again.
    """
    count = 0
    for upload in Upload.objects.filter(organisation_ref=person.organisation.ref, kind__in=LISTS):
        if _stands_in_file(person, upload):
            files.forget(upload)
            count += 1
    return count


def _stands_in_file(person: Person, upload: Upload) -> bool:
    try:
        with files.opened(upload) as file:
            data = file.read()
        first = read(data, upload.name)
        tables = [first, *(read(data, upload.name, sheet) for sheet in first.sheets if sheet != first.sheet)]
        return any(_names(person, cells) for table in tables for _number, cells in table.rows())
    except (RosterRefused, OSError):
        return True
