"""States of a programme and parts in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeState(models.TextChoices):
    """A draft tells nobody anything; a running programme does; a closed one is only read."""

    DRAFT = "draft", _("In preparation")
    RUNNING = "running", _("Running now")
    CLOSED = "closed", _("Closed")


class Part(models.TextChoices):
    """The part that somebody plays in a programme."""

    COORDINATOR = "coordinator", _("Coordinator")
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class Section(models.TextChoices):
    """The sections of a programme's design, in the order in which they are asked."""

    WHY = "why", _("Why")
    WHOM = "whom", _("For whom")
    HOW = "how", _("How")
    MODEL = "model", _("The model")
    WHO = "who", _("Who")
    BARRIERS = "barriers", _("Barriers")
    TOOLS = "tools", _("Tools and reviews")
    CALENDAR = "calendar", _("Calendar")
    PRIVACY = "privacy", _("Privacy")


class SectionState(models.TextChoices):
    """How far a section is."""

    NOT_BEGUN = "not_begun", _("Not begun")
    LEFT = "left", _("Begun")
    DONE = "done", _("Done")


class Style(models.TextChoices):
    """How much a mentor steers, by the keys of guidance."""

    DEVELOPMENTAL = "developmental", _("Developmental")
    SPONSORSHIP = "sponsorship", _("Sponsorship")
    BLENDED = "blended", _("Blended")


class Shape(models.TextChoices):
    """Who mentors whom, by the keys of guidance. Groups and peers are not built yet."""

    ONE_TO_ONE = "one-to-one", _("One to one")
    REVERSE = "reverse", _("Reverse")


class Duty(models.TextChoices):
    """What somebody is named for in a programme, beside the parts that people play in it."""

    COVER = "cover", _("Covers for the coordinator")
    SPONSOR = "sponsor", _("Sponsor")


class Asked(models.TextChoices):
    """Whom a question of the application is for."""

    BOTH = "both", _("Mentees and mentors")
    MENTEE = "mentee", _("Mentees")
    MENTOR = "mentor", _("Mentors")


class CalendarKind(models.TextChoices):
    """What a day in the calendar is. The first and the last day belong to the programme itself."""

    ENROL = "enrol", _("Enrolment ends")
    MATCH = "match", _("Pairs are made")
    BRIEFING = "briefing", _("Briefing")
    LAUNCH = "launch", _("Launch event")
    TRAINING = "training", _("Training")
    REVIEW = "review", _("Review")
    OTHER = "other", _("Something else")


class LawfulBasis(models.TextChoices):
    """On what the organisation rests its use of people's data. Which one fits is the organisation's to decide."""

    LEGITIMATE_INTERESTS = "legitimate_interests", _("Legitimate interests")
    PUBLIC_TASK = "public_task", _("Public task")
    CONTRACT = "contract", _("Contract")
    CONSENT = "consent", _("Consent")


class Chapter(models.TextChoices):
    """The twelve sections of the handbook, in the order of the criteria that they answer (`CRITERIA`)."""

    RATIONALE = "rationale", _("Why we mentor")
    ROLES = "roles", _("Who does what, stage by stage")
    MENTORS = "mentors", _("What a mentor brings")
    BARRIERS = "barriers", _("What gets in the way, and what helps")
    TRUST = "trust", _("First contact and trust")
    AGREEMENT = "agreement", _("Agreeing how to work")
    SAFETY = "safety", _("Safe and ethical practice")
    MODEL = "model", _("The model, and why")
    TOOLS = "tools", _("Ways to find a goal")
    REVIEWS = "reviews", _("Monitoring and review")
    RECORDS = "records", _("Records and the law")
    REFLECTION = "reflection", _("Reflection and supervision")

    @property
    def criterion(self) -> str:
        """The number of the criterion that the section answers."""
        return CRITERIA[self]


CRITERIA = dict(
    zip(
        Chapter,
        ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1", "4.2"),
        strict=True,
    )
)


class Placing(models.TextChoices):
    """Where own words of a handbook’s section stand."""

    FIRST = "first", _("Your words first, then what is generated")
    ALONE = "alone", _("Your words alone")


class OpenTo(models.TextChoices):
    """Who can apply for a part in a programme by themselves."""

    NOBODY = "", _("Nobody: everybody is invited")
    MENTEES = "mentee", _("Mentees")
    MENTORS = "mentor", _("Mentors")
    BOTH = "both", _("Mentees and mentors")


class JoiningState(models.TextChoices):
    """How far somebody is on the way into one part of a programme, and out of it again."""

    NEW = "new", _("Not begun")
    BEGUN = "begun", _("Being written")
    APPLIED = "applied", _("Applied")
    WAITING = "waiting", _("On the waiting list")
    ASKED = "asked", _("Asked whether to stay on the list")
    INVITED = "invited", _("Asked to take part")
    DECLINED = "declined", _("Not this time")
    RECALLED = "recalled", _("No longer asked")
    TAKING_PART = "taking_part", _("Taking part")
    TURNED_DOWN = "turned_down", _("No place")
    WITHDRAWN = "withdrawn", _("Taken back")
    LEFT = "left", _("Left")
    ENDED = "ended", _("Taken out")
    LAPSED = "lapsed", _("Ended by itself")
    CARRIED = "carried", _("Gone on to the next round")
    COMPLETED = "completed", _("Took part to the end")


class Step(models.TextChoices):
    """A move on that way, as its history names it."""

    BEGIN = "begin", _("Began an application")
    SEND = "send", _("Applied")
    CHANGE = "change", _("Changed the application")
    TAKE_BACK = "take_back", _("Took it back")
    ACCEPT = "accept", _("Accepted")
    WAIT = "wait", _("Put on the waiting list")
    NEWS = "news", _("Told how it stands")
    TURN_DOWN = "turn_down", _("Turned down")
    LOOK_AGAIN = "look_again", _("Looked at again")
    UNDO = "undo", _("Acceptance undone")
    ASK = "ask", _("Asked whether to stay on the list")
    STAY = "stay", _("Stayed on the list")
    INVITE = "invite", _("Asked to take part")
    AGREE = "agree", _("Said yes")
    DECLINE = "decline", _("Not this time")
    RECALL = "recall", _("No longer asked")
    CARRY = "carry", _("Carried over to the next round")
    ADD = "add", _("Added")
    LEAVE = "leave", _("Left")
    END = "end", _("Taken out")
    RESUME = "resume", _("Went on: it had ended by mistake")
    COME_BACK = "come_back", _("Asked to come back")
    LAPSE = "lapse", _("Ended by itself: the round is over, or they have left")
    COMPLETE = "complete", _("Took part to the end")


class Reply(models.TextChoices):
    """What came of asking somebody to take part, as their coordinators read it."""

    WAITING = "waiting", _("Not answered yet")
    YES = "yes", _("Said yes")
    NO = "no", _("Not this time")
    TAKEN_BACK = "taken_back", _("No longer asked")
    LAPSED = "lapsed", _("Never answered")
    ADDED = "added", _("Added meanwhile")


class Mover(models.TextChoices):
    """Who may make a move."""

    SELF = "self", _("Whoever it is about")
    COORDINATOR = "coordinator", _("A coordinator of the programme, never about themselves")
    ANYBODY = "anybody", _("Whoever adds and takes out people, and Alongside itself")
