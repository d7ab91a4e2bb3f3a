"""Who may read what of a review: its author; the other one what the author releases, once both have sent theirs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, declare
from alongside.foundation.identity.actors import Actor
from alongside.relationships.policy import COORDINATOR, OWN, PAIR, Standing, is_mentee, is_mentor


@dataclass(frozen=True)
class AnswerSubject:
    """Somebody's review, as far as the policy asks."""

    standing: Standing
    author_id: int
    released: bool
    complete: bool  # both have sent theirs


def mentee_when_released(actor: Actor, subject: AnswerSubject) -> bool:
    """The pair's mentee, once both have sent theirs and the author shares it."""
    return subject.released and subject.complete and is_mentee(actor, subject)


def mentor_when_released(actor: Actor, subject: AnswerSubject) -> bool:
    """The pair's mentor, once both have sent theirs and the author shares it."""
    return subject.released and subject.complete and is_mentor(actor, subject)


def mentee_when_complete(actor: Actor, subject: AnswerSubject) -> bool:
    """The pair's mentee, once both have sent theirs."""
    return subject.complete and is_mentee(actor, subject)


def mentor_when_complete(actor: Actor, subject: AnswerSubject) -> bool:
    """The pair's mentor, once both have sent theirs."""
    return subject.complete and is_mentor(actor, subject)


_RELEASED, _COMPLETE = _("what its writer shares"), _("once both have sent theirs")
_IF_RELEASED, _IF_COMPLETE = _("{partner}, if you share it,"), _("{partner}")
declare(
    Row(
        "reviews.read",
        _("Answers in the closing review"),
        (
            *OWN,
            Reader(Column.MENTEE, mentee_when_released, _RELEASED, _IF_RELEASED),
            Reader(Column.MENTOR, mentor_when_released, _RELEASED, _IF_RELEASED),
        ),
    )
)
declare(
    Row(
        "reviews.read_contact",
        _("Whether the two stay in touch afterwards"),
        (
            *OWN,
            Reader(Column.MENTEE, mentee_when_complete, _COMPLETE, _IF_COMPLETE),
            Reader(Column.MENTOR, mentor_when_complete, _COMPLETE, _IF_COMPLETE),
        ),
    )
)
declare(Row("reviews.status", _("Whether the closing reviews have been sent"), (*PAIR, COORDINATOR)))
declare(Row("reviews.answer", _("Writing and sending a closing review"), PAIR, listed=False))
declare(Row("reviews.afterwards", _("The page of what happens to a pair’s records"), PAIR, listed=False))
