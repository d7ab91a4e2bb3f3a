"""Who may change an organisation’s settings and roles, see which mails did not go out, and write its privacy notice."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare, everyone
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
        "organisations.assurance",
        _("How safely the organisation works, in numbers: code, training, agreements, vetting, concerns"),
        (
            Reader(Column.COORDINATOR, any_role(OrganisationRoleName.COORDINATOR)),
            Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),
            Reader(
                Column.SAFEGUARDING,
                any_role(OrganisationRoleName.SAFEGUARDING_LEAD, OrganisationRoleName.SAFEGUARDING_ALTERNATE),
            ),
        ),
        page=True,
        note=_("Numbers alone, and none by which somebody could be found out."),
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
declare(
    Row(
        "organisations.work",
        _("Long work that was given up: what, since when, who began it and why it stopped"),
        (Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),),
        page=True,
        note=_("The kind of work alone, never what it was about."),
    )
)
declare(
    Row(
        "organisations.letters",
        _("What every mail says, and who changed its words when"),
        (
            Reader(Column.COORDINATOR, any_role(OrganisationRoleName.COORDINATOR)),
            Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),
        ),
        page=True,
        note=_("The words with their gaps, never a mail that somebody got."),
    )
)
declare(
    Row(
        "organisations.change_letters",
        _("Changing what mails say"),
        (Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),),
        listed=False,
        page=True,
    )
)
declare(
    Row(
        "organisations.read_notice",
        _("The privacy notice, in every version"),
        tuple(
            Reader(
                column, everyone, label=_("you") if column == Column.MENTEE else _("everybody who is or was invited")
            )
            for column in Column
        ),
        note=_("Whoever has an invitation reads it before joining."),
    )
)
declare(
    Row(
        "organisations.notice",
        _("Writing the privacy notice"),
        (
            Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR)),
            Reader(Column.PRIVACY, any_role(OrganisationRoleName.PRIVACY_OFFICER)),
        ),
        listed=False,
        page=True,
    )
)
