"""Why a row of running pairs is refused or remarked on. Kept as codes, read as sentences."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.people.roster.reasons import REFUSALS as OF_ROSTERS
from alongside.people.roster.reasons import WARNINGS as OF_ROSTERS_TOO
from alongside.people.roster.reasons import Reason

REFUSALS = {
    "no_mentor": Reason(_("There is no mentor."), _("Write the mentor’s e-mail address or employee number.")),
    "no_mentee": Reason(_("There is no mentee."), _("Write the mentee’s e-mail address or employee number.")),
    "name_only": Reason(
        _("“{value}” is a name, and two people may have the same one."),
        _("Write the e-mail address or the employee number."),
    ),
    "bad_address": OF_ROSTERS["bad_address"],
    "not_here": Reason(
        _("Nobody on the organisation’s list is known by {value}."),
        _("Bring in the roster first, then send this row again."),
    ),
    "two_people": Reason(_("{value} and {other} are two different people."), _("Keep the right one of the two.")),
    "gone": Reason(
        _("{name} is suspended or has left."), _("Let them back in on their own page first, or leave the row out.")
    ),
    "same_person": Reason(_("Mentor and mentee are the same person."), _("Correct one of the two.")),
    "is_manager": Reason(
        _("{mentor} is the line manager of {mentee}, and nobody can be both to the same person."),
        _("Name another mentor, or correct the line manager in the roster first."),
    ),
    "has_mentor": Reason(
        _("{name} has a mentor in this programme already."), _("Leave the row out, or end the other pair first.")
    ),
    "mentee_again": Reason(
        _("Row {first} names a mentor for {name} too, and a mentee has one at a time."),
        _("Keep the row of the pair that meets now."),
    ),
    "same_pair": Reason(_("The same pair as in row {first}."), _("Keep one of the two rows.")),
    "proposed_here": Reason(
        _("The two are proposed to each other here and have not both answered."),
        _("Let them answer, or withdraw the proposal first."),
    ),
    "running_here": Reason(
        _("The two are a running pair here, and this row says that they have ended."),
        _("They end it on their own page; leave the row out."),
    ),
    "no_place": Reason(
        _("{name} would have more than {most} mentees at once, and {most} are the most."),
        _("Name another mentor, or leave the row out."),
    ),
    "bad_date": OF_ROSTERS["bad_date"],
    "too_far": Reason(_("{value} is too far away to be right."), _("Correct the year.")),
    "starts_later": Reason(
        _("The first day, {value}, is still to come, and only pairs that have begun are brought in."),
        _("Correct the day, or pair the two here when it is time."),
    ),
    "end_before_start": Reason(_("The last day, {value}, lies before the first, {start}."), _("Correct one of them.")),
    "signed_later": Reason(_("The day of signing, {value}, is still to come."), _("Correct it, or leave it empty.")),
    "completed_later": Reason(
        _("The row says that the pair has completed, and its last day, {value}, is still to come."),
        _("Correct one of the two."),
    ),
    "count_word": Reason(_("“{value}” is no number."), _("Write it in digits, such as 6, or leave the cell empty.")),
    "count_range": Reason(
        _("{value} is not between 0 and {most}."), _("Write a number from 0 to {most}, or leave the cell empty.")
    ),
    "unknown_stage": Reason(
        _("“{value}” is no stage of this programme."),
        _("Write one of {known}; or “completed”; or leave the cell empty."),
    ),
}
REMARKS = {
    "stage_guessed": Reason(
        _("No stage is given; taken as “{stage}” from what is said of sessions, agreement and goals."),
        _("If it is another, write it into the file and check it again."),
    ),
    "stage_further": Reason(
        _("The row says “{value}”; what is said of agreement and goals shows that they are at “{stage}”."),
        _("They are taken in there."),
    ),
    "past_end": Reason(_("The last day is past."), _("Kept as a pair that has completed.")),
    "no_end": Reason(_("The pair has completed, and no last day is given."), _("Today counts as the last day.")),
    "no_start": Reason(
        _("There is no first day."), _("Their page does not say since when they are together."), doubt=False
    ),
    "places_raised": Reason(_("{name} gets {count} places; so far there were {before}."), doubt=False),
    "ended_since": Reason(_("Brought in earlier, and ended here."), doubt=False),
    "still_running": Reason(
        _("Brought in earlier as a pair that meets, and still running here."), _("They end it on their own page.")
    ),
}
SKIPPED = {"total": OF_ROSTERS_TOO["total"], "header_again": OF_ROSTERS_TOO["header_again"]}
ALL = {**REFUSALS, **REMARKS, **SKIPPED}


class Wrong(ValueError):
    """A value that cannot be taken; `code` names the refusal."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class PairRemark:
    """One thing about one row, ready to be kept as JSON."""

    row: int
    code: str
    field: str = ""
    facts: dict[str, str | int] = dataclasses.field(default_factory=dict)

    @property
    def is_refusal(self) -> bool:
        """Does it keep the row out?"""
        return self.code in REFUSALS

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
