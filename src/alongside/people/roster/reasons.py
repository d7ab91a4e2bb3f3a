"""Why a file is refused, and why a row is refused, remarked on or asked about. Kept as codes, read as sentences."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class RosterRefused(Exception):
    """The file cannot be a roster. Its words say why and what to do, in one sentence or two."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Reason:
    """Why, and what helps. `doubt` marks what leaves a value of the row open."""

    why: str | Promise
    cure: str | Promise = ""
    doubt: bool = True


REFUSALS = {
    "no_name": Reason(_("There is no name."), _("Write the person’s name.")),
    "no_key": Reason(
        _("There is neither an e-mail address nor an employee number."),
        _("Write one of them, so that the same file can be sent again without doubles."),
    ),
    "bad_address": Reason(_("“{value}” is no e-mail address."), _("Write an address such as name@example.org.")),
    "bad_manager": Reason(
        _("“{value}” is no e-mail address of a line manager."), _("Write their address, or leave the cell empty.")
    ),
    "own_manager": Reason(
        _("This person is named as their own line manager."), _("Name somebody else, or leave the cell empty.")
    ),
    "unknown_role": Reason(
        _("“{value}” is no role that is known here."), _("Write mentor, mentee or both, or leave the cell empty.")
    ),
    "capacity_word": Reason(_("“{value}” is no whole number of mentees."), _("Write a number from 0 to 20.")),
    "capacity_range": Reason(_("{value} is not between 0 and 20 mentees."), _("Write a number from 0 to 20.")),
    "bad_yes_no": Reason(_("“{value}” is neither yes nor no."), _("Write yes or no.")),
    "more_choices": Reason(
        _("With “{value}” the field would have more than {most} choices."),
        _("Write one of the choices that stand above, or leave the column out."),
    ),
    "protected_value": Reason(
        _("The cell of a field of your own holds what looks like a fact that people are asked for themselves."),
        _("Leave the cell empty, or leave the column out."),
    ),
    "bad_date": Reason(_("“{value}” is not a date."), _("Write a day that exists, such as 2024-02-29.")),
    "too_long": Reason(_("The cell holds more than {most} characters."), _("Shorten it.")),
    "too_many": Reason(_("The cell lists more than {most} things."), _("Keep the most important ones.")),
    "has_left": Reason(
        _("This person has left the organisation."), _("Let them back in on their own page first, then send the row.")
    ),
}
WARNINGS = {
    "no_address": Reason(
        _("There is no e-mail address: this person cannot be invited by mail yet."), _("Add an address later.")
    ),
    "unknown_manager": Reason(
        _("The line manager {value} is not among the people who are taken in."),
        _("The person is taken in without a line manager."),
    ),
    "formula": Reason(
        _("The cell begins like a formula that a spreadsheet would run."), _("It is kept as plain text.")
    ),
    "error": Reason(
        _("The cell holds an error of the spreadsheet program; it counts as empty."),
        _("Mend the formula, or write the value."),
    ),
    "line_break": Reason(_("The cell holds a line break."), _("It is kept as one line.")),
    "lost_letter": Reason(
        _("A question mark stands within the name: the export may have lost a letter."),
        _("Save the file as CSV UTF-8 or XLSX."),
        doubt=False,
    ),
    "same_again": Reason(_("The same person as in row {first}; taken in once.")),
    "same_address": Reason(
        _("The same address as in row {first}, with other details: row {first} counts."),
        _("Keep the right one of the two rows."),
    ),
    "blank": Reason(_("The row is empty; left out.")),
    "more_cells": Reason(
        _("The row has more cells than there are headings: a separator may stand within a cell."),
        _("Look whether every value stands under its heading."),
    ),
    "mentor_so_far": Reason(
        _("A mentor so far, and in a list of mentees: taken in as both."),
        _("Where that is wrong, send a file with a column “Programme role”."),
        doubt=False,
    ),
    "mentee_so_far": Reason(
        _("A mentee so far, and in a list of mentors: taken in as both."),
        _("Where that is wrong, send a file with a column “Programme role”."),
        doubt=False,
    ),
    "above_headings": Reason(_("The row stands above the headings; left out.")),
    "note": Reason(_("This looks like a heading or a note, not like a person; left out.")),
    "figures": Reason(_("The row holds nothing but figures, as a line of totals does; left out.")),
    "total": Reason(_("This looks like a line of totals; left out.")),
    "header_again": Reason(_("This is the header again; left out.")),
}
QUESTIONS = {
    "number_elsewhere_in_file": Reason(
        _(
            "Employee number {number} stands in row {first} with {other}, and here with {address}. "
            "Is this the same person?"
        )
    ),
    "number_known": Reason(
        _(
            "Employee number {number} belongs to {other} so far, and stands here with {address}. "
            "Is this the same person?"
        )
    ),
    "address_known": Reason(
        _(
            "{address} belongs to employee number {other} so far, and stands here with {number}. "
            "Is this the same person?"
        )
    ),
}
ALL = {**REFUSALS, **WARNINGS, **QUESTIONS}


@dataclass(frozen=True)
class Remark:
    """One thing about one row, ready to be kept as JSON."""

    row: int
    code: str
    field: str = ""
    facts: dict[str, str | int] = dataclasses.field(default_factory=dict)

    @property
    def doubt(self) -> bool:
        """Does it leave a value of the row open?"""
        return ALL[self.code].doubt

    @property
    def why(self) -> str | Promise:
        """The reason as a sentence."""
        return format_lazy(ALL[self.code].why, **self.facts)

    @property
    def cure(self) -> str | Promise:
        """What helps, or nothing."""
        return format_lazy(ALL[self.code].cure, **self.facts)

    @property
    def words(self) -> str:
        """The reason and what helps."""
        return f"{self.why} {self.cure}".strip()

    def kept(self) -> dict[str, Any]:
        """As it is kept in a staging row."""
        return {"row": self.row, "code": self.code, "field": self.field, "facts": self.facts}
