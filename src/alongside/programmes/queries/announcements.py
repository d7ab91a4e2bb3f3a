"""Reads of what coordinators write to the people of a programme, and whom it reaches."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.programmes.models import Announcement, Programme
from alongside.programmes.queries.programmes import coordinated_by, search_participants

REACHED = (MembershipState.INVITED, MembershipState.ACTIVE)


def announcements_visible_to(actor: Actor) -> QuerySet[Announcement]:
    """What was written in the programmes that the actor coordinates, newest first."""
    held = Announcement.objects.filter(programme__in=coordinated_by(actor).values("pk"))
    return held.select_related("by", "programme__organisation")


def receivers(programme: Programme, chosen: dict[str, str]) -> QuerySet[Membership]:
    """Whom a mail to the chosen people can reach, each once, by name: whoever was invited or has joined."""
    takers = search_participants(programme, chosen).order_by().values("membership")
    found = Membership.objects.filter(pk__in=takers, state__in=REACHED)
    found = found.filter(Q(account__isnull=False) | ~Q(work_address=""))
    return found.select_related("account", "organisation").order_by("name", "id")


def unreached(programme: Programme, chosen: dict[str, str]) -> QuerySet[Membership]:
    """The others among the chosen people: not invited yet, suspended, or without an address."""
    takers = search_participants(programme, chosen).order_by().values("membership")
    found = Membership.objects.filter(pk__in=takers).exclude(pk__in=receivers(programme, chosen).values("pk"))
    return found.order_by("name", "id")


def announced_today(programme: Programme) -> int:
    """How often the people of a programme were written to in the last day."""
    since = clock.now() - timedelta(days=1)
    return Announcement.objects.filter(programme=programme, written_at__gt=since).count()
