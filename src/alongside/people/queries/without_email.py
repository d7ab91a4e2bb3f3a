"""People without e-mail: who they are, which of them have a code, and for whom something waits."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, PrintedCode
from alongside.foundation.identity.queries import WITHOUT_EMAIL, codes_open
from alongside.foundation.identity.terms import GONE, MembershipState
from alongside.foundation.notifications import queries as notifications
from alongside.foundation.notifications.models import KeptMail
from alongside.people.queries.people import visible_to


@dataclass(frozen=True)
class Unreached:
    """Somebody without e-mail: until when a code on a letter works, how much waits for them, and since when."""

    person: Membership
    code_until: datetime | None
    count: int
    since: datetime | None


def unreached(actor: Actor, *, q: str = "", what: str = "") -> QuerySet[Membership]:
    """The people without e-mail whom an actor may write letters to, narrowed."""
    people = visible_to(actor).filter(WITHOUT_EMAIL).exclude(state__in=GONE)
    if q:
        people = people.filter(Q(name__icontains=q) | Q(known_as__icontains=q) | Q(employee_number__iexact=q))
    if what == "waits":
        still = Q(expires_at=None) | Q(expires_at__gt=clock.now())
        people = people.filter(Exists(KeptMail.objects.filter(still, membership=OuterRef("pk"), read_at=None)))
    if what == "out":
        codes = PrintedCode.objects.filter(
            membership=OuterRef("pk"), used_at=None, ended_at=None, expires_at__gt=clock.now()
        )
        people = people.exclude(state=MembershipState.ACTIVE).exclude(Exists(codes))
    return people.order_by("name", "id")


def as_unreached(people: list[Membership]) -> list[Unreached]:
    """Some people with how they stand: two queries."""
    codes, waits = codes_open(people), notifications.waiting(people)
    return [Unreached(held, codes.get(held.pk), *waits.get(held.pk, (0, None))) for held in people]
