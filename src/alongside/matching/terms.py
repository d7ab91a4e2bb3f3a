"""Ways of matching, rules and criteria, how far a round of matching has come, and why somebody has no mentor yet."""

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FULL = 100
"""What the weights of a policy add up to, and the best fit that two people can have."""

POINTS_OF_ONE = 10_000
"""How many points of the engine one of a hundred is."""


class Way(models.TextChoices):
    """Who chooses in a programme. Whatever the way, nobody is paired who has not said yes."""

    COORDINATOR = "coordinator", _("The coordinator proposes, and both say yes or no")
    CHOICE = "choice", _("Each mentee chooses from a few who fit, and the mentor says yes or no")
    RANKING = "ranking", _("Both sides say whom they would like, and the coordinator proposes")


class RuleName(models.TextChoices):
    """What two people must meet to be paired at all."""

    SELF = "self", _("Nobody mentors themselves")
    MANAGER = "manager", _("No line manager, and nobody above them")
    TEAM = "team", _("Not the same team")
    LANGUAGE = "language", _("A language in common")
    HOURS = "hours", _("Usual times in common")
    MEET = "meet", _("A way to meet in common")
    SITE = "site", _("The same site")
    AHEAD = "ahead", _("The mentor is more senior")
    BEFORE = "before", _("Not paired with each other before")
    DECLINED = "declined", _("One of them has declined or ended it before")
    HELD = "held", _("Not for now")


ALWAYS = (RuleName.SELF, RuleName.DECLINED, RuleName.HELD)
"""Rules that no policy can leave out, beside the line manager's."""


class CriterionName(models.TextChoices):
    """What speaks for a pair. No protected characteristic stands here, on purpose."""

    SKILLS = "skills", _("Skills that the mentee wants")
    SENIORITY = "seniority", _("More senior by a step or two")
    SITE = "site", _("The same site")
    DEPARTMENT = "department", _("Another department")
    HOURS = "hours", _("Usual times in common")
    LANGUAGES = "languages", _("Languages in common")
    INTERESTS = "interests", _("Interests in common")
    AIM = "aim", _("Where the mentee wants to get to")
    WISHES = "wishes", _("Whom they asked for")
    TENURE = "tenure", _("Longer in the organisation")
    SHARE = "share", _("Mentors with fewer mentees so far")


OWN_SAME, OWN_OTHER = "own_same_", "own_other_"
"""What the names of criteria by fields of the organisation's own begin with; the field's ref follows."""


class OwnCriterion(str):
    """What speaks for a pair by a field of the organisation's own, by its name in policies and in files.

    Like a `CriterionName` it has a `value` and a `label`; `field` is the field's ref, `about` what it is called.
    """

    __slots__ = ("about", "field", "same")
    field: str
    about: str
    same: bool

    def __new__(cls, field: str, about: str, *, same: bool) -> "OwnCriterion":
        """By the field, and whether the same counts or something else."""
        made = super().__new__(cls, f"{OWN_SAME if same else OWN_OTHER}{field}")
        made.field, made.about, made.same = field, about, same
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, bool]]:
        """So that it can be copied."""
        return (self.field, self.about), {"same": self.same}

    @property
    def value(self) -> str:
        """The name alone."""
        return str.__str__(self)

    @property
    def label(self) -> str:
        """As people read it."""
        words = gettext("The same: %(field)s") if self.same else gettext("Not the same: %(field)s")
        return words % {"field": self.about}


AnyCriterion = CriterionName | OwnCriterion


def criterion(name: str, about: Mapping[str, str]) -> AnyCriterion:
    """The criterion of a name; `about` says what fields are called. Raises ValueError for a name that is none."""
    for beginning in (OWN_SAME, OWN_OTHER):
        if name.startswith(beginning):
            field = name.removeprefix(beginning)
            return OwnCriterion(field, about.get(field) or gettext("a field"), same=beginning == OWN_SAME)
    return CriterionName(name)


class _OfField(str):
    """A name that stands for a field of the organisation's own: like a choice it has a `value` and a `label`."""

    __slots__ = ("about", "field")
    beginning: ClassVar[str]
    field: str
    about: str

    def __new__(cls, field: str, about: str) -> Self:
        """By the field's ref, and what it is called."""
        made = super().__new__(cls, f"{cls.beginning}{field}")
        made.field, made.about = field, about
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, bool]]:
        """So that it can be copied."""
        return (self.field, self.about), {}

    @property
    def value(self) -> str:
        """The name alone."""
        return str.__str__(self)


