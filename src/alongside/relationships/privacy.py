"""What pairs hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.relationships.models import Move, Party, Reason, Relationship

privacy.declare(
    Relationship,
    purpose=_("Which two people are paired, and how far they have come"),
    basis="legitimate interests",
    subject="parties__participation__membership",
    keep="shared_record",
    personal=["state", "stage", "ending"],
    plain=["id", "ref", "programme", "proposed_at", "accepted_at", "ended_at"],
)
privacy.declare(
    Party,
    purpose=_("Who plays which part in a pair, and what they answered"),
    basis="legitimate interests",
    subject="participation__membership",
    keep="shared_record",
    personal=["participation", "part", "answer"],
    plain=["id", "relationship", "place_no", "answered_at", "since", "until"],
)
privacy.declare(
    Move,
    purpose=_("The steps of a pair, with what showed that it was time"),
    basis="legitimate interests",
    subject="by",
    keep="shared_record",
    personal=["by"],
    plain=["id", "relationship", "from_stage", "to_stage", "evidence", "at"],
)
privacy.declare(
    Reason,
    purpose=_("A reason that somebody chose to write down"),
    basis="consent",
    subject="author",
    keep="private_note",
    personal=["author", "words"],
    plain=["id", "ref", "relationship", "shared", "at"],
)
