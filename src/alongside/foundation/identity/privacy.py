"""What identity holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.identity import actions
from alongside.foundation.identity.models import (
    Account,
    AddressChange,
    Invitation,
    Membership,
    NamedContact,
    Organisation,
    OrganisationRole,
    PrintedCode,
    SecondStepReset,
)

privacy.declare(
    Account,
    purpose=_("Signing in"),
    basis="legitimate interests",
    subject="self",
    keep="account",
    personal=["email", "password", "timezone", "language", "last_login"],
    plain=["id", "ref", "is_active", "created_at"],
)
privacy.declare(
    AddressChange,
    purpose=_("Changing the address somebody signs in with; deleted once confirmed, stopped, or an hour old"),
    basis="legitimate interests",
    subject="account",
    keep="account",
    personal=["account", "new_address"],
    plain=[
        "id", "new_token_hash", "old_token_hash", "new_confirmed_at", "old_confirmed_at", "made_at", "expires_at",
    ],
)  # fmt: skip
privacy.declare(
    Organisation,
    purpose=_("Who runs the programmes and whom to ask about privacy"),
    basis="none",
    subject="",
    keep="account",
    personal=["privacy_contact"],
    plain=["id", "ref", "slug", "name", "timezone", "language", "set_up_at", "second_step", "second_step_roles"],
)
privacy.declare(
    Membership,
    purpose=_("Who takes part, and how to reach them"),
    basis="legitimate interests",
    subject="self",
    keep="account",
    personal=["name", "known_as", "work_address", "employee_number", "account"],
    plain=["id", "ref", "organisation", "state", "created_at", "joined_at", "connection"],
)
privacy.declare(
    OrganisationRole,
    purpose=_("Who is trusted with what"),
    basis="legitimate interests",
    subject="membership",
    keep="account",
    personal=["membership", "role"],
    plain=["id", "since", "until"],
)
privacy.declare(
    Invitation,
    purpose=_("Links by which invited people join"),
    basis="legitimate interests",
    subject="membership",
    keep="account",
    personal=["membership"],
    plain=["id", "ref", "token_hash", "made_at", "expires_at", "used_at", "ended_at"],
)
privacy.declare(
    SecondStepReset,
    purpose=_("An administrator’s word, for a day, that somebody’s second step be reset"),
    basis="legitimate interests",
    subject="membership",
    keep="account",
    personal=["membership"],
    plain=["id", "made_at"],
)
privacy.declare(
    PrintedCode,
    purpose=_("Codes on letters, by which people without e-mail sign in"),
    basis="legitimate interests",
    subject="membership",
    keep="account",
    personal=["membership"],
    plain=["id", "ref", "code_hash", "made_at", "expires_at", "used_at", "ended_at"],
)
privacy.declare(
    NamedContact,
    purpose=_("Who tells somebody without e-mail that something waits for them"),
    basis="legitimate interests",
    subject="membership",
    also=("contact",),
    keep="account",
    personal=["membership", "contact"],
    plain=["id"],
)


@privacy.at_erasure
def end_sessions_naming_them(person: privacy.Person) -> privacy.Counts:
    """What a page was about to say stands in a session: "Ben Thomas was invited"."""
    return {"sessions.session": actions.end_sessions_naming(person.names.stand_in)}
