"""Words of people, skills, links and roster imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Which side of a skill somebody stands on."""

    OFFERED = "offered", _("Can offer")
    WANTED = "wanted", _("Wants to develop")


class SkillState(models.TextChoices):
    """How a word stands in an organisation's vocabulary of skills."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    RETIRED = "retired", _("Retired")
    OTHER_WORD = "other_word", _("Another word for a skill")


class ProfilePart(models.TextChoices):
    """One page of what somebody says of themselves."""

    ABOUT = "about", _("Who you are")
    OFFER = "offer", _("What you can offer")
    WANT = "want", _("What you want to develop")
    TIMES = "times", _("When and how you can meet")
    ROOM = "room", _("How many mentees, and pauses")
    NEEDS = "needs", _("What helps you")
    DIRECTORY = "directory", _("What others see of you")


class DayPart(models.TextChoices):
    """A part of a day on which somebody can usually meet. Its hours stand in the rules."""

    MORNING = "morning", _("Morning")
    MIDDAY = "midday", _("Midday")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class WayToMeet(models.TextChoices):
    """How somebody can meet. Whoever has said none can meet in any way."""

    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")


class Showing(models.TextChoices):
    """What somebody may show to the other members of their programmes."""

    HEADLINE = "headline", _("Headline, languages, interests, and where I would like to get to")
    SKILLS = "skills", _("What I can offer and what I want to develop")
    WORK = "work", _("Job title, department, team and site")
    PRONOUNS = "pronouns", _("Pronouns")
    TIMES = "times", _("When and how I can usually meet")


class NeedsKind(models.TextChoices):
    """Two kinds of preferences and needs, with readers of their own."""

    TOGETHER = "together", _("How we work together")
    ARRANGING = "arranging", _("What has to be arranged")


class NeedsSharing(models.TextChoices):
    """Whom somebody lets read their preferences and needs."""

    NOBODY = "nobody", _("Nobody")
    PARTNER = "partner", _("My mentor or mentee, once both of us have said yes")
    COORDINATOR = "coordinator", _("My mentor or mentee, and what has to be arranged also the coordinator")


class Together(models.TextChoices):
    """What helps two people to work together. Asked of everyone; no diagnosis, no type of learner."""

    AGENDA_AHEAD = "agenda_ahead", _("The agenda and questions a day or two ahead")
    SUMMARY_AFTER = "summary_after", _("A short summary in writing afterwards")
    REMINDER = "reminder", _("A reminder before each meeting")
    SAME_ORDER = "same_order", _("The same order of things each time")
    ONE_QUESTION = "one_question", _("One question at a time")
    PLAIN_WORDS = "plain_words", _("Plain, literal words, without idioms")
    TIME_TO_THINK = "time_to_think", _("Time to think before I answer")
    TALKING = "talking", _("Talking things through")
    WRITING = "writing", _("Writing or drawing while we talk")
    MOVING = "moving", _("Walking or moving while we talk")
    DIRECT = "direct", _("Things said to me directly")
    GENTLE = "gentle", _("What goes well first, then what does not")


class Arranging(models.TextChoices):
    """What has to be arranged so that somebody can take part well."""

    BREAKS = "breaks", _("Shorter meetings, or breaks")
    NO_CAMERA = "no_camera", _("Meeting without a camera")
    CAPTIONS = "captions", _("Captions or a transcript")
    INTERPRETER = "interpreter", _("An interpreter")
    STEP_FREE = "step_free", _("A step-free place")
    QUIET = "quiet", _("A quiet place")
    CONTRAST = "contrast", _("Documents in large print or strong contrast")
    IN_PERSON = "in_person", _("Meeting in person")
    BY_VIDEO = "by_video", _("Meeting by video")
    BY_PHONE = "by_phone", _("Meeting by phone")
    IN_WRITING = "in_writing", _("Writing to each other")


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


class FieldKind(models.TextChoices):
    """What a field of the organisation's own says of a person."""

    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One choice of a few")


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
    OWN_YES_NO = "own_yes_no", _("A field of your own: yes or no")
    OWN_CHOICE = "own_choice", _("A field of your own: one choice of a few")
    PROTECTED = "protected", _("Left out: ask people themselves")
    UNKNOWN = "unknown", _("Left out")


LEFT_OUT = frozenset({Meaning.PROTECTED, Meaning.UNKNOWN})
OWN_KINDS = {Meaning.OWN_YES_NO: FieldKind.YES_NO, Meaning.OWN_CHOICE: FieldKind.CHOICE}
"""Meanings of columns that become fields of the organisation's own, each under its heading."""
SEVERAL_COLUMNS = frozenset({Meaning.SKILLS_OFFERED, Meaning.SKILLS_WANTED, Meaning.LANGUAGES, *OWN_KINDS})
"""Meanings that more than one column may have: their lists are joined, and fields of one's own stand apart."""
MOST_OWN_FIELDS, MOST_CHOICES, LONGEST_CHOICE = 12, 12, 60
"""How many fields of its own an organisation has, choices a field, and characters a choice, at most."""
MOST_PLACES = 20
