"""The schema of one checked row."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from alongside.people.roster.values import MOST_CHARACTERS
from alongside.people.terms import MOST_PLACES


def _text(field: str) -> object:
    return Annotated[str, StringConstraints(max_length=MOST_CHARACTERS[field])]


class PersonRow(BaseModel):
    """One person as a roster says. Empty values say nothing; they never erase what is known."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    name: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS["name"])]
    known_as: _text("known_as") = ""  # type: ignore[valid-type]
    work_address: _text("work_address") = ""  # type: ignore[valid-type]
    employee_number: _text("employee_number") = ""  # type: ignore[valid-type]
    job_title: _text("job_title") = ""  # type: ignore[valid-type]
    grade: _text("grade") = ""  # type: ignore[valid-type]
    department: _text("department") = ""  # type: ignore[valid-type]
    team: _text("team") = ""  # type: ignore[valid-type]
    site: _text("site") = ""  # type: ignore[valid-type]
    working_days: _text("working_days") = ""  # type: ignore[valid-type]
    headline: _text("headline") = ""  # type: ignore[valid-type]
    career_aim: _text("career_aim") = ""  # type: ignore[valid-type]
    manager_address: _text("manager_address") = ""  # type: ignore[valid-type]
    manager_number: _text("manager_number") = ""  # type: ignore[valid-type]
    start_date: date | None = None
    role: str = ""
    role_of_file: bool = False  # said of everybody in the file, and not in this row
    capacity: int | None = None
    skills_offered: list[str] = []
    skills_wanted: list[str] = []
    languages: list[str] = []
    own: dict[str, str] = {}  # fields of the organisation's own, by the heading that makes each one

    @model_validator(mode="after")
    def _can_be_found_again(self) -> "PersonRow":
        if not self.work_address and not self.employee_number:
            raise ValueError("neither address nor employee number")
        if self.capacity is not None and not 0 <= self.capacity <= MOST_PLACES:
            raise ValueError("capacity out of range")
        return self

    @property
    def is_mentor(self) -> bool:
        """Would this person mentor?"""
        return self.role in ("mentor", "both")

    @property
    def is_mentee(self) -> bool:
        """Would this person be mentored?"""
        return self.role in ("mentee", "both")

    @property
    def places(self) -> int:
        """How many mentees this person has room for; a mentor who says nothing has room for one."""
        if not self.is_mentor:
            return 0
        return 1 if self.capacity is None else self.capacity
