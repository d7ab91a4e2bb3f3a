"""What the audit log holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.events.models import AuditEntry, AuditHead

privacy.declare(
    AuditEntry,
    purpose=_("Evidence of who did what and when; refs and codes only, never words"),
    basis="legal obligation",
    subject="by",
    keep="audit",
    since="at",
    stays=_("Evidence of what was done: refs and codes, which lead to nobody any more"),
    frozen=True,
    personal=["by"],
    plain=["position", "at", "name", "organisation", "about_kind", "about_ref", "codes", "hash"],
)
privacy.declare(
    AuditHead,
    purpose=_("The end of the audit log"),
    basis="none",
    subject="",
    keep="audit",
    plain=["id", "count", "hash", "key_id"],
)
