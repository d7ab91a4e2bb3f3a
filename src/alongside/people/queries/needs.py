"""Reads of preferences and needs: one's own, those of one's mentor or mentee, and what a coordinator arranges.

Nothing here can be searched, counted or compared: it is sealed, and no partner is chosen by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from alongside.foundation import vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people.models import Needs, NeedsPart
from alongside.people.queries import ties
from alongside.people.terms import Arranging, NeedsKind, NeedsSharing, Together

ITEMS: dict[str, type[Together] | type[Arranging]] = {
    NeedsKind.TOGETHER: Together,
    NeedsKind.ARRANGING: Arranging,
}


@dataclass(frozen=True)
class Said:
    """One kind of needs, unsealed: what was ticked and own words. Both are gone once the key was destroyed."""

    kind: str
    chosen: tuple[str, ...] = ()
    words: str = ""
    part: NeedsPart | None = field(default=None, compare=False)

    @property
    def labels(self) -> list[str | Promise]:
        """What was ticked, in words, in the order of the page."""
        return [item.label for item in ITEMS[self.kind] if item.value in self.chosen]

    @property
    def heading(self) -> str | Promise:
        """What this kind is called."""
        return NeedsKind(self.kind).label

    @property
    def is_empty(self) -> bool:
        """Was nothing said?"""
        return not self.chosen and not self.words


def visible_to(actor: Actor) -> QuerySet[NeedsPart]:
    """The needs that an actor may read: see the rows of the policy."""
    partners, arranged = ties.of(actor, ties.Tie.MATCHED), ties.of(actor, ties.Tie.COORDINATED)
    own = Q(needs__membership=actor.membership)
    shared = Q(needs__shared__in=(NeedsSharing.PARTNER, NeedsSharing.COORDINATOR), needs__membership__in=partners)
    asked = Q(kind=NeedsKind.ARRANGING, needs__shared=NeedsSharing.COORDINATOR, needs__membership__in=arranged)
    return NeedsPart.objects.filter(own | shared | asked).filter(needs__membership__organisation=actor.organisation)


def read(actor: Actor, owner: Membership) -> list[Said]:
    """What an actor may read of somebody's needs, without what is empty: two queries, and one of the keys.

    Most people say nothing: then it is one small query.
    """
    if not NeedsPart.objects.filter(needs__membership=owner).exists():
        return []
    held = visible_to(actor).filter(needs__membership=owner).select_related("needs").order_by("-kind")
    return [said for said in _unsealed(held) if not said.is_empty]


def _unsealed(parts: Iterable[NeedsPart]) -> list[Said]:
    held = list(parts)
    columns = [(part, column) for part in held for column in ("chosen", "words")]
    texts = vault.unseal([(getattr(part, column), vault.place(part, column)) for part, column in columns])
    return [
        Said(part.kind, tuple((chosen or "").split()), words or "", part)
        for part, chosen, words in zip(held, texts[::2], texts[1::2], strict=True)
    ]


def own(membership: Membership) -> tuple[str, dict[str, Said]]:
    """Whom somebody lets read their own needs, and what they say, by kind: for the page on which they write it."""
    needs = Needs.objects.filter(membership=membership).first()
    found = {str(kind): Said(kind) for kind in NeedsKind}
    if needs is None:
        return NeedsSharing.NOBODY, found
    return needs.shared, found | {said.kind: said for said in _unsealed(NeedsPart.objects.filter(needs=needs))}
