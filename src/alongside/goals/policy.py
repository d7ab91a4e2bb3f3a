"""Who may read what of a goal: its owner everything, the mentor what the owner shares, a coordinator how many."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, declare
from alongside.foundation.identity.actors import Actor
from alongside.relationships.policy import COORDINATOR, Standing, author_as, coordinates, is_mentor
from alongside.relationships.terms import PairPart


@dataclass(frozen=True)
class GoalSubject:
    """A goal, as far as the policy asks."""

    standing: Standing
    author_id: int
    shared: bool


def mentor_when_shared(actor: Actor, subject: GoalSubject) -> bool:
    """The pair's mentor, where the mentee shares the goal."""
    return subject.shared and is_mentor(actor, subject)


_owner = Reader(Column.MENTEE, author_as(PairPart.MENTEE), _("own; shared by choice"), _("you"))
_mentor = Reader(Column.MENTOR, mentor_when_shared, _("what the mentee shares"), _("{partner}, if you share it,"))
declare(Row("goals.read", _("Goals, their starting points and how far they have come"), (_owner, _mentor)))
declare(
    Row(
        "goals.count",
        _("How many goals there are, and whether they are being worked on, reached or let go"),
        (Reader(Column.MENTEE, author_as(PairPart.MENTEE)), Reader(COORDINATOR.column, coordinates)),
    )
)
declare(Row("goals.read_private", _("A goal that the mentee keeps private"), (_owner,), listed=False))
_now = Reader(Column.MENTOR, mentor_when_shared, label="{partner}")
declare(Row("goals.read_shared", _("A goal that the mentee shares"), (_owner, _now), listed=False))
declare(Row("goals.write", _("Writing, sharing and marking a goal"), (_owner,), listed=False))
declare(Row("goals.list", _("The page of a pair’s goals"), (_owner, Reader(Column.MENTOR, is_mentor)), listed=False))
