"""What every page of a board begins with: the programme, its round, the run that is shown."""

from django.http import Http404, HttpRequest

from alongside.foundation import access
from alongside.matching import queries
from alongside.matching.models import Round, Run
from alongside.matching.queries import boards
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by


def programme_of(request: HttpRequest, slug: str) -> Programme:
    """A programme through the door."""
    return access.fetch(coordinated_by(request.actor), slug=slug)


def round_of(request: HttpRequest, programme: Programme) -> Round:
    """The round that is being worked on; 404 where there is none."""
    found = queries.open_round(request.actor, programme)
    if found is None:
        raise Http404
    return found


def run_of(request: HttpRequest, programme: Programme) -> tuple[Round, Run]:
    """The round of a programme that is shown and its newest run that came to an end; 404 where there is none."""
    round_ = boards.latest(request.actor, programme)
    run = queries.shown_run(round_) if round_ else None
    if round_ is None or run is None:
        raise Http404
    return round_, run


def one_of(request: HttpRequest, ref: str, part: str, programme: Programme) -> Participation:
    """Somebody of a programme whom the actor may look at here; 404 for oneself and whom one manages."""
    found = boards.people(request.actor, [ref]).get(ref)
    if found is None or found.programme_id != programme.pk or found.part != part:
        raise Http404
    return found
