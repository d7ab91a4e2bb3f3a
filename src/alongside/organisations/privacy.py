"""What the privacy notice holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.organisations.models import NoticeDraft, NoticeShown, PrivacyNotice

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
