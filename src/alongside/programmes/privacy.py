"""What programmes hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.programmes.models import (
    Announcement,
    Answer,
    ApplicationQuestion,
    CalendarEntry,
    Design,
    ExpectedBarrier,
    FunnelCount,
    HandbookEdition,
    Joining,
    JoiningMove,
    NamedPerson,
    Objective,
    Participation,
    Programme,
    RehearsedLetter,
    SavedSection,
    SectionDraft,
)

privacy.declare(
    Programme,
    purpose=_("What the organisation runs, and why"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=[
        "id",
        "ref",
        "organisation",
        "slug",
        "name",
        "purpose",
        "starts_on",
        "ends_on",
        "model_key",
        "model_edition",
        "state",
        "created_at",
        "launched_at",
        "counts_begun",
        "counts_kept",
        "desk_counts",
        "archived_at",
        "follows",
    ],
)
privacy.declare(
    FunnelCount,
    purpose=_("How many people of a programme have come how far: numbers, no names"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "programme", "step", "count", "counted_at"],
)
privacy.declare(
    Participation,
    purpose=_("Who takes part in which programme, and as what"),
    basis="legitimate interests",
    subject="membership",
    keep="shared_record",
    since="until",
    stays=_("Partners’ records stand on it; it names nobody any more"),
    personal=["membership", "part", "capacity", "room_said_at"],
    plain=["id", "ref", "programme", "since", "until"],
)
privacy.declare(
    Design,
    purpose=_("What a programme is on paper"),
    basis="none",
    subject="",
    keep="shared_record",
    personal=["privacy_contact"],
    plain=[
        "id", "programme", "purposes", "benefit_mentee", "benefit_mentor", "benefit_organisation", "audience",
        "eligibility", "open_to", "one_in_both", "mentee_places", "mentor_places",
        "style", "shape", "cadence_weeks", "session_minutes", "term_months", "fit_answers",
        "fit_table",
        "recommended", "model_reason", "goal_tools", "review_methods", "basis", "basis_reason", "notice",
        "notice_version", "retention", "assessed_on", "assessment",
    ],
)  # fmt: skip
privacy.declare(
    Objective,
    purpose=_("What a programme wants to reach"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "ref", "programme", "place", "words", "measure", "target"],
)
privacy.declare(
    ApplicationQuestion,
    purpose=_("What whoever applies is asked"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "ref", "programme", "place", "asked", "words", "needed"],
)
privacy.declare(
    ExpectedBarrier,
    purpose=_("What may stand in a programme’s way, and what helps"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "ref", "programme", "place", "side", "key", "words", "remedy", "owner"],
)
privacy.declare(
    CalendarEntry,
    purpose=_("The days that a programme has set"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "ref", "programme", "place", "kind", "day", "words"],
)
privacy.declare(
    NamedPerson,
    purpose=_("Who sponsors a programme, and who covers for its coordinator"),
    basis="legitimate interests",
    subject="membership",
    keep="shared_record",
    personal=["membership", "duty"],
    plain=["id", "programme"],
)
privacy.declare(
    SavedSection,
    purpose=_("Who has written which part of a programme’s design, and when"),
    basis="legitimate interests",
    subject="saved_by",
    keep="shared_record",
    stays=_("The organisation’s own design"),
    lasts=True,
    personal=["saved_by", "saved_at"],
    plain=["id", "programme", "section", "revision"],
)
privacy.declare(
    SectionDraft,
    purpose=_("What somebody has begun to write in a programme’s design and not saved"),
    basis="legitimate interests",
    subject="author",
    keep="private_note",
    since="kept_at",
    personal=["author", "words"],
    plain=["id", "programme", "section", "kept_at"],
)
privacy.declare(
    HandbookEdition,
    purpose=_("What coordinators have written into the handbook of a programme, and when"),
    basis="legitimate interests",
    subject="written_by",
    keep="shared_record",
    stays=_("The organisation’s own handbook"),
    lasts=True,
    personal=["written_by", "written_at"],
    plain=["id", "ref", "programme", "chapter", "number", "words", "placing", "taken_from"],
)
privacy.declare(
    RehearsedLetter,
    purpose=_("Which mails a coordinator has read before the launch"),
    basis="legitimate interests",
    subject="read_by",
    keep="shared_record",
    stays=_("That the mails of a programme were read before its launch"),
    lasts=True,
    personal=["read_by", "read_at"],
    plain=["id", "programme", "letter", "digest"],
)
privacy.declare(
    Announcement,
    purpose=_("What a coordinator has written to the people of a programme, and to which of them"),
    basis="legitimate interests",
    subject="by",
    keep="shared_record",
    stays=_("That a programme’s people were written to; what it said is gone"),
    emptied={"subject": "–", "words": "–", "q": ""},
    personal=["by", "subject", "words", "q", "written_at"],
    plain=["id", "ref", "programme", "part", "state", "sent_at", "mails"],
)
privacy.declare(
    Joining,
    purpose=_("Who has applied or was asked for which part, how that stands, and by when they hear"),
    basis="legitimate interests",
    subject="membership",
    keep="application",
    personal=["membership", "part", "state", "fits", "news_by", "reply"],
    plain=[
        "id", "ref", "programme", "since", "applied_at", "revision", "place", "participation", "carried_from",
        "invited_at", "replied_at",
    ],
)  # fmt: skip
privacy.declare(
    Answer,
    purpose=_("What somebody has answered when they applied"),
    basis="legitimate interests",
    subject="joining__membership",
    keep="application",
    personal=["words"],
    plain=["id", "ref", "joining", "question_ref", "question", "place"],
)
privacy.declare(
    JoiningMove,
    purpose=_("Who has decided what about an application, when, and what was written to whoever applied"),
    basis="legitimate interests",
    subject="joining__membership",
    keep="application",
    personal=["by", "words"],
    plain=["id", "joining", "step", "from_state", "to_state", "at"],
)
