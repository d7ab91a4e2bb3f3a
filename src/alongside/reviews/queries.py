"""Reads of reviews: which answers an actor may read, and a pair's closing review as its pages need it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.foundation import access, hooks, privacy, vault
from alongside.foundation.access import Column, Row
from alongside.foundation.identity.actors import Actor
from alongside.guidance import Role
from alongside.programmes.models import Participation, Programme
from alongside.relationships import queries as relationships
from alongside.relationships.models import Party
from alongside.relationships.queries import Pair
from alongside.relationships.terms import PairPart
from alongside.reviews import rules
from alongside.reviews.models import Review, ReviewAnswer
from alongside.reviews.policy import AnswerSubject
from alongside.reviews.rules import Question
from alongside.reviews.terms import INSTRUMENT, Outlook, ReviewKind

if TYPE_CHECKING:
    from alongside.guidance import Instrument, Item, RetentionClass

_PAIR_ENDED = "pair_ended"
_OF_TWO_PEOPLE = (_PAIR_ENDED, "left_organisation", "happened")
_PACKAGES = ("relationships", "contracts", "goals", "meetings", "reviews")  # that hold records of a pair


@dataclass(frozen=True)
class Reply:
    """What somebody answered to one question; `text` is None where its key was destroyed."""

    item: Item
    rating: int | None
    text: str | None


@dataclass(frozen=True)
class Seen:
    """Somebody's review as an actor may see it. What they may not read is empty."""

    author_id: int
    sent_at: datetime | None
    released: bool
    replies: tuple[Reply, ...]
    contact: str
    contact_words: str | None


@dataclass(frozen=True)
class Closing:
    """A pair's closing review as one of the two sees it."""

    instrument: Instrument
    partner: str
    mine: Seen | None
    theirs: Seen | None
    completed_at: datetime | None

    @property
    def progress(self) -> str:
        """How far the actor has come with theirs."""
        sent = self.mine is not None and self.mine.sent_at is not None
        return rules.progress(self.mine is not None, sent, self.completed_at is not None)

    @property
    def theirs_sent(self) -> bool:
        """Has the other one sent theirs?"""
        return self.theirs is not None and self.theirs.sent_at is not None

    @property
    def outlook(self) -> Outlook | None:
        """What the two plan to be to each other, once both have sent theirs."""
        if self.mine is None or self.theirs is None or self.completed_at is None:
            return None
        return rules.outlook(self.mine.contact, self.theirs.contact)

    @property
    def contact_lines(self) -> list[dict[str, str]]:
        """What each of the two added about it, to one of them."""
        both = ((_("You"), self.mine), (self.partner, self.theirs))
        return [{"term": who, "words": seen.contact_words} for who, seen in both if seen and seen.contact_words]


def visible_to(actor: Actor) -> QuerySet[ReviewAnswer]:
    """The answers that an actor may read: their own, and what the other one released once both were in."""
    released = Q(released=True, review__completed_at__isnull=False)
    return ReviewAnswer.objects.filter(
        Q(author=actor.membership) | released, review__relationship__in=relationships.own(actor)
    )


def instrument(edition: int | None = None) -> Instrument:
    """The questions of the closing review, in the reader's language."""
    return guidance.instrument(INSTRUMENT, edition, get_language() or guidance.ENGLISH)


def role_of(part: str) -> Role:
    """Whose questions somebody is asked who plays this part in a pair."""
    return Role.MENTOR if part == PairPart.MENTOR else Role.MENTEE


def questions(review: Review, part: str) -> list[Question]:
    """What one of the two is asked, as rules take it."""
    items = instrument(review.edition).items_for(role_of(part))
    return [Question(item.key, item.kind == "scale", item.optional) for item in items]


def closing(actor: Actor, pair: Pair) -> Closing:
    """The closing review of a pair, as the actor, one of the two, may see it."""
    partner = pair.partner.short_name if pair.partner else ""
    held = ReviewAnswer.objects.filter(review__relationship=pair.relationship, review__kind=ReviewKind.CLOSING)
    answers = list(held.select_related("review"))
    if not answers:  # a review is made with its first answer
        return Closing(instrument(), partner, None, None, None)
    review = answers[0].review
    asked = instrument(review.edition)
    opened = _opened(actor, pair, answers)
    shown = [_seen(answer, asked, pair, *opened[answer.pk]) for answer in answers]
    mine = next((held for held in shown if held.author_id == actor.membership.pk), None)
    theirs = next((held for held in shown if held is not mine), None)
    return Closing(asked, partner, mine, theirs, review.completed_at)


