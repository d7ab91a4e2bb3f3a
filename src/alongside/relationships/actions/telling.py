"""Telling the two of pairs that were brought in: when the coordinator says so, and each person once."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs, notifications
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.people import actions as people
from alongside.programmes.models import Programme
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.models import Party
from alongside.relationships.queries import running
from alongside.relationships.queries.running import Receiver
from alongside.relationships.running_pairs.letters import letter

AT_ONCE = 20
KIND = "pair.told"


def hand_over_telling(programme: Programme, *, by: Actor) -> str:
    """Queue the telling; the job's ref. Raises NotPossible where the programme does not run, or nobody is left."""
    _refuse(programme)
    if not running.to_tell(programme).people:
        raise NotPossible(_("Everybody who can be told by mail has been told."))
    with transaction.atomic():
        job = jobs.enqueue(
            "relationships.tell_pairs", organisation=by.organisation_ref, by=by.ref, programme=programme.ref
        )
    return job.ref


def _refuse(programme: Programme) -> None:
    if programme.state == ProgrammeState.DRAFT:
        raise NotPossible(_("Launch the programme first. Before that, nobody is told anything."))
    if programme.state != ProgrammeState.RUNNING:
        raise NotPossible(_("This programme is closed."))


def tell_some(programme: Programme, *, by: Who, most: int = AT_ONCE) -> int:
    """Tell the next people of the pairs that were brought in, each once; how many were looked at, 0 when all are told.

    Whoever has not joined gets an invitation that says so, others a mail that leads to their page.
    """
    with transaction.atomic():
        _refuse(Programme.objects.get(pk=programme.pk))
        # Locked: whoever else tells the same people waits here, and then finds that they have been told.
        people_now = running.next_receivers(programme, most)
        receivers = [found for found in running.as_receivers(running.untold(programme), people_now) if found.parties]
        if receivers:
            _tell_all(receivers, programme, by)
    return len(people_now)


def _tell_all(receivers: list[Receiver], programme: Programme, by: Who) -> None:
    invited = sum(not receiver.has_joined for receiver in receivers)
    with event("pairs.told", by=by, about=programme, notify=False, people=len(receivers), invited=invited):
        for receiver in receivers:
            _tell(receiver, programme, by)
        parties = [party.pk for receiver in receivers for party in receiver.parties]
        Party.objects.filter(pk__in=parties).update(told_at=clock.now())


def _tell(receiver: Receiver, programme: Programme, by: Who) -> None:
    said = letter(receiver.partners, programme.name)
    if not receiver.has_joined:
        people.invite([receiver.membership], by=by, also=said.lines)
        return
    page = reverse("relationships:pair", args=[receiver.page]) if receiver.page else reverse("relationships:own")
    notifications.tell(
        KIND,
        to=[receiver.membership],
        letter=KIND,
        places={"title": said.subject, "partners": said.partners},
        page=page,
        organisation=programme.organisation,
        within=programme,
    )
