"""Which events change a number that is kept of programmes, each with a read of the programmes concerned."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from alongside.people.models import RosterImport
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries.programmes import programmes_of
from alongside.programmes.terms import ProgrammeState

Changes = Mapping[str, Callable[[Sequence[Any]], Iterable[int]]]


def _themselves(programmes: Sequence[Programme]) -> Iterable[int]:
    return [programme.pk for programme in programmes]


def _of_parts(parts: Sequence[Participation]) -> Iterable[int]:
    return [part.programme_id for part in parts]


def _of_rosters(rosters: Sequence[RosterImport]) -> Iterable[int]:
    running = Programme.objects.filter(state=ProgrammeState.RUNNING)
    return running.filter(organisation__in={roster.organisation_id for roster in rosters}).values_list("pk", flat=True)


WHO_TAKES_PART: Changes = {
    "programme.launched": _themselves,
    "participants.added": _themselves,
    "participants.taken_back": _themselves,
    "participation.ended": _of_parts,
    "participation.resumed": _of_parts,
}
HOW_THEY_STAND: Changes = {
    **WHO_TAKES_PART,
    **dict.fromkeys(
        (
            "membership.invited",
            "membership.joined",
            "membership.suspended",
            "membership.restored",
            "membership.returned",
        ),
        programmes_of,
    ),
}
WHAT_ROSTERS_SAY: Changes = dict.fromkeys(("roster.taken_in", "roster.undone"), _of_rosters)
"""Of a number that hangs on people's addresses or on their line managers."""
