"""What the privacy notice holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.identity import actions as identity
from alongside.organisations import single_sign_on
from alongside.organisations.models import NoticeDraft, NoticeShown, PrivacyNotice, Provider, ProviderLink
from alongside.organisations.queries.provider import provider_of

privacy.declare(
    PrivacyNotice,
    purpose=_("What people are told about their data, word for word"),
    basis="legal obligation",
    subject="by",
    keep="audit",
    stays=_("What people were told about their data must be shown word for word"),
    lasts=True,
    frozen=True,
    personal=["by", "contact"],
    plain=["id", "ref", "organisation", "version", "language", "sections", "sha256", "published_at"],
)
privacy.declare(
    NoticeDraft,
    purpose=_("The next privacy notice while it is being written"),
    basis="legal obligation",
    subject="by",
    keep="account",
    stays=_("The organisation’s own draft"),
    lasts=True,
    personal=["by"],
    plain=["id", "organisation", "sections", "changed_at"],
)
privacy.declare(
    NoticeShown,
    purpose=_("Which version of the privacy notice somebody was shown, and when"),
    basis="legal obligation",
    subject="membership",
    keep="account",
    personal=["membership", "notice", "when", "at"],
    plain=["id"],
)
privacy.declare(
    Provider,
    purpose=_("Where an organisation’s people sign in"),
    basis="none",
    subject="",
    keep="account",
    personal=[],
    plain=[
        "id", "ref", "organisation", "issuer", "client_id", "client_secret", "button", "trusts_second_step",
        "links_by_address", "enabled", "changed_at",
    ],
)  # fmt: skip
privacy.declare(
    ProviderLink,
    purpose=_("As whom somebody comes in from their organisation’s own sign-in"),
    basis="legitimate interests",
    subject="membership",
    keep="account",
    personal=["membership", "subject"],
    plain=["id", "organisation", "issuer", "made_at"],
)


@privacy.at_erasure
def end_proofs(person: privacy.Person) -> privacy.Counts:
    """Who they are at the provider may stand in a session that is nobody's yet: whoever is at that begins anew."""
    held = provider_of(person.organisation)
    ended = identity.end_sessions_naming(lambda said: single_sign_on.is_proof_at(said, held)) if held else 0
    return {"sessions.session": ended}
