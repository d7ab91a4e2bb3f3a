"""The words that guidance is made of: stages, roles, evidence. Plain Python, so that anything may import it."""

from enum import StrEnum
from typing import Self


def _(words: str) -> str:
    """Mark words for the translators; pages translate them when they are shown: {% translate stage.words %}."""
    return words


class _Worded(StrEnum):
    """A code with the words that people see."""

    words: str

    def __new__(cls, code: str, words: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.words = words
        return member


READ_AT = (
    "conversations", "goals", "reviews", "barriers", "roles", "agreement", "records", "first-meeting", "styles",
)  # fmt: skip
"""Pages of guidance that can be named as a place to learn something."""


class Stage(_Worded):
    """The canonical stages. Every lifecycle model maps its phases onto them; rules hang on them."""

    PREPARE = "prepare", _("Prepare")
    CONNECT = "connect", _("Get to know each other")
    CONTRACT = "contract", _("Agree how to work")
    DIRECT = "direct", _("Set direction")
    PROGRESS = "progress", _("Make progress")
    REVIEW = "review", _("Review")
    CLOSE = "close", _("End well")
    AFTER = "after", _("Afterwards")


class Role(_Worded):
    """Who has duties in a mentoring relationship."""

    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    COORDINATOR = "coordinator", _("Coordinator")
    LINE_MANAGER = "line_manager", _("Line manager or sponsor")
    SUPERVISOR = "supervisor", _("Supervisor")


class Evidence(_Worded):
    """What shows that a phase may begin or end. Later packages look each of them up."""

    READY_BOTH = "ready_both", _("Mentor and mentee are both ready to begin")
    ACCEPTED_BOTH = "accepted_both", _("Both have said yes to each other")
    FIRST_MEETING = "first_meeting", _("The first meeting has taken place")
    FIT_CONFIRMED = "fit_confirmed", _("Both say that it fits, within the first two meetings")
    AGREEMENT_SIGNED = "agreement_signed", _("Both have signed the agreement")
    GOAL_SET = "goal_set", _("There is at least one goal, with its starting point")
    REVIEW_HELD = "review_held", _("A review has been held")
    OUTCOME_REACHED = "outcome_reached", _("What was aimed for is reached")
    OUTGROWN = "outgrown", _("The mentee is ready to go on without this mentor")
    SESSIONS_USED = "sessions_used", _("The agreed number of sessions is nearly used")
    END_IN_SIGHT = "end_in_sight", _("The agreed end is eight weeks away or less")
    TURNING_POINT = "turning_point", _("A turning point has been noted")
    CLOSING_REVIEWS = "closing_reviews", _("Both have written their closing review")
    LEARNING_RECORDED = "learning_recorded", _("What was learned has been written down")
    AFTERWARDS_AGREED = "afterwards_agreed", _("It is noted what the two will be to each other from now on")


class Fact(StrEnum):
    """What Alongside sees by itself of a duty. Later packages look each of them up."""

    PROFILE = "profile-done"  # every page of one's profile has been looked at
    ROOM = "room-said"  # a mentor has said themselves how many people they have room for
    TRAINING = "training-done"  # the training that the programme asks for
    CONFLICTS = "conflicts-said"  # whether there are conflicts of interest
    ACCEPTED = "pair-accepted"  # this one of the two has said yes
    MET = "session-held"  # a session has been written down
    PROPOSED = "agreement-proposed"  # the agreement is ready to be signed
    SIGNED = "agreement-signed"  # by this one of the two
    GOAL = "goal-set"  # there is a goal to work from
    CLOSING = "closing-review-sent"  # by this one of the two
    AIMS = "aims-written"  # the programme has an objective


class Layer(_Worded):
    """Which part of an agreement a clause belongs to."""

    PRIVATE = "private", _("Between the two of you")
    SHARED = "shared", _("Shared part")
    BOTH = "both", _("Both parts")


class Side(_Worded):
    """Whom a barrier lies with."""

    PAIR = "pair", _("Both of you")
    MENTOR = "mentor", _("The mentor")
    MENTEE = "mentee", _("The mentee")
    ORGANISATION = "organisation", _("The organisation")


# What Alongside has a form for. Kept beside the content, not in it: a shipped edition never changes.
BUILT_TOOLS = frozenset({"own-words"})
