"""The one door to a part for whoever applied or was asked: a free place, and roles that stay apart."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import GONE
from alongside.programmes import queries, rules
from alongside.programmes.actions.programmes import Place, add_participants, refuse
from alongside.programmes.models import Joining, Participation, Programme
from alongside.programmes.queries import joining as found
from alongside.programmes.terms import Section


def take_in(joining: Joining, *, by: Actor, mixed_up: str | Promise = "") -> Participation:
    """Give whoever it is about their part, within the move that the caller makes.

    Raises NotPossible for whoever has gone, without a free place, and where roles would no longer be apart: with the
    rule's own sentence, which may name others, or with `mixed_up`.
    """
    programme, member = joining.programme, joining.membership
    if member.state in GONE:
        raise NotPossible(_("%(name)s is suspended or has left.") % {"name": member.name})
    places = found.places_of(queries.design_of(programme), joining.part)
    refuse(rules.joining.fault_of_places(places, found.taken(programme, joining.part)))
    before = _mixed_up(programme)
    add_participants(programme, [Place(member, joining.part)], by=by, follow=False)
    if mixed := next(iter(_mixed_up(programme) - before), None):
        raise NotPossible(mixed_up or mixed)
    made = Participation.objects.get(programme=programme, membership=member, part=joining.part, until__isnull=True)
    joining.participation, joining.place, joining.news_by = made, None, None
    return made


def _mixed_up(programme: Programme) -> set[str]:
    """What is wrong with the separation of roles."""
    gaps = rules.design.gaps(queries.dossier(programme).paper, Section.WHO)
    return {str(gap.words) for gap in gaps if gap.refuses}
