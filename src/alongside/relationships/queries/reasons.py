"""Reads of why somebody declined or ended."""

from dataclasses import dataclass
from datetime import datetime

from alongside.foundation import access, vault
from alongside.foundation.identity.actors import Actor
from alongside.relationships.models import Reason
from alongside.relationships.policy import Standing
from alongside.relationships.queries.pairs import Pair


@dataclass(frozen=True)
class Given:
    """A reason as one actor sees it. `words` is None when the writer's key is destroyed."""

    reason: Reason
    words: str | None
    mine: bool

    @property
    def shared(self) -> bool:
        """May the coordinator read it too?"""
        return self.reason.shared

    @property
    def at(self) -> datetime:
        """When it was given."""
        return self.reason.at


@dataclass(frozen=True)
class _Subject:
    standing: Standing
    author_id: int


def reasons(actor: Actor, pair: Pair) -> list[Given]:
    """The reasons given in a pair that the actor may read: own ones, and for its coordinator those that are shared."""
    held = Reason.objects.filter(relationship=pair.relationship).select_related("author").order_by("at", "id")
    shown = [reason for reason in held if _may_read(actor, pair, reason)]
    words = vault.unseal([(reason.words, vault.place(reason, "words")) for reason in shown]) if shown else []
    return [
        Given(reason, text, reason.author_id == actor.membership.pk) for reason, text in zip(shown, words, strict=True)
    ]


def _may_read(actor: Actor, pair: Pair, reason: Reason) -> bool:
    permission = "relationships.read_shared_reason" if reason.shared else "relationships.read_reason"
    return access.may(actor, permission, _Subject(pair.standing, reason.author_id))
