"""Who reads and changes a programme's matching. Predicates take plain facts, read beforehand by queries."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, declare, everyone
from alongside.foundation.identity.actors import Actor


class OfMatching(NamedTuple):
    """How an actor stands to a programme's matching, or to one proposed pair in it."""

    coordinates: bool
    near: bool = False  # one of the two, or somebody who manages one of them
    part: str = ""  # of the pair that came of it: "mentor", "mentee" or nothing
    own: bool = False  # said by the actor, or about them alone


def coordinates(actor: Actor, subject: OfMatching) -> bool:
    """The coordinators who are named for the programme; none of a pair that they or people whom they manage are in."""
    return subject.coordinates and not subject.near


def is_mentee(actor: Actor, subject: OfMatching) -> bool:
    """The mentee of the pair."""
    return subject.part == "mentee"


def is_mentor(actor: Actor, subject: OfMatching) -> bool:
    """The mentor of the pair."""
    return subject.part == "mentor"


def is_own(actor: Actor, subject: OfMatching) -> bool:
    """Whoever said it."""
    return subject.own


COORDINATOR = Reader(Column.COORDINATOR, coordinates, label=_("the programme’s coordinators"))
declare(
    Row(
        "matching.read",
        _("Proposed pairs before they are published, who is not placed, and why"),
        (COORDINATOR,),
        note=_("Never of oneself, nor of anybody whom one manages: another coordinator looks at those."),
    )
)
declare(
    Row("matching.change", _("The rules and weights of matching, and every step of it"), (COORDINATOR,), listed=False)
)
declare(
    Row(
        "matching.reasons",
        _("Why two people were proposed to each other"),
        (
            Reader(Column.MENTEE, is_mentee, _("own pair"), _("you")),
            Reader(Column.MENTOR, is_mentor, _("own pair"), "{partner}"),
            COORDINATOR,
        ),
    )
)
_EITHER = (Column.MENTEE, Column.MENTOR)
declare(
    Row(
        "matching.own",
        _("Choosing a mentor, saying whom one would like, and asking that a person looks again"),
        tuple(Reader(column, everyone) for column in _EITHER),
        listed=False,
        page=True,
    )
)
declare(
    Row(
        "matching.wishes",
        _("Whom somebody would like to be paired with"),
        tuple(Reader(column, is_own, _("own"), _("you")) for column in _EITHER),
        note=_(
            "Nobody else reads the list, whoever it is about neither. It counts as much as the programme says "
            "when pairs are worked out; of a proposed pair the coordinators see how much."
        ),
    )
)
declare(
    Row(
        "matching.look_again",
        _("That somebody who was not placed asked for a person to look again, and what was answered"),
        (Reader(Column.MENTEE, is_own, _("own"), _("you")), COORDINATOR),
        note=_("Never of somebody whom one manages: another coordinator answers."),
    )
)
