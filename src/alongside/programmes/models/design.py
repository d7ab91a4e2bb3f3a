"""What a programme is on paper: why, for whom, how, who, what may stand in the way, when, and on what basis.

Nothing here is required: a design is written section by section, and rules say what is still missing.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.programmes.models.programmes import Programme
from alongside.programmes.terms import Asked, CalendarKind, Duty, LawfulBasis, OpenTo, Section, Shape, Style


class Design(models.Model):
    """The design of a programme beyond its name, purpose, dates and model. Made when its first section is saved."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="+")
    # why
    purposes = models.JSONField(_("what it is for"), default=list, blank=True)  # keys of guidance
    benefit_mentee = models.TextField(_("what mentees gain"), max_length=1000, blank=True)
    benefit_mentor = models.TextField(_("what mentors gain"), max_length=1000, blank=True)
    benefit_organisation = models.TextField(_("what the organisation gains"), max_length=1000, blank=True)
    # for whom
    audience = models.TextField(_("for whom it is"), max_length=1000, blank=True)
    eligibility = models.TextField(_("who can take part"), max_length=1000, blank=True)
    open_to = models.CharField(_("who can apply"), max_length=8, choices=OpenTo.choices, blank=True)
    one_in_both = models.BooleanField(_("one person may be mentor and mentee"), default=False)
    mentee_places = models.PositiveSmallIntegerField(_("places for mentees"), null=True, blank=True)
    mentor_places = models.PositiveSmallIntegerField(_("places for mentors"), null=True, blank=True)
    # how
    style = models.CharField(_("style"), max_length=16, choices=Style.choices, blank=True)
    shape = models.CharField(_("form"), max_length=16, choices=Shape.choices, blank=True)
    cadence_weeks = models.PositiveSmallIntegerField(_("weeks between sessions"), null=True, blank=True)
    session_minutes = models.PositiveSmallIntegerField(_("minutes of a session"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("months of a pair"), null=True, blank=True)
    # the model: which one stands on the programme
    fit_answers = models.JSONField(_("the situation"), default=dict, blank=True)  # 0 to 3 by situation
    fit_table = models.CharField(max_length=60, blank=True)  # the address of the table by which it was reckoned
    recommended = models.JSONField(_("what the answers point to"), default=list, blank=True)  # when it was chosen
    model_reason = models.TextField(_("why this model"), max_length=1000, blank=True)
    # who: named people have rows of their own
    privacy_contact = models.EmailField(_("privacy contact"), max_length=254, blank=True)
    # tools and reviews
    goal_tools = models.JSONField(_("goal tools"), default=list, blank=True)
    review_methods = models.JSONField(_("ways to review"), default=list, blank=True)
    # privacy
    basis = models.CharField(_("lawful basis"), max_length=24, choices=LawfulBasis.choices, blank=True)
    basis_reason = models.TextField(_("why this basis"), max_length=1000, blank=True)
    notice = models.CharField(_("privacy notice"), max_length=300, blank=True)
    notice_version = models.CharField(_("version of the notice"), max_length=60, blank=True)
    retention = models.CharField(max_length=60, blank=True)  # the address of the periods that were agreed
    assessed_on = models.DateField(_("day of the impact assessment"), null=True, blank=True)
    assessment = models.CharField(_("where the impact assessment is"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence_weeks__isnull=True) | Q(cadence_weeks__range=(1, 26)), name="design_cadence"
            ),
            models.CheckConstraint(
                condition=Q(session_minutes__isnull=True) | Q(session_minutes__range=(10, 480)), name="design_session"
            ),
            models.CheckConstraint(
                condition=Q(term_months__isnull=True) | Q(term_months__range=(1, 60)), name="design_term"
            ),
        ]


class Line(models.Model):
    """One of several things of a kind in a section, in the order in which they were written."""

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["place", "id"]


class Objective(Line):
    """Something that the programme wants to reach, how it is measured, and what would be enough."""

    words = models.CharField(_("objective"), max_length=300)
    measure = models.CharField(_("measure"), max_length=300, blank=True)
    target = models.CharField(_("target"), max_length=200, blank=True)


class ApplicationQuestion(Line):
    """Something that whoever applies is asked."""

    asked = models.CharField(_("asked of"), max_length=8, choices=Asked.choices, default=Asked.BOTH)
    words = models.CharField(_("question"), max_length=300)
    needed = models.BooleanField(_("an answer is needed"), default=False)


class ExpectedBarrier(Line):
    """What may stand in the way, out of guidance (`key`) or in one's own words; what helps, and who sees to it."""

    side = models.CharField(max_length=12)  # guidance.Side
    key = models.CharField(max_length=40, blank=True)
    words = models.CharField(_("barrier"), max_length=200, blank=True)
    remedy = models.TextField(_("what helps"), max_length=600, blank=True)
    owner = models.CharField(_("who sees to it"), max_length=16, blank=True)  # guidance.Role

    class Meta(Line.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "side", "key"], name="barrier_known_once", condition=~Q(key="")
            ),
            models.CheckConstraint(condition=~Q(key="") | ~Q(words=""), name="barrier_says_what"),
        ]


class CalendarEntry(Line):
    """A day that the programme has set."""

    kind = models.CharField(_("what"), max_length=12, choices=CalendarKind.choices)
    day = models.DateField(_("day"))
    words = models.CharField(_("in words"), max_length=200, blank=True)

    class Meta(Line.Meta):
        ordering = ["day", "place", "id"]


class NamedPerson(models.Model):
    """Who is named for a duty in a programme: one person for each."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    duty = models.CharField(max_length=8, choices=Duty.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "duty"], name="duty_once")]


class SavedSection(models.Model):
    """That a section was saved, by whom, and how often, so that nobody overwrites what they have not seen."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    section = models.CharField(max_length=12, choices=Section.choices)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "section"], name="section_once")]


class SectionDraft(models.Model):
    """What somebody has begun to write in a section and not saved. Nobody else sees it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    section = models.CharField(max_length=12, choices=Section.choices)
    words = models.JSONField(default=dict)
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "author", "section"], name="section_draft_once")]
