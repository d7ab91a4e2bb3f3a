"""Who may read or change a programme. Predicates take a `Standing`: plain facts, read beforehand."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import OrganisationRoleName


class Standing(NamedTuple):
    """How an actor stands to a programme."""

    coordinates: bool
    takes_part: bool


def coordinates(actor: Actor, standing: Standing) -> bool:
    """The coordinators who are named for the programme."""
    return standing.coordinates


def takes_part(actor: Actor, standing: Standing) -> bool:
    """Its mentors and mentees."""
    return standing.takes_part


_everybody = _("everybody who takes part")
_coordinator = Reader(Column.COORDINATOR, coordinates, label=_("the coordinators"))
declare(
    Row(
        "programmes.create",
        _("Starting a programme"),
        (Reader(Column.COORDINATOR, any_role(OrganisationRoleName.COORDINATOR)),),
        listed=False,
        page=True,
    )
)
declare(
    Row(
        "programmes.read",
        _("A programme’s name, purpose, audience, rhythm, calendar, model, privacy notice and handbook"),
        (
            Reader(Column.MENTEE, takes_part, _("own programmes"), _everybody),
            Reader(Column.MENTOR, takes_part, _("own programmes"), _everybody),
            _coordinator,
        ),
    )
)
declare(
    Row(
        "programmes.read_design",
        _("The rest of a programme’s design: objectives, who can take part, named people, barriers, tools, basis"),
        (
            Reader(Column.COORDINATOR, coordinates, label=_("you")),
            Reader(Column.COORDINATOR, coordinates, label=_("the programme’s other coordinators")),
        ),
    )
)
declare(
    Row(
        "programmes.named_for",
        _("Which programmes somebody is named for as coordinator"),
        (
            Reader(Column.MENTEE, takes_part, _("own programmes")),
            Reader(Column.MENTOR, takes_part, _("own programmes")),
            Reader(Column.COORDINATOR, coordinates, _("own programmes")),
            Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),
        ),
    )
)
declare(
    Row(
        "programmes.read_mails",
        _("A programme’s mails: what about, when, whether they went; to whom only where that tells nothing of a pair"),
        (_coordinator,),
        note=_("Never what a mail says. Mails to people whom the coordinator manages or is paired with are left out."),
    )
)
declare(
    Row(
        "programmes.rehearse",
        _("Before the launch: every mail that would have gone out, word for word"),
        (_coordinator,),
        note=_("None of them is sent. They are deleted at the launch, and after 30 days."),
    )
)
declare(
    Row(
        "programmes.name_coordinator",
        _("Naming a coordinator where nobody is left"),
        (Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),),
        listed=False,
        page=True,
    )
)
declare(Row("programmes.change", _("Changing a programme"), (_coordinator,), listed=False))
declare(Row("programmes.figures", _("Programme figures: how many have come how far"), (_coordinator,)))
