"""What a person once said of a file's columns, for the next file that looks nearly the same."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from alongside.people.roster.headers import fold
from alongside.people.terms import LEFT_OUT, SEVERAL_COLUMNS, Meaning

if TYPE_CHECKING:
    from alongside.people.roster.columns import Column, Mapping

ALIKE = 0.75
"""How much of their headers two files share to be nearly the same."""
Key = tuple[str, int]


def keyed(columns: Iterable["Column"]) -> Iterator[tuple[Key, "Column"]]:
    """Each column by its folded header; the second of one header is another column."""
    met: Counter[str] = Counter()
    for column in columns:
        folded = fold(column.header)
        met[folded] += 1
        yield (folded, met[folded]), column


def _headed(mapping: "Mapping") -> set[Key]:
    return {key for key, _column in keyed(mapping.columns) if key[0]}


def shape_of(mapping: "Mapping") -> str:
    """The same for files with the same headers, in any order."""
    return hashlib.sha256(repr(sorted(_headed(mapping))).encode()).hexdigest()[:40]


def likeness(one: "Mapping", other: "Mapping") -> float:
    """How much of their headers two files share, from 0 to 1. Columns without a header do not count."""
    mine, theirs = _headed(one), _headed(other)
    return 2 * len(mine & theirs) / max(len(mine) + len(theirs), 1)


def likest(guessed: "Mapping", held: Sequence["Mapping"]) -> int | None:
    """The place of the kept mapping that is most like a guessed one, the first of equals; None where none is."""
    alike = [(likeness(guessed, one), -place) for place, one in enumerate(held)]
    most, place = max(alike, default=(0.0, 0))
    return -place if most >= ALIKE else None


def as_before(guessed: Sequence["Column"], before: "Mapping") -> list["Column"]:
    """The columns with the meanings of last time.

    What looks protected stays left out, whatever was said then. New columns keep what they are guessed to mean,
    unless that is taken.
    """
    said = {key: column.meaning for key, column in keyed(before.columns)}
    columns = list(keyed(guessed))
    taken = {said[key] for key, _column in columns if key in said} - LEFT_OUT - SEVERAL_COLUMNS
    meant = []
    for key, column in columns:
        meaning = column.meaning if key not in said or column.meaning is Meaning.PROTECTED else said[key]
        if key not in said and meaning in taken:
            meaning = Meaning.UNKNOWN
        meant.append(replace(column, meaning=meaning))
    return meant


def new_places(mapping: "Mapping", before: "Mapping") -> set[int]:
    """The places of columns that the file of last time had not."""
    said = {key for key, _column in keyed(before.columns)}
    return {place for place, (key, _column) in enumerate(keyed(mapping.columns)) if key not in said}


def missing_headers(mapping: "Mapping", before: "Mapping") -> list[str]:
    """The headers of columns that were read last time and are not in this file."""
    here = {key for key, _column in keyed(mapping.columns)}
    return [column.header for key, column in keyed(before.columns) if key not in here and not column.left_out]
