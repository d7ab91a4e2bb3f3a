"""What becomes of a pair's key and of files when one of the two is erased."""

from alongside.foundation import vault
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.privacy import Person
from alongside.people.actions.erasing import rows_that_name
from alongside.relationships.models import PairsRow, Party


def destroy_keys_of_nobody(person: Person) -> int:
    """Destroy the keys of pairs of which nobody is left once this person is gone; how many."""
    mine = Party.objects.filter(participation__membership=person.membership).values("relationship")
    held: dict[str, list[bool]] = {}
    for party in Party.objects.filter(relationship__in=mine).select_related(
        "relationship", "participation__membership"
    ):
        member = party.participation.membership
        gone = member.pk == person.membership.pk or member.state == MembershipState.ERASED
        held.setdefault(party.relationship.key_owner, []).append(gone)
    owners = [owner for owner, gone in held.items() if all(gone)]
    for owner in owners:
        vault.destroy(owner)
    return len(owners)


def forget_rows_that_name(person: Person) -> int:
    """Delete the rows of files of running pairs in which somebody stands, refused ones too; how many."""
    rows = PairsRow.objects.filter(pairs_import__programme__organisation=person.organisation)
    return PairsRow.objects.filter(pk__in=rows_that_name(person, rows)).delete()[0]
