"""Who may read what of a complaint: its writer, and whoever handles it as long as it is not about them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, declare, everyone
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import OrganisationRoleName

PANEL, OFFICER = OrganisationRoleName.COMPLAINTS_PANEL, OrganisationRoleName.PRIVACY_OFFICER


@dataclass(frozen=True)
class OfComplaint:
    """How an actor stands to a complaint."""

    wrote: bool = False
    handles: bool = False


def wrote_it(actor: Actor, subject: OfComplaint) -> bool:
    """Whoever wrote it."""
    return subject.wrote


def handles_it(actor: Actor, subject: OfComplaint) -> bool:
    """Whoever handles it now: the coordinator whom its writer chose, the panel, or the privacy officers."""
    return subject.handles


_WRITERS = (Column.MENTEE, Column.MENTOR, Column.COORDINATOR, Column.SAFEGUARDING, Column.PRIVACY, Column.ADMINISTRATOR)
_OWN = tuple(Reader(column, wrote_it, _("own"), _("you")) for column in _WRITERS)
_HANDLERS = (
    Reader(Column.COORDINATOR, handles_it, _("what was written to them"), _("those whom you choose to send it to")),
    Reader(Column.PRIVACY, handles_it, _("about data"), ""),
)

declare(Row("records.complain", _("Writing a complaint"), (Reader(Column.MENTEE, everyone),), listed=False, page=True))
declare(
    Row(
        "records.complaint_draft",
        _("A question or complaint that somebody has begun to write, and not sent"),
        tuple(Reader(reader.column, everyone, reader.cell, reader.label) for reader in _OWN),
        page=True,
    )
)
declare(
    Row(
        "records.read_complaint",
        _("A question of what is right, or a complaint, and what was answered"),
        (*_OWN, *_HANDLERS),
        note=_(
            "Never whoever it is about. Its writer sees by name who will read it: a coordinator or the complaints "
            "panel, as they choose; the privacy officers where it is about data."
        ),
    )
)
declare(
    Row(
        "records.write_complaint",
        _("Adding to one’s own complaint, handing it on, taking it back"),
        (Reader(Column.MENTEE, wrote_it),),
        listed=False,
    )
)
declare(
    Row(
        "records.handle_complaint",
        _("Handling a complaint"),
        (Reader(Column.COORDINATOR, handles_it), Reader(Column.PRIVACY, handles_it)),
        listed=False,
    )
)
declare(
    Row(
        "records.complaints",
        _("The list of complaints that one handles"),
        (Reader(Column.COORDINATOR, everyone),),
        listed=False,
        page=True,
    )
)
