"""What editions of guidance hold of people: who wrote them."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.guidance.models import EditionDraft, OwnEdition

privacy.declare(
    OwnEdition,
    purpose=_("What programmes and agreements refer to, in the organisation’s own words, and who wrote it"),
    basis="legitimate interests",
    subject="written_by",
    keep="audit",
    stays=_("The organisation’s own guidance, to which programmes and agreements refer"),
    emptied={"note": "–"},
    lasts=True,
    personal=["written_by", "note"],
    plain=["id", "ref", "organisation", "kind", "key", "number", "content", "shipped", "taken_from", "written_at"],
)
privacy.declare(
    EditionDraft,
    purpose=_("The next edition of guidance while somebody writes it"),
    basis="legitimate interests",
    subject="author",
    keep="account",
    since="changed_at",
    personal=["author", "changes"],
    plain=["id", "kind", "key", "changed_at"],
)
