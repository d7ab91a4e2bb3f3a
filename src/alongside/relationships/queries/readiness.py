"""Whether the two of a pair have done what their programme asks before it begins."""

from django.db.models import QuerySet

from alongside.readiness import queries
from alongside.readiness.models import Module
from alongside.relationships.models import Party, Relationship


def of_training(ref: str) -> QuerySet[Relationship]:
    """The pairs of the organisation that a part of the training belongs to."""
    of = Module.objects.filter(ref=ref).values("organisation")
    return Relationship.objects.filter(programme__organisation__in=of)


def waits_for_readiness(relationship: Relationship) -> bool:
    """Does the programme of a pair have it wait until both are ready?"""
    return queries.asking_of(relationship.programme).holds_pairs


def both_ready(relationship: Relationship) -> bool:
    """Do the two of a pair lack nothing that their programme asks of them?"""
    parties = Party.objects.filter(relationship=relationship).values_list("participation", flat=True)
    return not any(held.lacking for held in queries.standings(relationship.programme, list(parties)))
