"""What the outbox and the preferences hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.notifications.models import KeptMail, Mail, OwnWords, Refusal, Timing

privacy.declare(
    Mail,
    purpose=_("Tells people what happened and what they can do next"),
    basis="legitimate interests",
    subject="to_account",
    keep="mail",
    also=("to_address",),
    since="created_at",
    personal=["to_account", "to_address", "subject", "body", "html", "unsubscribe", "dedupe"],
    plain=[
        "id", "ref", "organisation_ref", "scope_ref", "kind", "secret", "about_ref", "state", "trouble", "attempts",
        "not_before", "lease_until", "expires_at", "created_at", "sent_at", "foot_at", "digest_ref", "between_ref",
    ],
)  # fmt: skip
privacy.declare(
    Refusal,
    purpose=_("Remembers which mails a person does not want"),
    basis="legitimate interests",
    subject="account",
    keep="account",
    personal=["account", "kind"],
    plain=["id"],
)
privacy.declare(
    Timing,
    purpose=_("Remembers when a person wants their mail"),
    basis="legitimate interests",
    subject="account",
    keep="account",
    personal=["account", "rhythm", "hour", "quiet_from", "quiet_until", "most_a_day"],
    plain=["id"],
)
privacy.declare(
    OwnWords,
    purpose=_("What an organisation has its mails say, and who changed it when"),
    basis="legitimate interests",
    subject="by",
    keep="audit",
    stays=_("What the organisation has its mails say"),
    lasts=True,
    personal=["by", "at"],
    plain=["id", "ref", "organisation", "letter", "language", "version", "is_ours", "subject", "text", "button"],
)
privacy.declare(
    KeptMail,
    purpose=_("What people without e-mail would have been mailed, until they have read it"),
    basis="legitimate interests",
    subject="membership",
    keep="mail",
    since="made_at",
    personal=["membership", "subject", "body", "dedupe"],
    plain=["id", "kind", "between_ref", "made_at", "expires_at", "read_at"],
)
