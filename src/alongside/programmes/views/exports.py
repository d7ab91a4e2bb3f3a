"""A programme's people as a file."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.files.lists import as_csv
from alongside.programmes import actions, forms, queries
from alongside.programmes.models import Participation
from alongside.programmes.terms import Part


@access.requires("programmes.change", methods="POST")
def export_people(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Who takes part, as the list is filtered: each with their part, places and invitation."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    takers = queries.search_participants(found, forms.PeopleFilter(request.POST).chosen())
    actions.export_people(found, count=takers.count(), by=request.actor)
    return as_csv(f"{found.slug}-people.csv", _rows(takers.iterator(chunk_size=500)))


def _rows(takers: Iterator[Participation]) -> Iterator[tuple[object, ...]]:
    yield _("Name"), _("Work e-mail"), _("Part"), _("Places"), _("Invitation"), _("Takes part since")
    for taker in takers:
        member = taker.membership
        places = taker.capacity if taker.part == Part.MENTOR else ""
        since = localtime(taker.since).date().isoformat()
        yield (
            member.name, member.work_address, taker.get_part_display(), places, member.get_state_display(), since,
        )  # fmt: skip
