"""A programme's pairs as a file."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.files.lists import as_csv
from alongside.foundation.identity.actors import Actor
from alongside.programmes.queries import coordinated_by
from alongside.relationships import actions, forms, queries
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.queries import by_hand as lists
from alongside.relationships.terms import State

AT_ONCE = 500


@access.requires("programmes.change", methods="POST")
def export_pairs(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The pairs, as the list is filtered: who with whom, and how far they have come."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    chosen = forms.PairFilter(request.POST).chosen()
    seen = queries.coordinated(request.actor, programme)
    found = list(lists.search_pairs(seen, chosen, programme).values_list("pk", flat=True))
    actions.export_pairs(programme, count=len(found), by=request.actor)
    return as_csv(f"{programme.slug}-pairs.csv", _rows(request.actor, seen, found))


def _rows(actor: Actor, seen: QuerySet[Relationship], found: list[int]) -> Iterator[tuple[object, ...]]:
    yield _("Mentee"), _("Mentor"), _("Where they are"), _("Since")
    rest = iter(found)
    while handful := list(islice(rest, AT_ONCE)):
        held = {pair.relationship.pk: pair for pair in queries.pairs(actor, seen.filter(pk__in=handful))}
        for key in handful:
            if pair := held.get(key):
                since = localtime(pair.relationship.proposed_at).date().isoformat() if pair.has_first_day else ""
                yield pair.mentee.name, pair.mentor.name, _where(pair), since


def _where(pair: Pair) -> str:
    held = pair.relationship
    if held.state == State.PROPOSED:
        return str(held.get_state_display())
    return str(held.get_ending_display()) if held.state == State.ENDED else pair.point
