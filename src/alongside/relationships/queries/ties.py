"""How people stand to each other because of programmes and pairs: what `people` asks."""

from django.db.models import Q, QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import Part
from alongside.relationships.models import Party
from alongside.relationships.queries.pairs import managed_by
from alongside.relationships.terms import State


def partners(actor: Actor) -> QuerySet[Membership]:
    """Whoever is proposed to the actor, or is in a pair with them that has not ended."""
    return _others(actor, State.PROPOSED, State.ACCEPTED, State.ACTIVE)


def matched(actor: Actor) -> QuerySet[Membership]:
    """Whoever is in a pair with the actor to which both have said yes, while it lasts."""
    return _others(actor, State.ACCEPTED, State.ACTIVE)


def _others(actor: Actor, *states: State) -> QuerySet[Membership]:
    mine = Party.objects.filter(
        participation__membership=actor.membership,
        participation__until__isnull=True,
        until__isnull=True,
        relationship__state__in=states,
        relationship__held_at__isnull=True,
    )
    both = Party.objects.filter(relationship__in=mine.values("relationship"), participation__until__isnull=True)
    others = both.exclude(participation__membership=actor.membership)
    return Membership.objects.filter(pk__in=others.values("participation__membership"))


def coordinated(actor: Actor) -> QuerySet[Membership]:
    """The mentors and mentees of the programmes that the actor coordinates, from outside.

    Left out: themselves, whom they manage, and whoever is in a pair with one of these.
    """
    taking = Participation.objects.filter(programme__in=coordinated_by(actor), until__isnull=True)
    taking = taking.exclude(part=Part.COORDINATOR)
    managed = managed_by(actor.membership).values("target")
    near = Q(participation__membership=actor.membership) | Q(participation__membership__in=managed)
    close = Party.objects.filter(near, until__isnull=True).values("relationship")
    beside = Party.objects.filter(relationship__in=close, until__isnull=True).values("participation__membership")
    found = Membership.objects.filter(pk__in=taking.values("membership")).exclude(pk=actor.membership.pk)
    return found.exclude(pk__in=managed).exclude(pk__in=beside)


def mentors_somewhere(actor: Actor) -> QuerySet[Membership]:
    """The actor, if they mentor in any programme."""
    mentoring = Participation.objects.filter(membership=actor.membership, part=Part.MENTOR, until__isnull=True)
    return Membership.objects.filter(pk__in=mentoring.values("membership"))
