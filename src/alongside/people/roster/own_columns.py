"""Columns that an organisation keeps as fields of its own: which may be, what makes them one, how cells are read.

Never one that looks protected, by its heading or by what stands under it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from alongside.people.roster import values
from alongside.people.roster.headers import PROTECTED_VALUES, fold, is_protected
from alongside.people.roster.values import Wrong
from alongside.people.terms import LONGEST_CHOICE, MOST_CHOICES, MOST_OWN_FIELDS, OWN_KINDS, FieldKind, Meaning

LONGEST_NAME = 80
NO = "no"
YES = "yes"
_MOSTLY = 0.6
OWN = "own."
"""What a field of the organisation's own begins with among the fields of a row; its key follows."""
Headed = tuple[str, Meaning]  # the header of a column, and what it means


@dataclass(frozen=True)
class OwnField:
    """A field that an organisation has: the folded heading by which rosters know it, its name folded, its choices."""

    key: str
    folded: str
    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)  # each as it is compared, and as it is written


@dataclass
class OwnColumn:
    """A column that is kept as a field; `choices` grow with what its cells say."""

    place: int
    header: str
    key: str
    kind: str
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called among the fields of a row."""
        return f"{OWN}{self.key}"

    def read(self, cell: str) -> str:
        """Yes or no, or the choice as it was first written. Raises Wrong."""
        if tells_protected(cell):
            raise Wrong("protected_value")
        if self.kind == FieldKind.YES_NO:
            return YES if values.yes_no(cell) else NO
        choice = values.one_line(cell)
        if len(choice) > LONGEST_CHOICE:
            raise Wrong("too_long", most=LONGEST_CHOICE)
        compared = compare(choice)
        if compared not in self.choices:
            if len(self.choices) == MOST_CHOICES:
                raise Wrong("more_choices", most=MOST_CHOICES, value=values.shown(cell))
            self.choices[compared] = choice
        return self.choices[compared]


def compare(choice: str) -> str:
    """A choice as it is compared with others: signs count (“C” is not “C++”), capitals and blanks do not."""
    return " ".join(choice.casefold().split())


def tells_protected(value: str) -> bool:
    """Does a cell name a fact that people are asked for themselves?"""
    return any(fold(part) in PROTECTED_VALUES for part in re.split(r"[,;/]", value))


def keepable(header: str, cells: Sequence[str]) -> tuple[Meaning, ...]:
    """As which fields of one's own a column may be kept, by its heading and its cells; the likelier one first."""
    said = [compare(cell) for cell in cells if values.blank(cell)]
    if why_no_name(header) or not said or any(tells_protected(value) for value in said):
        return ()
    yes_or_no = sum(values.is_yes_or_no(value) for value in said) >= _MOSTLY * len(said)
    few = len({*said}) <= MOST_CHOICES and not any(len(value) > LONGEST_CHOICE or "@" in value for value in said)
    return (Meaning.OWN_YES_NO,) * yes_or_no + (Meaning.OWN_CHOICE,) * few


def why_no_name(name: str) -> str | None:
    """Why a field cannot be called so, as a sentence; None when it can."""
    folded = fold(name)
    if not folded:
        return _("A field needs a name with letters.")
    if len(values.one_line(name)) > LONGEST_NAME:
        return _("The name of a field has %(most)s characters at most.") % {"most": LONGEST_NAME}
    return why_protected(name) if is_protected(folded) else None


def why_protected(name: str) -> str:
    """Why what looks protected is never a field."""
    return _(
        "“%(name)s” looks like a fact that people are asked for themselves, such as health, disability or religion. "
        "It cannot be kept as a field of your own."
    ) % {"name": name}


def why_not(columns: Sequence[Headed]) -> str | None:
    """Why columns cannot be kept as they are chosen, as a sentence; None when they can."""
    met: set[str] = set()
    for column in of(columns):
        if reason := why_no_name(column.header):
            return reason
        if column.key in met:
            return _why_twice(column)
        met.add(column.key)
    return None


def _why_twice(column: "OwnColumn") -> str:
    return _("Two columns are chosen for your field “%(name)s”. Keep one.") % {"name": column.header}


def why_not_here(columns: Sequence[Headed], held: Iterable[OwnField]) -> str | None:
    """The same, beside the fields that an organisation has."""
    fields = tuple(held)
    wanted = of(columns, fields)
    kinds = {one.key: one.kind for one in fields}
    for number, column in enumerate(wanted):
        if column.key in {other.key for other in wanted[:number]}:  # one has the field's name, one its first heading
            return _why_twice(column)
        if kinds.get(column.key, column.kind) != column.kind:
            said = {"name": column.header, "kind": FieldKind(kinds[column.key]).label}
            return _("“%(name)s” is a field of your own already, of the kind “%(kind)s”. Choose that kind.") % said
    if len({*kinds, *(column.key for column in wanted)}) > MOST_OWN_FIELDS:
        return _("An organisation has %(most)s fields of its own at most. Remove one first, or leave a column out.") % {
            "most": MOST_OWN_FIELDS
        }
    return None


def of(columns: Sequence[Headed], held: Iterable[OwnField] = ()) -> list[OwnColumn]:
    """The columns that are kept as fields; one that leads to a field of the organisation begins with its choices."""
    fields = tuple(held)
    by_name = {one.folded: one for one in fields} | {one.key: one for one in fields}
    found = []
    for place, (header, meaning) in enumerate(columns):
        if meaning in OWN_KINDS:
            known = by_name.get(fold(header))
            key, choices = (known.key, dict(known.choices)) if known else (fold(header), {})
            found.append(OwnColumn(place, values.one_line(header), key, OWN_KINDS[meaning], choices))
    return found
