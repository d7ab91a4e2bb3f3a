"""Reads of the code of ethics."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import Part
from alongside.readiness.models import CodeAcceptance, EthicsCode


def codes_visible_to(actor: Actor) -> QuerySet[EthicsCode]:
    """Every version of the code of one's organisation: whoever belongs to it may read all of them."""
    return EthicsCode.objects.filter(organisation=actor.organisation)


def acceptances_visible_to(actor: Actor) -> QuerySet[CodeAcceptance]:
    """One's own acceptances, and those of mentors and mentees whose programme one coordinates."""
    mine = Participation.objects.filter(programme__in=coordinated_by(actor), until__isnull=True)
    theirs = mine.exclude(part=Part.COORDINATOR).values("membership")
    return CodeAcceptance.objects.filter(Q(membership=actor.membership) | Q(membership__in=theirs))


def in_force(organisation: Organisation) -> EthicsCode | None:
    """The version in force, or None while an organisation has stated no code."""
    return EthicsCode.objects.filter(organisation=organisation, replaced_at__isnull=True).first()


def code_for(actor: Actor) -> tuple[EthicsCode | None, datetime | None]:
    """The version in force, and when the actor accepted it, if they have: one query."""
    mine = CodeAcceptance.objects.filter(code=OuterRef("pk"), membership=actor.membership)
    held = codes_visible_to(actor).filter(replaced_at__isnull=True).annotate(accepted_at=Subquery(mine.values("at")))
    found = held.first()
    return found, found.accepted_at if found else None


def reach(code: EthicsCode) -> tuple[int, int]:
    """How many mentors of programmes that are not closed have accepted a version, and how many there are."""
    mentors = Participation.objects.filter(
        programme__organisation=code.organisation_id, part=Part.MENTOR, until__isnull=True
    ).exclude(programme__state="closed")
    accepted = CodeAcceptance.objects.filter(code=code, membership=OuterRef("membership"))
    people = mentors.order_by().values("membership").distinct()
    return people.filter(Exists(accepted)).count(), people.count()
