"""What the rules of proposing ask about, read for many people in a few queries."""

from collections.abc import Collection

from alongside.foundation.sets import handfuls
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.programmes.models import Participation
from alongside.relationships.models import Party


def parts(keys: Collection[int]) -> dict[int, Participation]:
    """Participations as they are now, by key, with programme and person."""
    related = Participation.objects.select_related("programme", "membership")
    return {held.pk: held for handful in handfuls(sorted(keys)) for held in related.filter(pk__in=handful)}


def taken_places(keys: Collection[int]) -> dict[int, set[int]]:
    """The numbers of the taken places of each of these participations."""
    found: dict[int, set[int]] = {}
    for handful in handfuls(sorted(keys)):
        held = Party.objects.filter(participation__in=handful, until__isnull=True)
        for key, place in held.values_list("participation_id", "place_no"):
            found.setdefault(key, set()).add(place)
    return found


def managers(members: Collection[int]) -> set[tuple[int, int]]:
    """Who manages one of these people now: manager and managed."""
    found: set[tuple[int, int]] = set()
    for handful in handfuls(sorted(members)):
        held = Link.objects.filter(kind=LinkKind.MANAGES, target__in=handful, until__isnull=True)
        found.update(held.values_list("source_id", "target_id"))
    return found


def apart(members: Collection[int]) -> set[frozenset[int]]:
    """Which two of these people are in a pair that is on hold, ended ones too."""
    pairs: dict[int, set[int]] = {}
    for handful in handfuls(sorted(members)):
        held = Party.objects.filter(participation__membership__in=handful, relationship__held_at__isnull=False)
        for pair, member in held.values_list("relationship_id", "participation__membership_id"):
            pairs.setdefault(pair, set()).add(member)
    return {frozenset(two) for two in pairs.values() if len(two) > 1}
