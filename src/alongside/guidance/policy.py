"""Who reads what an organisation has made of guidance, and who writes it."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare, everyone
from alongside.foundation.identity.terms import OrganisationRoleName

declare(
    Row(
        "guidance.read_own",
        _("Guidance, and what your organisation has put in its own words"),
        tuple(
            Reader(column, everyone, label=_("you") if column == Column.MENTEE else _("everybody in your organisation"))
            for column in Column
        ),
        note=_("Nobody of another organisation reads it."),
    )
)
_writing = (
    Reader(Column.COORDINATOR, any_role(OrganisationRoleName.COORDINATOR), label=_("everybody who coordinates")),
    Reader(Column.ADMINISTRATOR, any_role(OrganisationRoleName.ADMINISTRATOR), label=_("administrators")),
)
declare(
    Row(
        "guidance.write",
        _("Who put guidance in your organisation’s own words, when and why"),
        _writing,
        page=True,
        note=_("What somebody has begun to write is theirs alone until they save it."),
    )
)
