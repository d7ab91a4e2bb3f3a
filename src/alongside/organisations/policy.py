"""Who may change an organisation’s settings and roles."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare
from alongside.foundation.identity.terms import OrganisationRoleName

declare(
    Row(
        "organisations.settings",
        _("Settings, roles and sign-in of the organisation"),
        (Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),),
        page=True,
        note=_("An administrator sees no record of any pair."),
    )
)
