"""What the key store holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.vault.models import DestroyedKey, Key, KeyCopy, Rotation

privacy.declare(
    Key,
    purpose=_("The keys of private and shared text, of second factors and of the audit log"),
    basis="legitimate interests",
    subject="",
    keep="account",
    personal=["owner"],
    plain=["id", "key_id", "material", "made_at", "retired_at"],
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
privacy.declare(
    Rotation,
    purpose=_("When all keys were changed, and how far that has come"),
    basis="none",
    subject="",
    keep="audit",
    plain=["id", "through", "begun_at", "ended_at", "is_open"],
)
privacy.declare(
    KeyCopy,
    purpose=_("When the keys were last copied"),
    basis="none",
    subject="",
    keep="audit",
    plain=["id", "at"],
)
