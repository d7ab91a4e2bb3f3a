"""What can be asked of somebody before they begin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Asked(models.TextChoices):
    """What a programme can ask of its mentors and mentees."""

    CODE = "code", _("Code of ethics accepted")
    TRAINING = "training", _("Required training done")
    CONFLICTS = "conflicts", _("Conflicts of interest declared and decided")
    VETTING = "vetting", _("Vetting in order")
    COMPETENCES = "competences", _("Competences rated by themselves")


class Need(models.TextChoices):
    """Of whom a part of the training is asked."""

    REQUIRED = "required", _("Required")
    OPTIONAL = "optional", _("Offered")
    NONE = "none", _("Not for them")


class Progress(models.TextChoices):
    """How somebody stands to a part of the training."""

    LEFT = "left", _("Left to do")
    AGAIN = "again", _("To be done again")
    SOON = "soon", _("Done, soon to be done again")
    DONE = "done", _("Done")


class ConflictKind(models.TextChoices):
    """What stands between somebody and fair mentoring."""

    LINE = "line", _("One of us manages the other, or soon will")
    DECIDES = "decides", _("One of us assesses, examines or decides about the other")
    PERSONAL = "personal", _("Family, friendship, or a relationship")
    COMMERCIAL = "commercial", _("Money or business")
    GRIEVANCE = "grievance", _("A dispute or a grievance")
    ROLES = "roles", _("Two roles of mine that do not go together")
    OTHER = "other", _("Something else")


class Decision(models.TextChoices):
    """What a coordinator decides about a declared conflict."""

    FINE = "fine", _("It can go on as it is")
    CARE = "care", _("It can go on, with what is written here")
    APART = "apart", _("The two are kept apart")


class Outcome(models.TextChoices):
    """What came of vetting somebody. What a certificate says is kept nowhere."""

    WAITING = "waiting", _("Asked for, not back yet")
    CLEAR = "clear", _("In order")
    CONDITIONS = "conditions", _("In order, with conditions")
    NOT_CLEAR = "not_clear", _("Not in order")


class RaterKind(models.TextChoices):
    """Who says where a mentor stands. Supervision adds its own when it is built."""

    SELF = "self", _("The mentor")
    MENTEE = "mentee", _("A mentee of theirs")


class Reply(models.TextChoices):
    """What a mentee answered whom their mentor asked for a rating."""

    WAITING = "waiting", _("Not answered yet")
    GIVEN = "given", _("Answered")
    DECLINED = "declined", _("Would rather not")


class Hint(models.TextChoices):
    """Why something to learn is suggested."""

    GAP = "gap", _("A mentee sees less of it than you do")
    LOW = "low", _("You put yourself low here")


IN_ORDER = (Outcome.CLEAR, Outcome.CONDITIONS)

DECLARED_DAYS = 365
"""How long a statement about conflicts holds."""

SOON_DAYS = 30
"""How long before a part of the training expires people are told so."""

ADOPTED = ("core", "mentee")
"""The courses of guidance that an organisation can use as its training."""

MENTORS_AT_FIRST = (Asked.CODE, Asked.TRAINING)
"""What is asked of mentors while a coordinator has not said otherwise; of mentees nothing is."""

OF_MENTORS = (Asked.COMPETENCES,)
"""What is asked of mentors alone."""

LOW, FAR_BELOW, MOST_HINTS = 2, 2, 5
"""The highest level that is low; how much lower a mentee's is to be far below; how many things to learn are named."""

ASK_AGAIN_DAYS = 60
"""How long after an answer a mentor can ask the same mentee again."""

EVIDENCE, LONGEST_DRAFT = 300, 12_000
"""The most characters of a line of evidence, and of a draft."""
