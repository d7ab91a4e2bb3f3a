"""How mentees see their mentors' competences: in which pairs a question waits, and in which pairs one may read."""

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.readiness import rules
from alongside.readiness.models import RatingRequest
from alongside.readiness.queries import competences
from alongside.relationships.queries.pairs import Pair, open_pairs, own
from alongside.relationships.terms import PairPart, State

GO_ON = (State.ACCEPTED, State.ACTIVE)


class ToAsk(NamedTuple):
    """A mentee of the actor's: what was asked of them last, when they answered, and why they cannot be asked now."""

    pair: Pair
    asked: RatingRequest | None
    replied_on: date | None
    why_not: str | Promise | None


def readable(actor: Actor) -> QuerySet[str]:
    """The refs of the actor's pairs in which they may read: neither on hold nor lost."""
    return own(actor).values("ref")


def _pairs(actor: Actor, part: str) -> list[Pair]:
    return [one for one in open_pairs(actor) if one.standing.part == part and one.relationship.state in GO_ON]


def waiting(actor: Actor) -> list[Pair]:
    """The actor's pairs in which their mentor waits for how they are seen."""
    found = _pairs(actor, PairPart.MENTEE)
    return [one for one in found if competences.asked_for(actor, one.ref)] if found else []


def to_ask(actor: Actor) -> list[ToAsk]:
    """The actor's mentees, with what they were asked and whether they can be asked now."""
    found = _pairs(actor, PairPart.MENTOR)
    held, today = competences.requests(actor) if found else {}, clock.today(actor.organisation.timezone)
    return [_to_ask(actor, one, held.get(one.ref), today) for one in found]


def _to_ask(actor: Actor, pair: Pair, asked: RatingRequest | None, today: date) -> ToAsk:
    day = competences.replied_on(asked, actor) if asked else None
    return ToAsk(pair, asked, day, rules.why_not_ask(asked.reply if asked else "", day, today))
