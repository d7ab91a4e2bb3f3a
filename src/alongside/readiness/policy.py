"""Who reads how ready somebody is, who states the code of ethics, and who says what is asked."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare, everyone
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import OrganisationRoleName


class OfPerson(NamedTuple):
    """How an actor stands to somebody's readiness."""

    own: bool
    coordinates: bool  # a programme in which that person is mentor or mentee
    manages: bool = False  # is the actor their line manager?


def is_own(actor: Actor, subject: OfPerson) -> bool:
    """Whoever it is about."""
    return subject.own


def coordinates(actor: Actor, subject: OfPerson) -> bool:
    """The coordinators of a programme in which they take part."""
    return subject.coordinates


def decides(actor: Actor, subject: OfPerson) -> bool:
    """The coordinators of the programme, but for what is their own."""
    return subject.coordinates and not subject.own


def judges(actor: Actor, subject: OfPerson) -> bool:
    """The coordinators of the programme, but for what is their own, or of somebody whom they manage."""
    return decides(actor, subject) and not subject.manages


is_lead = any_role(OrganisationRoleName.SAFEGUARDING_LEAD)


class OfRating(NamedTuple):
    """How an actor stands to a rating of a mentor."""

    is_mentor: bool  # it is about them, and they may read in that pair
    is_rater: bool  # they gave it, and may read in that pair


def is_rated(actor: Actor, subject: OfRating) -> bool:
    """The mentor whom it is about."""
    return subject.is_mentor


def is_rater(actor: Actor, subject: OfRating) -> bool:
    """Whoever gave it."""
    return subject.is_rater


_COORDINATOR = Reader(Column.COORDINATOR, coordinates, label=_("the coordinators of your programmes"))
declare(
    Row(
        "readiness.read",
        _(
            "How ready somebody is: which version of the code of ethics they accepted, training done, "
            "that a mentor rated themselves, and when"
        ),
        (
            Reader(Column.MENTEE, is_own, _("own"), _("you")),
            Reader(Column.MENTOR, is_own, _("own")),
            _COORDINATOR,
        ),
    )
)
declare(
    Row(
        "readiness.self_rating",
        _("Where a mentor says they stand in each competence, and what shows it"),
        (Reader(Column.MENTOR, is_own, _("own"), _("you")),),
        note=_("Coordinators see only that there is a rating, and when."),
    )
)
declare(
    Row(
        "readiness.mentee_rating",
        _("Where a mentee says that their mentor stands, when the mentor asked"),
        (
            Reader(Column.MENTEE, is_rater, _("own"), _("you")),
            Reader(Column.MENTOR, is_rated, _("own pair"), "{partner}"),
        ),
    )
)
declare(Row("readiness.rule", _("Saying what a programme asks before people begin"), (_COORDINATOR,), listed=False))
declare(
    Row(
        "readiness.code",
        _("The organisation’s code of ethics, in every version"),
        tuple(
            Reader(column, everyone, label=_("you") if column == Column.MENTEE else _("everybody in the organisation"))
            for column in Column
        ),
    )
)
declare(
    Row(
        "readiness.state_code",
        _("Stating the organisation’s code of ethics"),
        (Reader(Column.COORDINATOR, any_role(OrganisationRoleName.COORDINATOR)),),
        listed=False,
        page=True,
    )
)
declare(
    Row(
        "readiness.conflict",
        _("Conflicts of interest: what somebody declared, and what was decided"),
        (
            Reader(Column.MENTEE, is_own, _("own"), _("you")),
            Reader(Column.MENTOR, is_own, _("own")),
            Reader(Column.COORDINATOR, judges, label=_("the coordinators of this programme")),
        ),
        note=_(
            "A coordinator who declares one leaves it to another; so does the line manager of whoever declares one."
        ),
    )
)
declare(
    Row(
        "readiness.read_vetting",
        _("Vetting: kind, outcome, number, dates"),
        (
            Reader(Column.MENTEE, is_own, _("own"), _("you")),
            Reader(Column.MENTOR, is_own, _("own")),
            Reader(Column.COORDINATOR, decides, label=_("the coordinators of their programmes")),
            Reader(Column.SAFEGUARDING, is_lead, label=_("the safeguarding lead")),
        ),
        note=_("Never a certificate, nor what it says."),
    )
)
declare(Row("readiness.record_vetting", _("Recording vetting"), (Reader(Column.COORDINATOR, decides),), listed=False))
declare(
    Row(
        "readiness.vetting_list",
        _("The list of everybody’s vetting"),
        (Reader(Column.SAFEGUARDING, is_lead),),
        listed=False,
        page=True,
    )
)
declare(Row("readiness.decide", _("Deciding about a conflict"), (Reader(Column.COORDINATOR, judges),), listed=False))
declare(
    Row(
        "readiness.training",
        _("Putting the organisation’s training together"),
        (Reader(Column.COORDINATOR, any_role(OrganisationRoleName.COORDINATOR)),),
        listed=False,
        page=True,
    )
)
declare(
    Row(
        "readiness.module",
        _("The organisation’s training: what each part says"),
        tuple(
            Reader(column, everyone, label=_("you") if column == Column.MENTEE else _("everybody in the organisation"))
            for column in Column
        ),
    )
)
declare(
    Row(
        "readiness.attendance",
        _("Who means to come to a training day, and who was there"),
        (
            Reader(Column.MENTEE, is_own, _("own"), _("you")),
            Reader(Column.MENTOR, is_own, _("own")),
            _COORDINATOR,
        ),
    )
)
declare(
    Row(
        "readiness.own",
        _("What is left to do before one begins"),
        (Reader(Column.MENTEE, everyone),),
        listed=False,
        page=True,
    )
)
