"""What sessions hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.meetings.models import ActionItem, Attendance, LogDraft, Preparation, PrivateNote, Session, Summary

_STAYS = _("The other of the two keeps the record of their sessions; the name is taken out of it")
_PAIR = "session__relationship__parties__participation__membership"

privacy.declare(
    Session,
    purpose=_("When two people met, for how long, and whether it counts"),
    basis="legitimate interests",
    subject="relationship__parties__participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["starts_at", "planned_minutes", "held_minutes", "mode", "state", "planned_by", "recorded_by"],
    plain=[
        "id", "ref", "relationship", "number", "moved_to", "before_agreement", "log_key", "created_at", "recorded_at",
    ],
)  # fmt: skip
privacy.declare(
    Attendance,
    purpose=_("Who came to a session"),
    basis="legitimate interests",
    subject="party__participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["party", "attended"],
    plain=["id", "session"],
)
privacy.declare(
    Preparation,
    purpose=_("Where two people meet, and what they want to talk about"),
    basis="legitimate interests",
    subject="session__relationship__parties__participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["place", "agenda", "edited_by"],
    plain=["id", "ref", "session", "revision", "edited_at"],
)
privacy.declare(
    Summary,
    purpose=_("What two people keep of a session together"),
    basis="legitimate interests",
    subject="session__relationship__parties__participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["words", "edited_by"],
    plain=["id", "ref", "session", "revision", "edited_at"],
)
privacy.declare(
    PrivateNote,
    purpose=_("What somebody keeps of a session for themselves"),
    basis="legitimate interests",
    subject="author",
    keep="private_note",
    about=_PAIR,
    personal=["author", "words"],
    plain=["id", "ref", "session", "edited_at"],
)
privacy.declare(
    ActionItem,
    purpose=_("What somebody agreed in a session to do, and by when"),
    basis="legitimate interests",
    subject="owner",
    keep="shared_record",
    stays=_STAYS,
    about=_PAIR,
    personal=["owner", "words", "due_on", "done_at", "added_by"],
    plain=["id", "ref", "session", "created_at"],
)
privacy.declare(
    LogDraft,
    purpose=_("What somebody has begun to write down about a session and not handed in"),
    basis="legitimate interests",
    subject="author",
    keep="private_note",
    about="relationship__parties__participation__membership",
    personal=["author", "words"],
    plain=["id", "ref", "relationship", "session", "kept_at"],
)
