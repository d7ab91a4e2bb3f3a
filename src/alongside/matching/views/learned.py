"""What people let the coordinators use after an earlier ending, where somebody new is looked for. Reads are noted."""

from collections.abc import Iterable

from django.http import HttpRequest

from alongside.foundation import reads
from alongside.matching import learned
from alongside.matching.models import Run
from alongside.matching.queries import boards
from alongside.matching.views.rows import Row, two_of
from alongside.programmes.models import Participation
from alongside.relationships.queries.learned import for_next
from alongside.relationships.terms import NextTime


def said_by(request: HttpRequest, people: Iterable[Participation]) -> dict[int, list[NextTime]]:
    """What each of these people said, by key; those who said nothing are left out."""
    held = for_next(request.actor, list(people))
    reads.note_many(request.actor, [(one.participation.membership, one) for ones in held.values() for one in ones])
    said = {key: {what for one in ones for what in one.what} for key, ones in held.items()}
    return {key: [what for what in NextTime if what in held] for key, held in said.items()}


def labels(said: Iterable[NextTime]) -> list[str]:
    """The same in words."""
    return [str(one.label) for one in said]


def of_pair(request: HttpRequest, run: Run, row: Row) -> list[dict[str, str]]:
    """What the two said, each thing with how it is between these two."""
    mentee, mentor = row.proposal.mentee, row.proposal.mentor
    said = said_by(request, [mentee, mentor])
    if not said:
        return []
    scale, two = boards.plain_scale(run), two_of(mentee, row.mentee_said, mentor, row.mentor_said)
    return [
        {"term": f"{who.membership.name}: “{one.words}”", "words": one.here}
        for who in (mentee, mentor)
        for one in learned.here(said.get(who.pk, ()), scale, two)
    ]
