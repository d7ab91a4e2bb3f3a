"""What readiness holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.readiness.models import (
    CodeAcceptance,
    Completion,
    Conflict,
    ConflictStatement,
    EthicsCode,
    Module,
    ReadinessRule,
    TrainingAttendance,
    TrainingDay,
    Vetting,
)

privacy.declare(
    EthicsCode,
    purpose=_("The code of ethics that people accept, word for word"),
    basis="legitimate interests",
    subject="by",
    keep="readiness",
    stays=_("The organisation’s own code: what others accepted must be shown as they read it"),
    lasts=True,
    personal=["by"],
    plain=["id", "ref", "organisation", "number", "name", "edition", "link", "text", "stated_at", "replaced_at"],
)
privacy.declare(
    CodeAcceptance,
    purpose=_("Who accepted which version of the code of ethics, and when"),
    basis="legitimate interests",
    subject="membership",
    keep="readiness",
    since="at",
    personal=["code", "membership", "at"],
    plain=["id"],
)
privacy.declare(
    Module,
    purpose=_("What an organisation’s training consists of"),
    basis="legitimate interests",
    subject="by",
    keep="readiness",
    stays=_("The organisation’s own training"),
    lasts=True,
    personal=["by"],
    plain=[
        "id", "ref", "organisation", "source", "title", "summary", "minutes", "text", "link", "file", "questions",
        "is_met", "mentors", "mentees", "valid_months", "revision", "asked_from", "place", "changed_at", "retired_at",
    ],
)  # fmt: skip
privacy.declare(
    Completion,
    purpose=_("Which part of the training somebody has done, when, and until when it holds"),
    basis="legitimate interests",
    subject="membership",
    keep="readiness",
    since="at",
    personal=["module", "membership", "revision", "at", "until", "day"],
    plain=["id"],
)
privacy.declare(
    TrainingDay,
    purpose=_("When and where people meet for a part of the training"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "ref", "module", "starts_at", "minutes", "place", "seats", "cancelled_at"],
)
privacy.declare(
    TrainingAttendance,
    purpose=_("Who means to come to a training day, and whether they came"),
    basis="legitimate interests",
    subject="membership",
    keep="readiness",
    since="at",
    personal=["day", "membership", "came", "at"],
    plain=["id"],
)
privacy.declare(
    ConflictStatement,
    purpose=_("That somebody has declared every conflict of interest, and on which day"),
    basis="legitimate interests",
    subject="membership",
    keep="readiness",
    since="stated_on",
    personal=["membership", "stated_on"],
    plain=["id", "programme"],
)
privacy.declare(
    Conflict,
    purpose=_("A conflict of interest that somebody declared, and what was decided about it"),
    basis="legitimate interests",
    subject="membership",
    keep="readiness",
    since="declared_at",
    personal=["membership", "kind", "words", "decision", "answer", "decided_by"],
    plain=["id", "ref", "programme", "declared_at", "decided_at"],
)
privacy.declare(
    Vetting,
    purpose=_("What came of vetting somebody, and when it is due again"),
    basis="legitimate interests",
    subject="membership",
    keep="readiness",
    since="recorded_at",
    personal=["membership", "kind", "outcome", "number", "decided_on", "recheck_on", "by"],
    plain=["id", "ref", "recorded_at", "replaced_at"],
)
privacy.declare(
    ReadinessRule,
    purpose=_("What a programme asks of its people before they begin"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "programme", "mentors", "mentees", "holds_pairs", "changed_at"],
)
