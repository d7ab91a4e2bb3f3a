"""Relationships, their parties, every move they make, and pairs that met before Alongside."""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.people.terms import ImportState
from alongside.programmes.models import Participation, Programme
from alongside.relationships.learned_models import Learned  # noqa: F401 -- Django looks for models here
from alongside.relationships.terms import Answer, Ending, PairPart, RowOutcome, State


class Relationship(models.Model):
    """A mentor and a mentee, from the proposal to what comes afterwards."""

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    stage = models.CharField(max_length=8, default="prepare")  # a guidance.terms.Stage
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)  # since when contact is on hold, by any `ContactHold`
    silent_at = models.DateTimeField(null=True, blank=True)  # when it came to the coordinator's list, unanswered

    class Meta:
        ordering = ["-proposed_at", "-id"]
        indexes = [
            models.Index(fields=["programme", "state", "-proposed_at"], name="relationship_list"),
            models.Index(fields=["programme", "-proposed_at", "-id"], name="relationship_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.ENDED, ended_at__isnull=False) & ~Q(ending="")
                | ~Q(state=State.ENDED) & Q(ended_at__isnull=True, ending=""),
                name="relationship_ended_whole",
            ),
        ]

    def get_state_display(self) -> str:
        """The state in words. Django's own translates every state there is, for each row of a list."""
        return str(State(self.state).label)

    @property
    def key_owner(self) -> str:
        """The vault's name for this pair's key."""
        return f"relationship:{self.ref}"

    @property
    def is_open(self) -> bool:
        """Has it not ended?"""
        return self.state != State.ENDED

    @property
    def is_on_hold(self) -> bool:
        """Is contact between the two on hold, whatever the state?"""
        return self.held_at is not None

    @property
    def carried(self) -> "CarriedOver | None":
        """What the two brought along who met before Alongside; None for a pair that began here."""
        return getattr(self, "carried_over", None)


class Party(models.Model):
    """One person's part in a pair. A mentor's places are numbered, so that the last one is given once."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="parties")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=PairPart.choices)
    place_no = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)
    zone: str  # no column: queries.whole brings it
    told_at = models.DateTimeField(null=True, blank=True)  # of a pair that was carried over: when this one was told

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "part"], name="party_one_each", condition=Q(until__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["participation", "place_no"], name="party_place", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(condition=Q(place_no__gte=1), name="party_place_from_one"),
        ]


class Move(models.Model):
    """One step along the path, with what showed that it was time."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="moves")
    from_stage = models.CharField(max_length=8)
    to_stage = models.CharField(max_length=8)
    evidence = models.JSONField(default=list)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)


class ContactHold(models.Model):
    """Contact between the two is on hold. One by the programme's coordinators, one by whoever keeps it `apart`.

    Why is nowhere here: whoever holds keeps that in a record of their own.
    """

    ref = RefField()
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    apart = models.BooleanField(default=False)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")  # a coordinator; None for apart
    at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "apart"], name="contact_hold_once", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(condition=Q(apart=False) | Q(by=None, ended_by=None), name="contact_hold_apart"),
        ]


class Reason(models.Model):
    """Why somebody declined or ended, in their own words: theirs alone unless they share it with the coordinator."""

    ref = RefField()
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    words = SealedField()
    shared = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "author"], name="reason_once")]


class Tick(models.Model):
    """Somebody says in a pair that a duty of theirs is done, where nothing else shows it: both of the two read it.

    A duty is told by the step of the way that it stands at and its words: one that is worded anew is a new one.
    """

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)
    duty = models.CharField(max_length=400)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "participation", "step", "duty"], name="tick_once")
        ]


class OwnTick(models.Model):
    """The same in a programme, outside of any pair: nobody else reads it."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)
    duty = models.CharField(max_length=400)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participation", "step", "duty"], name="own_tick_once")]


class PairsImport(models.Model):
    """A file of pairs that already meet, on its way into a programme. Its rows are deleted after 30 days."""

    ref = RefField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    upload_ref = models.CharField(max_length=12, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.COLUMNS)
    counts = models.JSONField(default=dict)
    fault = models.CharField(max_length=300, blank=True)
    job_ref = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    committed_at = models.DateTimeField(null=True, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    added = models.JSONField(default=list)  # refs of the participations that came with it, so that they can go with it
    raised = models.JSONField(default=dict)  # ref of a mentor's participation -> places before and since

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["programme", "-created_at", "-id"], name="pairs_import_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.DONE, committed_at__isnull=False)
                | ~Q(state=ImportState.DONE) & Q(committed_at__isnull=True),
                name="pairs_import_done",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class PairsRow(models.Model):
    """One row of such a file, checked, before anything of it is taken in."""

    ref = RefField()
    pairs_import = models.ForeignKey(PairsImport, models.CASCADE, related_name="rows", db_index=False)
    spreadsheet_row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices)
    data = models.JSONField(null=True)
    cells = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    mentor = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    mentee = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    relationship = models.ForeignKey(Relationship, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["spreadsheet_row"]
        constraints = [models.UniqueConstraint(fields=["pairs_import", "spreadsheet_row"], name="pairs_row_once")]
        indexes = [models.Index(fields=["pairs_import", "outcome", "spreadsheet_row"], name="pairs_row_list")]


class CarriedOver(models.Model):
    """What two people bring along who met before Alongside: days and numbers, none of their words."""

    relationship = models.OneToOneField(Relationship, models.CASCADE, related_name="carried_over")
    pairs_import = models.ForeignKey(PairsImport, models.PROTECT, related_name="+")
    started_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    sessions_held = models.PositiveSmallIntegerField(null=True, blank=True)
    contract_signed_on = models.DateField(null=True, blank=True)
    goals_count = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(planned_end_on__isnull=True)
                | Q(planned_end_on__gte=models.F("started_on")),
                name="carried_over_ends_after_start",
            )
        ]