def _opened(actor: Actor, pair: Pair, answers: Iterable[ReviewAnswer]) -> dict[int, list[str | None]]:
    """Ratings, words and words about contact of each answer, as far as the policy lets the actor read them."""
    sealed, pks = [], []
    for answer in answers:
        held = subject(answer, pair)
        may_read, may_contact = (access.may(actor, f"reviews.{name}", held) for name in ("read", "read_contact"))
        texts = [("ratings", may_read), ("words", may_read), ("contact_words", may_contact)]
        sealed += [(getattr(answer, name) if allowed else b"", vault.place(answer, name)) for name, allowed in texts]
        pks.append(answer.pk)
    texts_opened = vault.unseal(sealed)
    return {pk: texts_opened[3 * i : 3 * i + 3] for i, pk in enumerate(pks)}


def subject(answer: ReviewAnswer, pair: Pair) -> AnswerSubject:
    """An answer as the policy asks about it."""
    complete = answer.review.completed_at is not None
    return AnswerSubject(pair.standing, answer.author_id, answer.released, complete)


def _seen(
    answer: ReviewAnswer, asked: Instrument, pair: Pair, ratings: str | None, words: str | None, contact: str | None
) -> Seen:
    part = Role.MENTOR if answer.author_id == pair.mentor.pk else Role.MENTEE
    held = json.loads(ratings or "{}")
    said = None if words is None else json.loads(words or "{}")
    readable = ratings is None or ratings != ""
    replies = [
        Reply(item, held.get(item.key), None if said is None else said.get(item.key, ""))
        for item in asked.items_for(part)
    ]
    own_or_complete = answer.review.completed_at is not None or part == pair.standing.part
    return Seen(
        author_id=answer.author_id,
        sent_at=answer.sent_at,
        released=answer.released,
        replies=tuple(replies) if readable else (),
        contact=answer.contact if own_or_complete else "",
        contact_words=contact,
    )


def senders(relationship_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Who has sent a closing review, as (relationship, membership). A page that assembles asks once of each pair."""
    asked = set(relationship_ids)
    known: dict[int, set[tuple[int, int]]] = hooks.once(("senders",), dict)
    if fresh := asked - known.keys():
        found = _senders(fresh)
        known |= {pk: {held for held in found if held[0] == pk} for pk in fresh}
    return set().union(*(known[pk] for pk in asked))


def sent_by(actor: Actor, pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """Who has sent the closing review in which of these pairs, as ref and part."""
    held = list(pairs)
    sent = senders(pair.relationship.pk for pair in held)
    two = [(pair, party) for pair in held for party in (pair.mentor_party, pair.mentee_party)]
    return {
        (pair.ref, party.part)
        for pair, party in two
        if (pair.relationship.pk, party.participation.membership_id) in sent
    }


def _senders(relationship_ids: Iterable[int]) -> set[tuple[int, int]]:
    sent = ReviewAnswer.objects.filter(
        review__relationship__in=relationship_ids, review__kind=ReviewKind.CLOSING, sent_at__isnull=False
    )
    return set(sent.values_list("review__relationship_id", "author_id"))


def reviewed(programme: Programme) -> QuerySet[Participation]:
    """The participants of pairs whose closing reviews are both in."""
    complete = Review.objects.filter(kind=ReviewKind.CLOSING, completed_at__isnull=False)
    held = Party.objects.filter(participation=OuterRef("pk"), relationship__in=complete.values("relationship"))
    return Participation.objects.filter(Exists(held), programme=programme)


@dataclass(frozen=True)
class Kept:
    """One kind of record, and the day after which it is deleted; None where no day follows from the ending."""

    held: RetentionClass
    until: date | None


@dataclass(frozen=True)
class Readers:
    """One kind of a pair's records, and how far each may read it; empty for nobody."""

    words: str
    mine: str
    theirs: str
    coordinator: str


def kept_until(ended_on: date) -> list[Kept]:
    """How long what Alongside holds of two people is kept after their ending."""
    used = {held.keep for held in privacy.declarations() if held.personal}
    known = guidance.retention_classes(get_language() or guidance.ENGLISH)
    found = [held for key, held in known.items() if key in used and held.starts in _OF_TWO_PEOPLE]
    return [
        Kept(held, rules.months_after(ended_on, held.months) if held.starts == _PAIR_ENDED and held.months else None)
        for held in found
    ]


def readers(part: str) -> list[Readers]:
    """Who may read which of a pair's records, made from the policies, to one of the two."""
    columns = (Column.MENTEE, Column.MENTOR) if part == PairPart.MENTEE else (Column.MENTOR, Column.MENTEE)
    about = [held for held in access.rows() if held.listed and held.permission.partition(".")[0] in _PACKAGES]
    return [
        Readers(str(held.words), *(_cell(held, column) for column in (*columns, Column.COORDINATOR))) for held in about
    ]


def _cell(held: Row, column: Column) -> str:
    cells = [str(reader.cell) or _("yes") for reader in held.who if reader.column == column]
    return ", ".join(dict.fromkeys(cells))


def ended_on(pair: Pair) -> date | None:
    """The day on which a pair ended, where its organisation is; None while it goes on."""
    ended_at, zone = pair.relationship.ended_at, ZoneInfo(pair.programme.organisation.timezone)
    return ended_at.astimezone(zone).date() if ended_at else None
