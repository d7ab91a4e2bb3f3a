"""Who may read what of a concern: its raiser their own words and the answers, whoever handles it everything."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare, everyone
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import OrganisationRoleName

LEAD, ALTERNATE = OrganisationRoleName.SAFEGUARDING_LEAD, OrganisationRoleName.SAFEGUARDING_ALTERNATE
GUARDIANS = (LEAD, ALTERNATE)


@dataclass(frozen=True)
class OfCase:
    """How an actor stands to a concern."""

    raised: bool = False
    handles: bool = False


def raised_it(actor: Actor, subject: OfCase) -> bool:
    """Whoever raised it."""
    return subject.raised


def handles_it(actor: Actor, subject: OfCase) -> bool:
    """Whoever handles it: the lead, or the alternate where the lead is concerned or has not answered in time."""
    return subject.handles


_HANDLER = Reader(Column.SAFEGUARDING, handles_it, label=_("whoever handles concerns here"))
_RAISER = tuple(
    Reader(column, raised_it, _("own"), _("you"))
    for column in (Column.MENTEE, Column.MENTOR, Column.COORDINATOR, Column.SAFEGUARDING, Column.ADMINISTRATOR)
)
_AWAY = any_role(*GUARDIANS)

declare(Row("safeguarding.raise", _("Raising a concern"), (Reader(Column.MENTEE, everyone),), listed=False, page=True))
declare(
    Row(
        "safeguarding.read_report",
        _("What somebody wrote because they were worried, and the answers to them"),
        (*_RAISER, _HANDLER),
        note=_("Whoever it is about does not read it. Where it is about the lead, the alternate alone does."),
    )
)
declare(
    Row(
        "safeguarding.draft",
        _("What somebody has begun to write because they are worried, and not sent"),
        tuple(Reader(reader.column, everyone, reader.cell, reader.label) for reader in _RAISER),
        page=True,
    )
)
declare(
    Row(
        "safeguarding.read_case",
        _("What is decided and done about a concern"),
        (_HANDLER,),
        note=_("Each time that it is opened is remembered."),
    )
)
declare(
    Row(
        "safeguarding.read_meetings",
        _("When people in an open case met, how long, and who was there"),
        (_HANDLER,),
        note=_("While the case is open. Never what was said or written."),
    )
)
declare(
    Row(
        "safeguarding.limits",
        _("Reading what stays between two people"),
        (Reader(Column.MENTEE, everyone),),
        listed=False,
        page=True,
    )
)
declare(Row("safeguarding.list", _("The list of concerns"), (Reader(Column.SAFEGUARDING, _AWAY),), False, page=True))
declare(
    Row(
        "safeguarding.signposts",
        _("Whom people can call, as the organisation names them"),
        (
            Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),
            Reader(Column.SAFEGUARDING, _AWAY),
        ),
        listed=False,
        page=True,
    )
)
