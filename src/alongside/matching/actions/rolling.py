"""Rolling programmes: new people against free places, every night or on a button. Pairs that exist stay as they are."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.matching import queries
from alongside.matching.actions.locking import locked
from alongside.matching.actions.running import begin_round, begin_run
from alongside.matching.models import Round, Run
from alongside.matching.queries import rolling
from alongside.matching.terms import OPEN, RoundState
from alongside.programmes.models import Programme
from alongside.programmes.terms import ProgrammeState


def find_for_waiting(programme: Programme, *, by: Who) -> Run:
    """Begin a round for whoever waits, and its first run. Raises NotPossible with where to go on instead."""
    if Round.objects.filter(programme=programme, state__in=OPEN).exists():
        raise NotPossible(_("This programme is being matched already. Go on there; whoever waits is looked at too."))
    with transaction.atomic():
        return begin_run(begin_round(programme, by=by), by=by)


def say_nightly(programme: Programme, nightly: bool, *, by: Who) -> None:
    """Say whether a programme is looked at every night. Its rules stay as they are, and so does their revision.

    Raises NotPossible in a closed programme.
    """
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.state == ProgrammeState.CLOSED:
            raise NotPossible(_("This programme is closed. Nobody is matched in it any more."))
        with event("matching.nightly_changed", by=by, about=held, nightly=nightly):
            kept = queries.policy_of(held)
            kept.nightly = nightly
            kept.save()


def look_every_night() -> int:
    """Begin a round in every programme that wants it where somebody came or a place is free again; how many.

    Coordinators are told once pairs are found. Nobody else is told anything: that is for a coordinator to publish.
    """
    begun = 0
    for programme in rolling.wanting():
        if rolling.is_anything_new(programme):
            find_for_waiting(programme, by=System(programme.organisation))
            begun += 1
    return begun


def discard_if_empty(run: Run, *, by: Who) -> None:
    """A round that began by itself and found nobody does not stand in anybody's way."""
    round_ = run.round
    if round_.begun_by_id is None and not run.proposals.exists():
        with transaction.atomic():
            fresh = locked(round_, RoundState.DRAFT)
            with event("matching.moved", by=by, about=fresh, to=RoundState.DISCARDED.value):
                fresh.state, fresh.revision = RoundState.DISCARDED, fresh.revision + 1
                fresh.save(update_fields=["state", "revision"])
