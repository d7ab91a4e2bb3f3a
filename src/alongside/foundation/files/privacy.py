"""What uploads hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.files.models import Upload

privacy.declare(
    Upload,
    purpose=_("Keeps a file that somebody gave until it has been dealt with"),
    basis="legitimate interests",
    subject="by_ref",
    keep="roster_upload",
    since="created_at",
    personal=["by_ref", "name", "stored_as"],
    plain=["id", "ref", "organisation_ref", "kind", "size", "sha256", "created_at", "delete_after"],
)
