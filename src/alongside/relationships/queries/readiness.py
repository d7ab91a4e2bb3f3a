"""Whether the two of a pair have done what their programme asks before it begins."""

from alongside.readiness import queries
from alongside.relationships.models import Party, Relationship


def waits_for_readiness(relationship: Relationship) -> bool:
    """Does the programme of a pair have it wait until both are ready?"""
    return queries.asking_of(relationship.programme).holds_pairs


def both_ready(relationship: Relationship) -> bool:
    """Do the two of a pair lack nothing that their programme asks of them?"""
    parties = Party.objects.filter(relationship=relationship).values_list("participation", flat=True)
    return not any(held.lacking for held in queries.standings(relationship.programme, list(parties)))
