"""Who may see people, and who may bring them in. `directory` tests take a membership."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import OrganisationRoleName

MANAGING = (OrganisationRoleName.COORDINATOR, OrganisationRoleName.ADMINISTRATOR)


def is_oneself(actor: Actor, membership: Membership) -> bool:
    """One's own entry."""
    return membership.pk == actor.membership.pk


def manages_people(actor: Actor, membership: Membership | None) -> bool:
    """Coordinators and administrators of the same organisation."""
    same = membership is None or membership.organisation_id == actor.organisation.pk
    return same and actor.has(*MANAGING)


_coordinator = Reader(Column.COORDINATOR, manages_people, label=_("the coordinators"))
_administrator = Reader(Column.ADMINISTRATOR, manages_people, label=_("the administrators"))
declare(
    Row(
        "people.directory",
        _("Directory: name, headline, work details, skills"),
        (
            Reader(Column.MENTEE, is_oneself, _("own"), _("you")),
            Reader(Column.MENTOR, is_oneself, _("own"), _("you")),
            _coordinator,
            _administrator,
        ),
    )
)
declare(
    Row(
        "people.edit_own",
        _("Changing one’s own profile"),
        (Reader(Column.MENTEE, is_oneself, _("own")), Reader(Column.MENTOR, is_oneself, _("own"))),
        listed=False,
    )
)
declare(
    Row(
        "people.manage",
        _("Listing, adding, inviting and importing people"),
        (
            Reader(Column.COORDINATOR, any_role(*MANAGING)),
            Reader(Column.ADMINISTRATOR, any_role(*MANAGING)),
        ),
        listed=False,
        page=True,
    )
)
declare(
    Row(
        "people.curate_skills",
        _("Looking after the organisation’s words for skills"),
        (
            Reader(Column.COORDINATOR, any_role(*MANAGING)),
            Reader(Column.ADMINISTRATOR, any_role(*MANAGING)),
        ),
        listed=False,
        page=True,
    )
)
