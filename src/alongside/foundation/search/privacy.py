"""What the table of words holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.search.models import Word

privacy.declare(
    Word,
    purpose=_("Finds people and records by the words in them"),
    basis="legitimate interests",
    subject="ref",
    keep="with_the_record",
    personal=["word"],
    plain=["id", "organisation", "kind", "ref"],
)
