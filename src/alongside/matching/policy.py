"""Who reads and changes a programme's matching. Predicates take plain facts, read beforehand by queries."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, declare
from alongside.foundation.identity.actors import Actor


class OfMatching(NamedTuple):
    """How an actor stands to a programme's matching, or to one proposed pair in it."""

    coordinates: bool
    near: bool = False  # one of the two, or somebody who manages one of them
    part: str = ""  # of the pair that came of it: "mentor", "mentee" or nothing


def coordinates(actor: Actor, subject: OfMatching) -> bool:
    """The coordinators who are named for the programme; none of a pair that they or people whom they manage are in."""
    return subject.coordinates and not subject.near


def is_mentee(actor: Actor, subject: OfMatching) -> bool:
    """The mentee of the pair."""
    return subject.part == "mentee"


def is_mentor(actor: Actor, subject: OfMatching) -> bool:
    """The mentor of the pair."""
    return subject.part == "mentor"


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
