"""What the key store holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.vault.models import DestroyedKey, Key

privacy.declare(
    Key,
    purpose=_("The keys of private and shared text, of second factors and of the audit log"),
    basis="legitimate interests",
    subject="",
    keep="account",
    personal=["owner"],
    plain=["id", "key_id", "material", "made_at"],
)
privacy.declare(
    DestroyedKey,
    purpose=_("Which keys were destroyed, so that a restored backup stays unreadable"),
    basis="legal obligation",
    subject="",
    keep="audit",
    personal=["owner"],
    plain=["id", "key_id", "destroyed_at"],
)
