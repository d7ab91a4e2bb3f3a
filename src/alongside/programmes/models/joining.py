"""The way of one person into one part of a programme: where it stands, what was answered, and every move."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.programmes.models.programmes import Participation, Programme
from alongside.programmes.terms import JoiningState, Part, Reply, Step

_LISTED = Q(state__in=[JoiningState.WAITING, JoiningState.ASKED])


class Joining(models.Model):
    """One for each person and part of a programme, made when somebody applies, leaves, or is asked.

    Whoever was added and never moved has none: their `Participation` says since when they take part.
    """

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="joinings")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    state = models.CharField(_("state"), max_length=12, choices=JoiningState.choices, default=JoiningState.NEW)
    since = models.DateTimeField(default=clock.now)  # in this state
    applied_at = models.DateTimeField(null=True, blank=True)  # first come, first on the list
    revision = models.PositiveIntegerField(default=0)  # how often it was sent, or changed after that
    fits = models.BooleanField(_("who can take part"), null=True)  # in the applicant's own view
    place = models.PositiveIntegerField(_("place on the list"), null=True, blank=True)
    news_by = models.DateField(_("day of the next news"), null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)  # when a coordinator asked them last
    reply = models.CharField(_("answer"), max_length=12, choices=Reply.choices, blank=True)  # to that
    replied_at = models.DateTimeField(null=True, blank=True)
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, blank=True, related_name="+")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["applied_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "membership", "part"], name="joining_once"),
            models.CheckConstraint(condition=~Q(part=Part.COORDINATOR), name="joining_part"),
            models.CheckConstraint(condition=~_LISTED | Q(place__isnull=False), name="joining_place"),
            models.CheckConstraint(
                condition=~Q(state=JoiningState.TAKING_PART) | Q(participation__isnull=False), name="joining_takes_part"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[JoiningState.APPLIED, JoiningState.WAITING]) | Q(news_by__isnull=False),
                name="joining_news",
            ),
            models.CheckConstraint(
                condition=Q(state=JoiningState.INVITED, reply=Reply.WAITING)
                | ~Q(state=JoiningState.INVITED) & ~Q(reply=Reply.WAITING),
                name="joining_asked",
            ),
            models.CheckConstraint(
                condition=Q(reply="", invited_at__isnull=True) | ~Q(reply="") & Q(invited_at__isnull=False),
                name="joining_reply",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "applied_at", "id"], name="joining_list"),
            models.Index(fields=["programme", "state", "applied_at", "id"], name="joining_by_state"),
            models.Index(fields=["programme", "state", "part", "place"], name="joining_waiting"),
            models.Index(fields=["programme", "-invited_at", "id"], name="joining_invited"),
            models.Index(fields=["membership", "state"], name="joining_of"),
        ]


class Answer(models.Model):
    """What somebody has answered to one question of an application. The question is kept as it was asked."""

    ref = RefField()
    joining = models.ForeignKey(Joining, models.PROTECT, related_name="+")
    question_ref = models.CharField(max_length=12)  # the question may be taken away later
    question = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField(default=0)
    words = vault.SealedField()

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["joining", "question_ref"], name="answer_once")]


class JoiningMove(models.Model):
    """One move: who, when, from where to where, and the words that went to whoever it is about. Never changed."""

    joining = models.ForeignKey(Joining, models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, choices=Step.choices)
    from_state = models.CharField(max_length=12, choices=JoiningState.choices)
    to_state = models.CharField(max_length=12, choices=JoiningState.choices)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField(_("words to them"), max_length=2000, blank=True)

    class Meta:
        ordering = ["id"]
