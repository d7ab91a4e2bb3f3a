"""What people holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.people.models import (
    Link,
    Profile,
    ProfileSkill,
    RememberedColumns,
    RosterImport,
    RosterLeaver,
    RosterRow,
    Skill,
)

privacy.declare(
    Profile,
    purpose=_("Finding partners who fit, and knowing whom one meets"),
    basis="legitimate interests",
    subject="membership",
    keep="account",
    personal=[
        "membership", "headline", "job_title", "grade", "department", "team", "site", "start_date", "languages",
        "working_days", "career_aim", "roster_role", "roster_capacity",
    ],
    plain=["id", "organisation", "changed_at"],
)  # fmt: skip
privacy.declare(
    Skill,
    purpose=_("The organisation’s words for skills"),
    basis="none",
    subject="",
    keep="account",
    plain=["id", "ref", "organisation", "name", "folded"],
)
privacy.declare(
    ProfileSkill,
    purpose=_("What somebody can offer and wants to develop"),
    basis="legitimate interests",
    subject="profile__membership",
    keep="account",
    personal=["profile", "skill", "side"],
    plain=["id"],
)
privacy.declare(
    Link,
    purpose=_("Line managers, so that nobody is paired with their own and time is agreed with the right person"),
    basis="legitimate interests",
    subject="target",
    keep="account",
    personal=["source", "target", "kind"],
    plain=["id", "ref", "since", "until"],
)
privacy.declare(
    RosterImport,
    purpose=_("Rosters on their way in: what was handed in, by whom, and what came of it"),
    basis="legitimate interests",
    subject="by",
    keep="roster_upload",
    personal=["by", "file_name", "columns_by"],
    plain=[
        "id", "ref", "organisation", "upload_ref", "sheet", "programme", "mapping", "columns_at", "state", "counts",
        "holds_everybody", "fault", "job_ref", "created_at", "committed_at", "undone_at", "made", "indexed_to",
    ],
)  # fmt: skip
privacy.declare(
    RosterRow,
    purpose=_("Rows of a roster until they are taken in or mended; deleted after 30 days"),
    basis="legitimate interests",
    subject="membership",
    keep="roster_upload",
    personal=["name", "data", "cells", "before", "keys", "remarks", "membership"],
    plain=["id", "ref", "roster_import", "spreadsheet_row", "outcome", "changes", "has_doubt", "answer", "taken_back"],
)
privacy.declare(
    RosterLeaver,
    purpose=_("Who is not in a roster that holds everybody, and whom somebody chose to let leave; kept for 30 days"),
    basis="legitimate interests",
    subject="membership",
    keep="roster_upload",
    personal=["membership", "perhaps_row", "chosen", "state_before", "left_at"],
    plain=["id", "roster_import"],
)
privacy.declare(
    RememberedColumns,
    purpose=_("What the columns of a staff list mean, so that the next one need not be mended again; no values"),
    basis="legitimate interests",
    subject="by",
    keep="account",
    personal=["by"],
    plain=["id", "organisation", "shape", "mapping", "at"],
)
