"""Reads of conflicts of interest: those that people declared, and those that the people list shows."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation import clock, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people.models import Link
from alongside.people.queries import managed_by
from alongside.people.terms import LinkKind
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import Part
from alongside.readiness import rules
from alongside.readiness.models import Conflict, ConflictStatement


class Seen(NamedTuple):
    """A conflict with its words; None where their key was destroyed."""

    conflict: Conflict
    words: str | None
    answer: str | None


def visible_to(actor: Actor) -> QuerySet[Conflict]:
    """One's own, and what others declared in programmes that one coordinates, unless one is their line manager."""
    mine = Q(membership=actor.membership)
    others = Q(programme__in=coordinated_by(actor)) & ~Q(membership__in=managed_by(actor.membership))
    found = Conflict.objects.filter(mine | others)
    return found.select_related("membership", "programme", "decided_by")


def to_decide(actor: Actor, programme: Programme) -> QuerySet[Conflict]:
    """What others declared in a programme, undecided first. None for whoever does not coordinate it."""
    found = visible_to(actor).filter(programme=programme).exclude(membership=actor.membership)
    return found.filter(programme__in=coordinated_by(actor)).order_by("decided_at", "-declared_at", "-id")


def left_to_others(actor: Actor, programme: Programme) -> int:
    """How many undecided ones were declared by people whom the actor manages: another coordinator has to decide."""
    held = Conflict.objects.filter(programme=programme, decision="", membership__in=managed_by(actor.membership))
    return held.count()


def own(actor: Actor, programme: Programme) -> list[Seen]:
    """What the actor has declared in a programme."""
    return unsealed(visible_to(actor).filter(programme=programme, membership=actor.membership))


def unsealed(found: Iterable[Conflict]) -> list[Seen]:
    """Conflicts with their words."""
    held = list(found)
    sealed = [(getattr(one, name), vault.place(one, name)) for one in held for name in ("words", "answer")]
    said = vault.unseal(sealed)
    return [Seen(one, said[2 * number], said[2 * number + 1]) for number, one in enumerate(held)]


def statement_of(actor: Actor, programme: Programme) -> ConflictStatement | None:
    """When the actor said last that everything is declared, if that still holds."""
    since = rules.statement_from(clock.today(programme.organisation.timezone))
    held = ConflictStatement.objects.filter(programme=programme, membership=actor.membership, stated_on__gte=since)
    return held.first()


class Managing(NamedTuple):
    """A mentor who manages a mentee of the same programme, by the people list."""

    manager: Membership
    managed: Membership


def managing(programme: Programme, most: int) -> list[Managing]:
    """Who manages whom, where one is mentor and the other mentee of a programme; the first `most` of them."""
    held = Participation.objects.filter(programme=programme, until__isnull=True)
    links = Link.objects.filter(kind=LinkKind.MANAGES, until__isnull=True)
    found = links.filter(
        Exists(held.filter(part=Part.MENTOR, membership=OuterRef("source"))),
        Exists(held.filter(part=Part.MENTEE, membership=OuterRef("target"))),
    ).select_related("source", "target")
    return [Managing(one.source, one.target) for one in found.order_by("source__name", "target__name", "pk")[:most]]
