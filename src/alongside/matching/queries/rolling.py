"""Reads for programmes that are matched every night: which want it, and whether there is anything new."""

from collections.abc import Iterable

from alongside.matching.models import MatchingPolicy, Proposal, Round, Run, Taker
from alongside.matching.queries import inputs
from alongside.matching.queries.rounds import policy_of, said_by
from alongside.matching.terms import OPEN, RunState
from alongside.programmes.models import Programme
from alongside.programmes.terms import ProgrammeState


def wanting() -> Iterable[Programme]:
    """The running programmes that want to be looked at every night and are not being matched at this moment."""
    nightly = MatchingPolicy.objects.filter(nightly=True).values("programme")
    busy = Round.objects.filter(state__in=OPEN).values("programme")
    found = Programme.objects.filter(pk__in=nightly, state=ProgrammeState.RUNNING).exclude(pk__in=busy)
    return found.select_related("organisation").order_by("pk")


def is_anything_new(programme: Programme) -> bool:
    """Could a run find a pair that the last one could not: somebody came, a place is free, a rule was changed?"""
    held = policy_of(programme)
    found = inputs.cohort(programme, said_by(held))
    if not found.mentees or not found.mentors:
        return False
    last = Run.objects.filter(round__programme=programme, state=RunState.DONE).order_by("-begun_at", "-id").first()
    if last is None or last.policy != held.kept:
        return True
    knew = dict(Taker.objects.filter(run=last).values_list("participation_id", "places"))
    paired = set(Proposal.objects.filter(run=last).values_list("mentee_id", flat=True))
    mentees = {one.participation.pk for one in found.mentees}
    more_room = any(one.places > knew.get(one.participation.pk, 0) for one in found.mentors)
    return bool(mentees - knew.keys() or mentees & paired or more_room)
