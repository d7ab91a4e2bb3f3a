"""A programme in other hands: its coordinator hands it over, or an administrator names one where nobody is left."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE, MembershipState
from alongside.programmes import queries, rules
from alongside.programmes.actions.programmes import Place, add_participants, end_participation, refuse
from alongside.programmes.models import NamedPerson, Participation, Programme
from alongside.programmes.rules import separation
from alongside.programmes.terms import Duty, Part, ProgrammeState


def hand_over(programme: Programme, successor: Membership, *, stays: bool, by: Actor) -> None:
    """Somebody else coordinates; whoever hands over covers for them (`stays`), or stops.

    Raises NotPossible for somebody who cannot, and where a running programme would lose the separation of its roles.
    """
    with event("programme.handed_over", by=by, about=programme, to=successor.ref, stays=int(stays)):
        refuse(rules.fault_of_state(_held(programme).state))
        own = Participation.objects.filter(
            programme=programme, membership=by.membership, part=Part.COORDINATOR, until__isnull=True
        ).first()
        if own is None:
            raise NotPossible(_("You do not coordinate this programme any more."))
        _refuse_successor(programme, successor, by)
        before = _clashes(programme)
        add_participants(programme, [Place(successor, Part.COORDINATOR)], by=by)
        if not stays:
            end_participation(own, by=by)
        _name_cover(programme, by.membership if stays else None, (successor, by.membership))
        if programme.state == ProgrammeState.RUNNING:
            new = [gap.words for gap in _gaps(programme) if str(gap.words) not in before]
            refuse(new[0] if new else None)


def name_coordinator(programme: Programme, successor: Membership, *, by: Actor) -> None:
    """Name a coordinator where nobody who can coordinates any more. Raises NotPossible where somebody does."""
    with event("programme.coordinator_named", by=by, about=programme, to=successor.ref):
        refuse(rules.fault_of_state(_held(programme).state))
        _refuse_successor(programme, successor, by)
        if queries.working_coordinators(programme).exists():
            raise NotPossible(_("Somebody coordinates this programme again. Nothing was changed."))
        gone = list(queries.participants(programme, Part.COORDINATOR).filter(membership__state__in=GONE))
        add_participants(programme, [Place(successor, Part.COORDINATOR)], by=by)
        for held in gone:
            end_participation(held, by=by)
        cover = NamedPerson.objects.filter(programme=programme, duty=Duty.COVER)
        cover.filter(membership=successor).delete()
        cover.filter(membership__state__in=GONE).delete()


def _held(programme: Programme) -> Programme:
    return Programme.objects.select_for_update().get(pk=programme.pk)


def _refuse_successor(programme: Programme, successor: Membership, by: Actor) -> None:
    names = {"name": successor.name}
    if successor.organisation_id != programme.organisation_id:
        raise NotPossible(_("Only people of the same organisation can be named."))
    if successor.pk == by.membership.pk:
        raise NotPossible(_("Name somebody else: this is you."))
    if successor.state in (*GONE, MembershipState.SUSPENDED):
        raise NotPossible(_("%(name)s cannot sign in. Name somebody else.") % names)


def _name_cover(programme: Programme, cover: Membership | None, free: tuple[Membership, ...]) -> None:
    """Whoever coordinates now, or has stopped, covers no more; whoever stays does."""
    held = NamedPerson.objects.filter(programme=programme, duty=Duty.COVER)
    held.filter(membership__in=free).delete()
    if cover is not None:
        NamedPerson.objects.update_or_create(programme=programme, duty=Duty.COVER, defaults={"membership": cover})


def _gaps(programme: Programme) -> list[separation.Gap]:
    return separation.gaps(queries.dossier(programme).roles)


def _clashes(programme: Programme) -> set[str]:
    return {str(gap.words) for gap in _gaps(programme)}
