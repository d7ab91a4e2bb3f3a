"""What matching offers coordinators to do next, and shows on a programme's page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.matching import queries
from alongside.programmes.models import Programme
from alongside.programmes.policy import Standing
from alongside.programmes.queries import desk, waits
from alongside.programmes.terms import ProgrammeState


@hooks.next_steps.leading_to("programme")
def waiting_mentees(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators, finding mentors for those who wait. Counted by relationships."""
    counts = waits(actor, "without_mentor")
    for programme in desk(actor):
        if count := counts.get(programme.pk, 0):
            words = ngettext(
                "Find a mentor for one mentee in “%(name)s”", "Find mentors for %(count)s mentees in “%(name)s”", count
            )
            link = reverse("matching:board", args=[programme.slug])
            why = _("Alongside finds the best pairs under your rules; nothing begins before both have said yes.")
            yield hooks.NextStep(48, words % {"count": count, "name": programme.name}, link, _("Match them"), why)


def _programme_panel(actor: Actor, subject: tuple[Programme, Standing]) -> dict[str, Any] | None:
    """For coordinators: the rules, what is to know before, and the board with how far it is."""
    programme, standing = subject
    if not standing.coordinates or programme.state == ProgrammeState.CLOSED:
        return None
    under_way = queries.open_round(actor, programme)
    return {"programme": programme, "under_way": under_way, "running": programme.state == ProgrammeState.RUNNING}


hooks.panels.register(hooks.Panel("programme", 21, "matching/_programme_panel.html", _programme_panel))
