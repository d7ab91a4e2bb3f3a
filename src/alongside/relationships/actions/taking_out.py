"""Taking pairs out again that were brought in by mistake: as if the file had never been sent."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.sets import handfuls
from alongside.people.terms import ImportState
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation, Programme
from alongside.relationships.models import CarriedOver, Move, PairsImport, Party, Relationship
from alongside.relationships.queries import running

_NONE_LEFT = _("None of these pairs can be taken out any more: somebody was told or has acted, or 30 days are over.")


def hand_over_taking_out(held: PairsImport, *, by: Actor) -> str:
    """Queue the taking out; the job's ref. Raises NotPossible where nothing can be taken out."""
    if held.state != ImportState.DONE or not running.able_to_go(held):
        raise NotPossible(_NONE_LEFT)
    return jobs.enqueue("relationships.take_out_pairs", organisation=by.organisation_ref, by=by.ref, held=held.ref).ref


def take_out(held: PairsImport, *, by: Who) -> int:
    """Take out every pair of a file in which nobody was told or has acted; how many. The others stay.

    People who came with them take no part any more, and mentors have the places they had before, unless they are in
    another pair. Raises NotPossible when none is left, and when its rows were deleted.
    """
    if not running.has_rows(held):
        raise NotPossible(_NONE_LEFT)
    with event("pairs_import.taken_out", by=by, about=held) as happened:
        programme = Programme.objects.select_for_update().get(pk=held.programme_id)
        pairs = CarriedOver.objects.filter(pairs_import=held).values("relationship")
        # Whoever acts in a pair locks its row first: what is looked up after this stays so.
        found = Relationship.objects.select_for_update().filter(pk__in=pairs).order_by("pk")
        locked = {pair.pk: pair for pair in found}
        stay = running.staying(locked)
        going = {pk: pair for pk, pair in locked.items() if pk not in stay}
        if not going:
            raise NotPossible(_NONE_LEFT)
        _take_out(going, by)
        _lower_places(held, by)
        _take_people_back(held, programme, by)
        PairsImport.objects.filter(pk=held.pk).update(taken_out_at=clock.now())
        happened.codes.update({"pairs": len(going), "stay": len(stay)})
    held.refresh_from_db(fields=["taken_out_at", "added", "raised"])
    return len(going)


def _take_out(going: dict[int, Relationship], by: Who) -> None:
    for pair in going.values():
        with event("pair.taken_out", by=by, about=pair):
            pass  # all of them go together, below
    for some in handfuls(going):
        for model in (CarriedOver, Move, Party):
            model.objects.filter(relationship__in=some).delete()
        Relationship.objects.filter(pk__in=some).delete()


def _lower_places(held: PairsImport, by: Who) -> None:
    """A mentor whose places were raised for the file has the earlier number again, as far as their mentees allow."""
    raised = {}
    for seat in Participation.objects.filter(ref__in=held.raised, until__isnull=True):
        before, since = held.raised[seat.ref]
        taken = Party.objects.filter(participation=seat, until__isnull=True).count()
        if seat.capacity == since and max(before, taken) < since:
            programmes.change_capacity(seat, max(before, taken), by=by)
        if taken > before:
            raised[seat.ref] = [before, taken]  # more of them may go another time
    PairsImport.objects.filter(pk=held.pk).update(raised=raised)


def _take_people_back(held: PairsImport, programme: Programme, by: Who) -> None:
    going: list[Participation] = []
    for some in handfuls(held.added):
        alone = list(running.without_pair(some))
        needed = running.stands_on(Participation, [seat.pk for seat in alone])
        going += [seat for seat in alone if seat.pk not in needed]
    if going:
        parts = Participation.objects.filter(pk__in=[seat.pk for seat in going])
        programmes.take_back_participants(programme, parts, by=by)
    left = {seat.ref for seat in going}
    PairsImport.objects.filter(pk=held.pk).update(added=[ref for ref in held.added if ref not in left])
