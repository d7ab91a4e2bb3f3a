"""Concerns, the cases made of them, and whom an organisation names to call.

Every text but a draft is sealed with the key of its case, so that it stays readable to whoever handles it when somebody
in it is erased, and goes with that key alone.
"""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.vault import SealedField
from alongside.safeguarding.terms import CaseState, Closing, Decision, EntryKind, Involved, SignpostKind


class Case(models.Model):
    """One concern on its way, from being raised to being closed."""

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.RAISED)
    decision = models.CharField(max_length=9, choices=Decision.choices, blank=True)
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True)
    raised_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-raised_at", "-id"], name="case_newest"),
            models.Index(fields=["due_at"], name="case_unanswered", condition=Q(state=CaseState.RAISED)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True, state=CaseState.RAISED)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False) & ~Q(state=CaseState.RAISED),
                name="case_acknowledged_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False) & ~Q(closing="")
                | ~Q(state=CaseState.CLOSED) & Q(closed_at__isnull=True, closing=""),
                name="case_closed_whole",
            ),
        ]

    @property
    def key_owner(self) -> str:
        """The vault's name for the key of all that is written in this case."""
        return f"case:{self.ref}"


class Concern(models.Model):
    """What somebody wrote because they were worried: facts apart from what they think of them."""

    ref = RefField()  # given by the form, so that pressing twice raises once
    case = models.OneToOneField(Case, models.PROTECT, related_name="concern")
    raiser = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    urgent = models.BooleanField(default=False)
    happened = SealedField()
    when_where = SealedField(default=b"")
    people = SealedField(default=b"")
    opinion = SealedField(default=b"")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-id"]


class ConcernDraft(models.Model):
    """What somebody has begun to write and not sent; sealed with their own key, and read by them alone."""

    ref = RefField()
    author = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    words = SealedField()
    kept_at = models.DateTimeField(default=clock.now)


class Involvement(models.Model):
    """Somebody whom a case is about, or who is too near to handle it: neither ever comes to it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    how = models.CharField(max_length=9, choices=Involved.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "membership"], name="involvement_once")]


class Message(models.Model):
    """What whoever handles a case writes to its raiser, and what the raiser adds."""

    ref = RefField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    from_raiser = models.BooleanField(default=False)
    words = SealedField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]


class Entry(models.Model):
    """One thing done or noted in a case, for those who handle it alone."""

    ref = RefField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    code = models.CharField(max_length=12, blank=True)  # a decision, why it was closed, the ref of a pair or person
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")  # None: by itself
    words = SealedField(default=b"")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]


class CaseHold(models.Model):
    """Meetings of a pair are on hold because of a case. The pair itself does not know why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    relationship_ref = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "relationship_ref"], name="case_hold_once", condition=Q(ended_at__isnull=True)
            )
        ]


class LimitsRead(models.Model):
    """Somebody has read what stays between two people, and what cannot."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    edition = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "edition"], name="limits_read_once")]


class Signpost(models.Model):
    """Whom people of an organisation can turn to, and how they reach them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=SignpostKind.choices)
    name = models.CharField(max_length=100)
    reach = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="signpost_once")]

    def __str__(self) -> str:
        return self.name
