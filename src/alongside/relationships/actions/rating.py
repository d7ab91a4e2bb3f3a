"""A mentor asks their mentee how they see them, and the mentee answers, while the pair goes on and is not on hold."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.readiness.actions import competences
from alongside.readiness.models import Rating
from alongside.relationships.actions.holds import locked
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.queries.rating import GO_ON
from alongside.relationships.terms import PairPart


def ask(pair: Pair, *, by: Actor) -> None:
    """Ask one's mentee. Raises NotPossible for anybody but the mentor, and where they were asked not long ago."""
    with transaction.atomic():
        _refuse_others(pair, PairPart.MENTOR)
        competences.ask(pair.ref, pair.mentee, by=by)


def rate_mentor(pair: Pair, sent: competences.Sent, *, by: Actor) -> Rating:
    """Say how one sees one's mentor. Raises NotPossible for anybody but the mentee, and where nobody has asked."""
    with transaction.atomic():
        _refuse_others(pair, PairPart.MENTEE)
        return competences.rate_mentor(pair.ref, sent, by=by)


def decline(pair: Pair, *, by: Actor) -> None:
    """Say that one would rather not. Raises NotPossible as above."""
    with transaction.atomic():
        _refuse_others(pair, PairPart.MENTEE)
        competences.decline(pair.ref, by=by)


def keep_draft(pair: Pair, words: Mapping[str, Any], *, by: Actor) -> datetime:
    """Keep what the mentee has begun to say; when. Raises NotPossible as above, and for what is too long."""
    with transaction.atomic():
        _refuse_others(pair, PairPart.MENTEE)
        return competences.keep_draft(pair.mentor, words, by=by).kept_at


def forget(pairs: QuerySet[Relationship]) -> None:
    """What was said in some pairs goes with them."""
    competences.forget(list(pairs.values_list("ref", flat=True)))


def _refuse_others(pair: Pair, part: str) -> None:
    held = locked(pair.relationship)
    if pair.standing.part != part or held.state not in GO_ON:
        raise NotPossible(_("This is for two people whose time together goes on."))
