"""Every change of a review: keeping a draft, sending it, and what the second one brings about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.relationships.actions import locked, move_on_if_ready
from alongside.relationships.queries import Pair
from alongside.reviews import queries, rules
from alongside.reviews.models import Review, ReviewAnswer
from alongside.reviews.terms import INSTRUMENT, Contact, ReviewKind


@dataclass(frozen=True)
class Said:
    """What somebody answers. `released` lets the other one read it once both have sent theirs."""

    ratings: Mapping[str, int | None] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    released: bool = False
    contact: str = ""
    contact_words: str = ""


def save_draft(pair: Pair, said: Said, *, by: Actor) -> ReviewAnswer:
    """Keep what is there so far; nobody else sees or hears of it. Raises NotPossible once it has been sent."""
    with transaction.atomic():
        answer = _opened(pair, by)
        _refuse(rules.why_not_draft(answer.sent_at is not None))
        with event("review.saved", by=by, about=answer, notify=False):
            _keep(answer, said, pair, by)
    return answer


def send(pair: Pair, said: Said, *, by: Actor) -> ReviewAnswer:
    """Send a review; it can be sent anew until the other one's is in too.

    When both are in, each reads what the other releases, and the pair is completed. Raises NotPossible when a
    question that is needed has no answer, or the review cannot be written now.
    """
    with transaction.atomic():
        answer = _opened(pair, by)
        _refuse_gaps(answer, said, pair)
        others = ReviewAnswer.objects.filter(review=answer.review, sent_at__isnull=False).exclude(pk=answer.pk)
        first, last = answer.sent_at is None, others.exists()
        with event("review.sent", by=by, about=answer, notify=first and not last, pair=pair.ref):
            answer.sent_at = clock.now()
            _keep(answer, said, pair, by)
            if last:
                _complete(answer.review, by)
    return answer


def _complete(review: Review, by: Actor) -> None:
    with event("review.completed", by=by, about=review, notify=False):
        review.completed_at = clock.now()
        review.save(update_fields=["completed_at"])
        move_on_if_ready(review.relationship, by=by)


def _opened(pair: Pair, by: Actor) -> ReviewAnswer:
    """The actor's answer, locked with its pair; made when it is first needed."""
    if pair.my_party is None:
        raise NotPossible(_("A closing review is written by the two people of a pair."))
    relationship = locked(pair.relationship)
    review = Review.objects.filter(relationship=relationship, kind=ReviewKind.CLOSING).first()
    complete = review is not None and review.completed_at is not None
    _refuse(rules.why_not_answer(relationship.stage, relationship.is_open, complete))
    if review is None:
        edition = guidance.instrument(INSTRUMENT).edition
        review = Review.objects.create(
            relationship=relationship,
            kind=ReviewKind.CLOSING,
            instrument=INSTRUMENT,
            edition=edition,
            opened_at=clock.now(),
        )
    review.relationship = relationship
    answer = ReviewAnswer.objects.filter(review=review, author=by.membership).first()
    answer = answer or ReviewAnswer(review=review, author=by.membership)
    answer.review = review
    return answer


def _refuse_gaps(answer: ReviewAnswer, said: Said, pair: Pair) -> None:
    ratings = {key: value for key, value in said.ratings.items() if value is not None}
    if rules.faults(queries.questions(answer.review, pair.standing.part), ratings, said.words):
        raise NotPossible(_("Answer every question that is not marked as optional. Your draft is kept if you save it."))
    if said.contact not in Contact.values:
        raise NotPossible(_("Say whether you would like to stay in touch."))


def _keep(answer: ReviewAnswer, said: Said, pair: Pair, by: Actor) -> None:
    asked = queries.questions(answer.review, pair.standing.part)
    ratings, words = rules.known(asked, said.ratings, said.words)
    mine, shared = by.membership.key_owner, pair.relationship.key_owner
    answer.ratings = _sealed(answer, "ratings", json.dumps(ratings), mine)
    answer.words = _sealed(answer, "words", json.dumps(words, ensure_ascii=False), mine)
    answer.contact = said.contact if said.contact in Contact.values else ""
    answer.contact_words = _sealed(answer, "contact_words", said.contact_words.strip(), shared)
    answer.released, answer.saved_at = said.released, clock.now()
    answer.save()


def _sealed(answer: ReviewAnswer, column: str, text: str, owner: str) -> bytes:
    return vault.seal(text, owner=owner, place=vault.place(answer, column))


def _refuse(reason: rules.Sentence | None) -> None:
    if reason:
        raise NotPossible(reason)
