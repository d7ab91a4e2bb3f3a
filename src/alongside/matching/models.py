"""The policy of a programme, rounds of matching, and what each run of the engine found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.matching.terms import OPEN, Lack, MarkKind, OfferState, RoundState, RunState, Way
from alongside.programmes.models import Participation, Programme


class MatchingPolicy(models.Model):
    """By which rules and weights a programme matches: `kept` is a `rules.Policy`. Without a row the default holds."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.COORDINATOR)
    kept = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    nightly = models.BooleanField(default=False)  # look every night whether somebody who waits can be paired
    changed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)


class Round(models.Model):
    """One time that a programme is matched, from the first run to what was published."""

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    words = models.TextField(_("your words to everybody"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0)  # so that nobody overwrites what they have not seen
    changed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")  # who made this revision
    job_ref = models.CharField(max_length=12, blank=True)  # of the work that publishes it
    begun_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
        indexes = [models.Index(fields=["programme", "-begun_at", "-id"], name="round_list")]
        constraints = [
            models.UniqueConstraint(fields=["programme"], name="round_open_once", condition=Q(state__in=OPEN)),
            models.CheckConstraint(
                condition=Q(state__in=[RoundState.PUBLISHED, RoundState.UNDONE], published_at__isnull=False)
                | ~Q(state__in=[RoundState.PUBLISHED, RoundState.UNDONE]) & Q(published_at__isnull=True),
                name="round_published_whole",
            ),
        ]


class Mark(models.Model):
    """What a coordinator says of two people in a round: they stay together, or are not paired."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="marks", db_index=False)
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=MarkKind.choices)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "mentee", "mentor"], name="mark_in_round_once")]


class Run(models.Model):
    """One run of the engine: what went in, so that it can be done again, and what came out.

    `policy` is the policy as it was; `apart` names, for each rule about single people, whom it keeps apart, by the refs
    of their participations; `figures` are the numbers of the whole. A run that is `DONE` is never changed.
    """

    ref = RefField()
    round = models.ForeignKey(Round, models.CASCADE, related_name="runs", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    seed = models.PositiveIntegerField()
    after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    fixed = models.BooleanField(default=False)  # the pairs of `after` stay; otherwise each counts a little more
    policy = models.JSONField(default=dict)
    apart = models.JSONField(default=dict)
    pins = models.JSONField(default=list)
    bans = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    figures = models.JSONField(default=dict)
    fault = models.CharField(max_length=300, blank=True)
    job_ref = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)

    grades: list[str] | None = None  # no column: queries.boards brings them

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="run_once"),
            models.UniqueConstraint(fields=["round"], name="run_waiting_once", condition=Q(state=RunState.WAITING)),
        ]


class Taker(models.Model):
    """Somebody in a run, as they were then: places, and what the criteria and rules look at."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="takers", db_index=False)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField(default=1)
    said = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "participation"], name="taker_once")]


class Proposal(models.Model):
    """A pair that a run found, with its points by criterion; they sum to the score, of a million."""

    ref = RefField()
    run = models.ForeignKey(Run, models.CASCADE, related_name="proposals", db_index=False)
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    score = models.PositiveIntegerField()
    points = models.JSONField(default=dict)
    pinned = models.BooleanField(default=False)
    others = models.JSONField(default=list)  # the next who would fit the mentee: ref and score
    worth_a_look = models.BooleanField(default=False)

    class Meta:
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["run", "-score", "id"], name="proposal_list")]
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee", "mentor"], name="proposal_once"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="proposal_of_two"),
        ]


class Left(models.Model):
    """A mentee to whom a run found no mentor: why, and the smallest changes that would help."""

    ref = RefField()
    run = models.ForeignKey(Run, models.CASCADE, related_name="left", db_index=False)
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    lack = models.CharField(max_length=16, choices=Lack.choices)
    detail = models.JSONField(default=dict)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "mentee"], name="left_once")]


class Opened(models.Model):
    """A coordinator has looked at somebody who is not placed, or at a pair that is worth a look, in a round.

    Of a pair also which mentor: another pair has to be looked at anew.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="opened", db_index=False)
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participation, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mentee"], name="opened_somebody_once", condition=Q(mentor__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["round", "mentee", "mentor"], name="opened_pair_once", condition=Q(mentor__isnull=False)
            ),
        ]


class Question(models.Model):
    """Why not these two? Asked of a run, with the answer once it is worked out."""

    ref = RefField()
    run = models.ForeignKey(Run, models.CASCADE, related_name="questions", db_index=False)
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    answer = models.JSONField(null=True)
    job_ref = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "mentee", "mentor"], name="question_once")]


class Published(models.Model):
    """A pair that a round published, with what the two share (`shared.Shared`): both may read that in words."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="published", db_index=False)
    relationship = models.OneToOneField("relationships.Relationship", models.PROTECT, related_name="+")
    score = models.PositiveIntegerField()
    points = models.JSONField(default=dict)
    shared = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "relationship"], name="published_once")]


class Offer(models.Model):
    """The few mentors out of whom a mentee chooses. Until `until` the place of the first is kept for them.

    Afterwards they still choose, among whoever has a place then. One that is `CHOSEN` led to a pair.
    """

    ref = RefField()
    round = models.ForeignKey(Round, models.PROTECT, related_name="offers", db_index=False)
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    until = models.DateTimeField()
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "mentee"], name="offer_in_round_once"),
            models.UniqueConstraint(fields=["mentee"], name="offer_open_once", condition=Q(state=OfferState.OPEN)),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, answered_at__isnull=True)
                | ~Q(state=OfferState.OPEN) & Q(answered_at__isnull=False),
                name="offer_answered_whole",
            ),
        ]


class OfferedMentor(models.Model):
    """One mentor of an offer, the best first, with what the two share. `kept`: a place is kept; `gone`: it is taken."""

    ref = RefField()
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="mentors", db_index=False)
    mentor = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    kept = models.BooleanField(default=False)
    gone = models.BooleanField(default=False)
    score = models.PositiveIntegerField()
    points = models.JSONField(default=dict)
    shared = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["offer", "mentor"], name="offered_once")]


class LookAgain(models.Model):
    """Somebody who was not placed asks that a person looks at it again, and what that person answered."""

    ref = RefField()
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False)
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    words = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "mentee"], name="look_again_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(words=""), name="look_again_answered_whole"
            ),
        ]


class Wish(models.Model):
    """Whom somebody would like to be paired with in a programme, in their order; 1 first. Theirs and the engine's."""

    by = models.ForeignKey(Participation, models.PROTECT, related_name="+", db_index=False)
    about = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["by", "about"], name="wish_once"),
            models.CheckConstraint(condition=~Q(by=F("about")) & Q(rank__gte=1), name="wish_about_another"),
        ]
