"""Who may change an organisation’s settings and roles, and see which mails did not go out."""

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
declare(
    Row(
        "organisations.mails",
        _("Mails that were not sent: to whom, since when and why"),
        (Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),),
        page=True,
        note=_("Never what a mail says, nor what it is about unless it is an invitation."),
    )
)
