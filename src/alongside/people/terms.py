"""Words of people, skills, links and roster imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Which side of a skill somebody stands on."""

    OFFERED = "offered", _("Can offer")
    WANTED = "wanted", _("Wants to develop")


class LinkKind(models.TextChoices):
    """How one person stands to another in an organisation."""

    MANAGES = "manages", _("Manages")


class RosterRole(models.TextChoices):
    """What a roster says somebody wants to be. A programme made later takes its participants from this."""

    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")
    BOTH = "both", _("Mentor and mentee")


class ImportState(models.TextChoices):
    """How far a roster has come."""

    COLUMNS = "columns", _("Columns to look through")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Checked, not taken in yet")
    COMMITTING = "committing", _("Being taken in")
    DONE = "done", _("Taken in")
    REFUSED = "refused", _("Could not be read")
    DISCARDED = "discarded", _("Discarded")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


TAKEN_IN = (ImportState.DONE, ImportState.UNDOING, ImportState.UNDONE)
"""States of a roster whose people came in, whatever happened afterwards."""


class Outcome(models.TextChoices):
    """What becomes of one row of a roster."""

    CREATED = "created", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("As before")
    REFUSED = "refused", _("Not taken in")
    QUESTION = "question", _("A question for you")
    SKIPPED = "skipped", _("Nobody new")


class Answer(models.TextChoices):
    """How a question about a row is answered."""

    SAME = "same", _("The same person, with the new address")
    LEAVE_OUT = "leave_out", _("Leave this row out")
    OTHER = "other", _("Somebody else: take them in without the employee number")


class Meaning(models.TextChoices):
    """What a column of a roster says about a person."""

    NAME = "name", _("Full name")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    KNOWN_AS = "known_as", _("Known as")
    WORK_ADDRESS = "work_address", _("Work e-mail")
    EMPLOYEE_NUMBER = "employee_number", _("Employee number")
    JOB_TITLE = "job_title", _("Job title")
    GRADE = "grade", _("Grade")
    DEPARTMENT = "department", _("Department")
    TEAM = "team", _("Team")
    SITE = "site", _("Site")
    MANAGER_ADDRESS = "manager_address", _("Line manager’s e-mail")
    MANAGER_NUMBER = "manager_number", _("Line manager’s employee number")
    ROLE = "role", _("Mentor or mentee")
    IS_MENTOR = "is_mentor", _("Mentor: yes or no")
    IS_MENTEE = "is_mentee", _("Mentee: yes or no")
    BOTH_ROLES = "both_roles", _("Both mentor and mentee: yes or no")
    CAPACITY = "capacity", _("How many mentees at once")
    SKILLS_OFFERED = "skills_offered", _("Skills to offer")
    SKILLS_WANTED = "skills_wanted", _("Skills to develop")
    LANGUAGES = "languages", _("Languages")
    WORKING_DAYS = "working_days", _("Working days")
    START_DATE = "start_date", _("Start date")
    HEADLINE = "headline", _("Headline")
    CAREER_AIM = "career_aim", _("Career aim")
    PROTECTED = "protected", _("Left out: ask people themselves")
    UNKNOWN = "unknown", _("Left out")


LEFT_OUT = frozenset({Meaning.PROTECTED, Meaning.UNKNOWN})
SEVERAL_COLUMNS = frozenset({Meaning.SKILLS_OFFERED, Meaning.SKILLS_WANTED, Meaning.LANGUAGES})
"""Meanings that more than one column may have: their lists are joined."""
MOST_PLACES = 20
