"""What concerns hold of people. Nothing of them is in an export but the raiser's own words."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.safeguarding.models import (
    Case,
    CaseHold,
    Concern,
    ConcernDraft,
    Entry,
    Involvement,
    LimitsRead,
    Message,
    Signpost,
)

_KEPT = _("Kept sealed as the organisation’s safeguarding policy says")

privacy.declare(
    Case,
    purpose=_("Concerns about somebody’s safety: how far each has come, and by when it was acknowledged"),
    basis="legal obligation",
    subject="",
    keep="safeguarding",
    personal=["decision", "closing", "acknowledged_by"],
    plain=["id", "ref", "organisation", "state", "raised_at", "due_at", "acknowledged_at", "escalated_at", "closed_at"],
)
privacy.declare(
    Concern,
    purpose=_("What you wrote because you were worried about somebody’s safety"),
    basis="legal obligation",
    subject="raiser",
    keep="safeguarding",
    stays=_KEPT,
    personal=["raiser", "urgent", "happened", "when_where", "people", "opinion"],
    plain=["id", "ref", "case", "at"],
)
privacy.declare(
    ConcernDraft,
    purpose=_("What somebody has begun to write because they are worried, and not sent"),
    basis="consent",
    subject="author",
    keep="private_note",
    since="kept_at",
    personal=["author", "words"],
    plain=["id", "ref", "kept_at"],
)
privacy.declare(
    Involvement,
    purpose=_("Whom a concern is about, so that they never come to it"),
    basis="legal obligation",
    subject="",
    keep="safeguarding",
    personal=["membership", "how"],
    plain=["id", "case"],
)
privacy.declare(
    Message,
    purpose=_("What you added to a concern that you raised"),
    basis="legal obligation",
    subject="by",
    keep="safeguarding",
    stays=_KEPT,
    personal=["by", "words"],
    plain=["id", "ref", "case", "from_raiser", "at"],
    withheld={"from_raiser": False},
)
privacy.declare(
    Entry,
    purpose=_("What was decided and done about a concern"),
    basis="legal obligation",
    subject="",
    keep="safeguarding",
    personal=["by", "words", "code"],
    plain=["id", "ref", "case", "kind", "at"],
)
privacy.declare(
    CaseHold,
    purpose=_("That contact was put on hold because of a concern"),
    basis="legal obligation",
    subject="",
    keep="safeguarding",
    personal=["relationship_ref"],
    plain=["id", "case", "at", "ended_at"],
)
privacy.declare(
    LimitsRead,
    purpose=_("That you have read what stays between two people, and what cannot"),
    basis="legitimate interests",
    subject="membership",
    keep="readiness",
    since="at",
    personal=["membership"],
    plain=["id", "edition", "at"],
)
privacy.declare(
    Signpost,
    purpose=_("Whom people of the organisation can turn to"),
    basis="none",
    subject="",
    keep="operations",
    lasts=True,
    plain=["id", "organisation", "kind", "name", "reach"],
)
