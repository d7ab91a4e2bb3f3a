"""Who may read or change a programme. Predicates take a `Standing`: plain facts, read beforehand."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare, everyone
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import OrganisationRoleName


class Standing(NamedTuple):
    """How an actor stands to a programme."""

    coordinates: bool
    takes_part: bool


def coordinates(actor: Actor, standing: Standing) -> bool:
    """The coordinators who are named for the programme."""
    return standing.coordinates


class OfApplication(NamedTuple):
    """How an actor stands to an application."""

    own: bool
    coordinates: bool
    sent: bool = True
    readable: bool = True  # neither being written nor taken back


def is_own(actor: Actor, subject: OfApplication) -> bool:
    """Whoever applied."""
    return subject.own


def was_sent(actor: Actor, subject: OfApplication) -> bool:
    """The programme’s coordinators, once it is sent; nobody looks at their own so."""
    return subject.coordinates and subject.sent and not subject.own


def reads_answers(actor: Actor, subject: OfApplication) -> bool:
    """The same, while it is not taken back."""
    return was_sent(actor, subject) and subject.readable


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
        _("The rest of a programme’s design: objectives, named people, barriers, tools, basis"),
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
declare(
    Row(
        "programmes.open",
        _("A programme that one can apply to: purpose, audience, who can take part, rhythm, days, questions"),
        (
            Reader(Column.COORDINATOR, everyone, label=_("everybody who takes part")),
            Reader(
                Column.MENTEE, everyone, _("open ones"), _("everybody in the organisation (while people can apply)")
            ),
            Reader(Column.MENTOR, everyone, _("open ones")),
        ),
    )
)
declare(
    Row(
        "programmes.application",
        _("Applying and being asked: for which part, how it stands, every move, what was written to whom it is about"),
        (
            Reader(Column.MENTEE, is_own, _("own"), _("whoever applied or was asked")),
            Reader(Column.MENTOR, is_own, _("own")),
            Reader(Column.COORDINATOR, was_sent, label=_("the coordinators")),
        ),
    )
)
declare(
    Row(
        "programmes.answers",
        _("What was answered in an application"),
        (
            Reader(Column.MENTEE, is_own, _("own"), _("you")),
            Reader(Column.MENTOR, is_own, _("own")),
            Reader(Column.COORDINATOR, reads_answers, label=_("the coordinators of this programme")),
        ),
        note=_("No longer once it is taken back. Your application shows whether one has read it."),
    )
)
declare(
    Row(
        "programmes.apply",
        _("Applying, answering when asked, taking back, leaving"),
        (Reader(Column.MENTEE, is_own), Reader(Column.MENTOR, is_own)),
        listed=False,
    )
)
declare(
    Row("programmes.decide", _("Deciding about applications"), (Reader(Column.COORDINATOR, was_sent),), listed=False)
)
