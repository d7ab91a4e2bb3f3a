"""What pairs hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.relationships.actions import erasing, rating
from alongside.relationships.models import (
    CarriedOver,
    ContactHold,
    Learned,
    Move,
    OwnTick,
    PairsImport,
    PairsRow,
    Party,
    Reason,
    Relationship,
    Tick,
)

_STAYS = _("The partner’s history stands on it; it names nobody any more")

privacy.declare(
    Relationship,
    purpose=_("Which two people are paired, and how far they have come"),
    basis="legitimate interests",
    subject="parties__participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["state", "stage", "ending"],
    plain=["id", "ref", "programme", "proposed_at", "accepted_at", "ended_at", "held_at", "silent_at"],
)
privacy.declare(
    Party,
    purpose=_("Who plays which part in a pair, and what they answered"),
    basis="legitimate interests",
    subject="participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["participation", "part", "answer"],
    plain=["id", "relationship", "place_no", "answered_at", "since", "until", "told_at"],
)
privacy.declare(
    Move,
    purpose=_("The steps of a pair, with what showed that it was time"),
    basis="legitimate interests",
    subject="by",
    keep="shared_record",
    stays=_STAYS,
    personal=["by"],
    plain=["id", "relationship", "from_stage", "to_stage", "evidence", "at"],
)
privacy.declare(
    ContactHold,
    purpose=_("That contact between two people was on hold, from when until when; never why"),
    basis="legitimate interests",
    subject="by",
    keep="shared_record",
    also=("ended_by",),
    stays=_STAYS,
    personal=["by", "ended_by"],
    plain=["id", "ref", "relationship", "apart", "at", "ended_at"],
)
privacy.declare(
    Reason,
    purpose=_("A reason that somebody chose to write down"),
    basis="consent",
    subject="author",
    keep="private_note",
    about="relationship__parties__participation__membership",
    untold=True,  # nobody learns from their partner's “no” whether there is a reason for it
    personal=["author", "words"],
    plain=["id", "ref", "relationship", "shared", "at"],
)
privacy.declare(
    Learned,
    purpose=_("What somebody lets the coordinators use after an ending to find them somebody who fits better"),
    basis="consent",
    subject="participation__membership",
    keep="private_note",
    personal=["participation", "what"],
    plain=["id", "ref", "relationship", "at"],
)
privacy.declare(
    Tick,
    purpose=_("Which of their duties in a pair somebody has ticked as done"),
    basis="legitimate interests",
    subject="participation__membership",
    keep="shared_record",
    personal=["participation", "step", "duty"],
    plain=["id", "relationship", "at"],
)
privacy.declare(
    OwnTick,
    purpose=_("Which of their duties in a programme somebody has ticked as done, for themselves"),
    basis="legitimate interests",
    subject="participation__membership",
    keep="readiness",
    since="at",
    personal=["participation", "step", "duty"],
    plain=["id", "at"],
)
privacy.declare(
    CarriedOver,
    purpose=_("What two people bring along who met before Alongside, so that they need not begin again"),
    basis="legitimate interests",
    subject="relationship__parties__participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["started_on", "planned_end_on", "sessions_held", "contract_signed_on", "goals_count"],
    plain=["id", "relationship", "pairs_import"],
)
privacy.declare(
    PairsImport,
    purpose=_("Files of running pairs on their way in: what was handed in, by whom, and what came of it"),
    basis="legitimate interests",
    subject="by",
    keep="roster_upload",
    stays=_("Pairs that came with it refer to it, without whoever brought it in"),
    emptied={"by": None, "file_name": "", "sheet": ""},
    lasts=True,
    personal=["by", "file_name"],
    plain=[
        "id", "ref", "programme", "upload_ref", "sheet", "mapping", "state", "counts", "fault", "job_ref",
        "created_at", "committed_at", "taken_out_at", "added", "raised",
    ],
)  # fmt: skip
privacy.declare(
    PairsRow,
    purpose=_("Rows of a file of running pairs until they are taken in or mended; deleted after 30 days"),
    basis="legitimate interests",
    subject="mentee",
    keep="roster_upload",
    also=("mentor",),
    since="pairs_import__created_at",
    personal=["data", "cells", "remarks", "mentor", "mentee"],
    plain=["id", "ref", "pairs_import", "spreadsheet_row", "outcome", "relationship"],
)


@privacy.at_erasure
def end_pairs_of_nobody(person: privacy.Person) -> privacy.Counts:
    """Rows of files that name them go; so does the key of a pair of which nobody is left."""
    return {
        "relationships.pairsrow": erasing.forget_rows_that_name(person),
        "vault.key": erasing.destroy_keys_of_nobody(person),
    }


privacy.before_removal("relationships.relationship")(rating.forget)
