"""Who may read what of a pair. Predicates take a `Standing`: plain facts, read beforehand by queries.

Within a pair the narrowest part counts: whoever belongs to it, or manages one of the two, has no coordinator's view.
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, declare, everyone
from alongside.foundation.identity.actors import Actor
from alongside.relationships.terms import PairPart


@dataclass(frozen=True)
class Standing:
    """How an actor stands to a pair."""

    part: str = ""  # "mentor", "mentee" or nothing
    coordinates: bool = False  # named for the programme, and neither in the pair nor managing one of the two


class OfPair(Protocol):
    """Anything that belongs to a pair and knows how the actor stands to it."""

    @property
    def standing(self) -> Standing: ...


class Authored(OfPair, Protocol):
    """Something of a pair that one person wrote."""

    @property
    def author_id(self) -> int: ...


def is_mentor(actor: Actor, subject: OfPair) -> bool:
    """The pair's mentor."""
    return subject.standing.part == PairPart.MENTOR


def is_mentee(actor: Actor, subject: OfPair) -> bool:
    """The pair's mentee."""
    return subject.standing.part == PairPart.MENTEE


def is_party(actor: Actor, subject: OfPair) -> bool:
    """The mentor or the mentee."""
    return bool(subject.standing.part)


def coordinates(actor: Actor, subject: OfPair) -> bool:
    """A coordinator of the programme who stands outside the pair."""
    return subject.standing.coordinates


def author_as(part: str) -> "AuthorTest":
    """Whoever wrote it, in this part."""
    return AuthorTest(part)


@dataclass(frozen=True)
class AuthorTest:
    """The author of something of a pair, while they play `part` in it."""

    part: str

    def __call__(self, actor: Actor, subject: Authored) -> bool:
        """Did the actor write it, and do they still play the part?"""
        return subject.standing.part == self.part and subject.author_id == actor.membership.pk


MENTEE = Reader(Column.MENTEE, is_mentee, label=_("you"))
MENTOR = Reader(Column.MENTOR, is_mentor, label="{partner}")
PAIR = (MENTEE, MENTOR)
COORDINATOR = Reader(Column.COORDINATOR, coordinates, label=_("the coordinator"))
OWN = (
    Reader(Column.MENTEE, author_as(PairPart.MENTEE), _("own"), _("you")),
    Reader(Column.MENTOR, author_as(PairPart.MENTOR), _("own"), _("you")),
)

declare(Row("relationships.read", _("Who is paired with whom, and how far they have come"), (*PAIR, COORDINATOR)))
declare(
    Row(
        "relationships.duties",
        _("What is expected of the two of a pair, and what of it is done or ticked"),
        PAIR,
        note=_("What is asked before one begins, such as training, each sees of themselves."),
    )
)
declare(
    Row(
        "relationships.own_duties",
        _("What is expected of oneself, in every pair and programme"),
        (Reader(Column.MENTEE, everyone),),
        listed=False,
        page=True,
    )
)
declare(Row("relationships.answer", _("Accepting or declining a pair"), PAIR, listed=False))
declare(Row("relationships.move", _("Moving a pair along its path, and ending it"), PAIR, listed=False))
declare(Row("relationships.ask_rating", _("Asking one’s mentee for a rating"), (MENTOR,), listed=False))
declare(Row("relationships.rate", _("Rating one’s mentor, when asked"), (MENTEE,), listed=False))
declare(Row("relationships.withdraw", _("Withdrawing a proposed pair"), (COORDINATOR,), listed=False))
declare(Row("relationships.hold", _("Putting contact of a pair on hold"), (COORDINATOR,), listed=False))
declare(
    Row(
        "relationships.read_reason",
        _("Why somebody declined or ended"),
        OWN,
        note=_("Nobody need give a reason."),
    )
)
declare(
    Row(
        "relationships.read_shared_reason",
        _("Why somebody declined or ended, shared by its writer"),
        (*OWN, Reader(Column.COORDINATOR, coordinates, _("if its writer shares it"), _("the coordinator"))),
    )
)
declare(
    Row(
        "relationships.read_learned",
        _("What may be used after an ending to find somebody who fits better"),
        (*OWN, Reader(Column.COORDINATOR, coordinates, _("if its writer lets them use it"), _("the coordinator"))),
        note=_("The other one of the pair never reads it. Whoever ticked it can take it back."),
    )
)
declare(
    Row(
        "relationships.take_back_learned",
        _("Taking back what may be used to find somebody who fits better"),
        OWN,
        listed=False,
    )
)