class OwnLooked(_OfField):
    """A field of the organisation's own that criteria and rules look at."""

    __slots__ = ()
    beginning = "own_"

    @property
    def label(self) -> str:
        """As people read it."""
        return gettext("“%(field)s”") % {"field": self.about}


class OwnRule(_OfField):
    """The rule that a field of the organisation's own has to say the same of two people."""

    __slots__ = ()
    beginning = "own_must_"

    @property
    def label(self) -> str:
        """As people read it."""
        return gettext("The same: %(field)s") % {"field": self.about}


AnyRule = RuleName | OwnRule


def rule(name: str, about: Mapping[str, str]) -> AnyRule:
    """The rule of a name; `about` says what fields are called. Raises ValueError for a name that is none."""
    if name.startswith(OwnRule.beginning):
        field = name.removeprefix(OwnRule.beginning)
        return OwnRule(field, about.get(field) or gettext("a field"))
    return RuleName(name)


class Looked(models.TextChoices):
    """What criteria and rules look at of one person: somebody may have said nothing of it."""

    SKILLS = "skills", _("skills")
    GRADE = "grade", _("grade")
    SITE = "site", _("site")
    DEPARTMENT = "department", _("department")
    TEAM = "team", _("team")
    HOURS = "hours", _("usual times")
    WAYS = "ways_to_meet", _("ways to meet")
    LANGUAGES = "languages", _("languages")
    INTERESTS = "interests", _("interests")
    AIM = "aim", _("where they want to get to")
    SINCE = "since", _("their first day")


AnyLooked = Looked | OwnLooked


class Noted(models.TextChoices):
    """What is worth knowing of somebody before a programme is matched."""

    NOT_READY = "not_ready", _("Not ready yet")
    NOT_JOINED = "not_joined", _("Has not joined yet")
    NO_ROOM = "no_room", _("Takes nobody now")
    FULL = "full", _("All places taken")
    NOBODY = "nobody", _("The rules leave nobody")
    SILENT = "silent", _("Says nothing of something that counts")


class Ready(models.TextChoices):
    """Who has to have done what the programme asks before they are paired."""

    NOBODY = "nobody", _("Nobody: it can be done later")
    MENTORS = "mentors", _("Mentors")
    BOTH = "both", _("Mentors and mentees")


class RoundState(models.TextChoices):
    """How far a round of matching has come. Nobody hears of it before it is published."""

    DRAFT = "draft", _("Being prepared")
    REVIEWED = "reviewed", _("Looked through")
    LOCKED = "locked", _("Locked")
    PUBLISHED = "published", _("Published")
    UNDONE = "undone", _("Published, and taken back")
    DISCARDED = "discarded", _("Discarded")


OPEN = (RoundState.DRAFT, RoundState.REVIEWED, RoundState.LOCKED)
"""States of a round that is still being worked on: one in a programme."""


class RunState(models.TextChoices):
    """How far one run of the engine has come."""

    WAITING = "waiting", _("Being worked out")
    DONE = "done", _("Worked out")
    FAILED = "failed", _("Could not be worked out")
    CANCELLED = "cancelled", _("Stopped")


class MarkKind(models.TextChoices):
    """What a coordinator says of two people in a round."""

    HOLD = "hold", _("Stay together")
    BAN = "ban", _("Not these two")


class Lack(models.TextChoices):
    """Why a mentee has no mentor after a run."""

    NOBODY_ALLOWED = "nobody_allowed", _("The rules leave no mentor")
    NO_PLACES = "no_places", _("Whoever is left takes nobody")
    TOO_FEW_PLACES = "too_few_places", _("Too few places with the mentors who are left")
    NOT_READY = "not_ready", _("Not ready yet")


class OfferState(models.TextChoices):
    """What came of the few mentors out of whom a mentee chooses."""

    OPEN = "open", _("Being chosen from")
    CHOSEN = "chosen", _("Chosen")
    NONE = "none", _("None of them")
    OVER = "over", _("Over")  # taken back, paired otherwise, or nobody has a place any more
