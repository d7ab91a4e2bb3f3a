"""What people holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.people.actions import erasing
from alongside.people.models import (
    Link,
    MergedEntry,
    Needs,
    NeedsPart,
    OwnChoice,
    OwnField,
    OwnValue,
    Pause,
    PauseWords,
    Profile,
    ProfileSkill,
    RememberedColumns,
    RosterImport,
    RosterLeaver,
    RosterRow,
    Skill,
    SkillMerge,
    WeeklyTime,
)

privacy.declare(
    Profile,
    purpose=_("Finding partners who fit, and knowing whom one meets"),
    basis="legitimate interests",
    subject="membership",
    keep="account",
    personal=[
        "membership", "headline", "job_title", "grade", "department", "team", "site", "start_date", "languages",
        "working_days", "career_aim", "roster_role", "roster_capacity", "most_mentees",
        "ways_to_meet", "interests",
    ],
    plain=[
        "id", "organisation", "changed_at", "show_headline", "show_skills", "show_work", "show_pronouns",
        "show_times", "saved_parts",
    ],
    special=["pronouns"],
)  # fmt: skip
privacy.declare(
    Skill,
    purpose=_("The organisation’s words for skills"),
    basis="none",
    subject="",
    keep="account",
    plain=["id", "ref", "organisation", "name", "folded", "state", "same_as", "changed_at"],
)
privacy.declare(
    SkillMerge,
    purpose=_("Two words for a skill that were merged lately, so that it can be taken back"),
    basis="none",
    subject="",
    keep="roster_upload",
    plain=["id", "ref", "word", "into", "state_before", "other_words", "at"],
)
privacy.declare(
    MergedEntry,
    purpose=_("Who held a word for a skill that was merged lately, so that they get it back"),
    basis="legitimate interests",
    subject="profile__membership",
    keep="roster_upload",
    since="merge__at",
    personal=["profile", "side", "had_both"],
    plain=["id", "merge"],
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
    OwnField,
    purpose=_("The organisation’s own fields, which its staff list brought"),
    basis="none",
    subject="",
    keep="account",
    plain=["id", "ref", "organisation", "name", "folded", "heading", "kind", "added_at"],
)
privacy.declare(
    OwnChoice,
    purpose=_("What a field of the organisation’s own can say"),
    basis="none",
    subject="",
    keep="account",
    plain=["id", "field", "name", "folded"],
)
privacy.declare(
    OwnValue,
    purpose=_("What the organisation’s own fields say of somebody, so that partners fit"),
    basis="legitimate interests",
    subject="profile__membership",
    keep="account",
    personal=["profile", "field", "choice"],
    plain=["id"],
)
privacy.declare(
    Link,
    purpose=_("Line managers, so that nobody is paired with their own and time is agreed with the right person"),
    basis="legitimate interests",
    subject="target",
    keep="account",
    also=("source",),
    personal=["source", "target", "kind"],
    plain=["id", "ref", "since", "until"],
)
privacy.declare(
    RosterImport,
    purpose=_("Rosters on their way in: what was handed in, by whom, and what came of it"),
    basis="legitimate interests",
    subject="by",
    keep="roster_upload",
    stays=_("What an import has changed is remembered, without whoever brought it in"),
    emptied={"by": None, "columns_by": None, "file_name": "", "sheet": ""},
    also=("columns_by",),
    lasts=True,
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
    since="roster_import__created_at",
    personal=["name", "data", "cells", "before", "keys", "remarks", "membership"],
    plain=["id", "ref", "roster_import", "spreadsheet_row", "outcome", "changes", "has_doubt", "answer", "taken_back"],
)
privacy.declare(
    RosterLeaver,
    purpose=_("Who is not in a roster that holds everybody, and whom somebody chose to let leave; kept for 30 days"),
    basis="legitimate interests",
    subject="membership",
    keep="roster_upload",
    since="roster_import__created_at",
    personal=["membership", "perhaps_row", "chosen", "state_before", "left_at"],
    plain=["id", "roster_import"],
)
privacy.declare(
    RememberedColumns,
    purpose=_("What the columns of a staff list mean, so that the next one need not be mended again; no values"),
    basis="legitimate interests",
    subject="by",
    keep="account",
    stays=_("What the organisation’s columns mean; no values"),
    emptied={"by": None},
    lasts=True,
    personal=["by"],
    plain=["id", "organisation", "shape", "mapping", "at"],
)

privacy.declare(
    WeeklyTime,
    purpose=_("When somebody can usually meet, so that two people find a time"),
    basis="legitimate interests",
    subject="profile__membership",
    keep="account",
    personal=["profile", "day", "part", "zone"],
    plain=["id"],
)
privacy.declare(
    Pause,
    purpose=_("From when until when a mentor takes nobody new"),
    basis="legitimate interests",
    subject="profile__membership",
    keep="account",
    personal=["profile", "starts_on", "ends_on"],
    plain=["id", "ref"],
)
privacy.declare(
    PauseWords,
    purpose=_("Why a mentor pauses, noted for themselves"),
    basis="consent",
    subject="pause__profile__membership",
    keep="private_note",
    since="pause__ends_on",
    personal=["pause", "words"],
    plain=["id", "ref"],
)
privacy.declare(
    Needs,
    purpose=_("Whom somebody lets read what helps them to take part"),
    basis="consent",
    subject="membership",
    keep="account",
    personal=["membership", "shared"],
    plain=["id", "ref", "changed_at"],
)
privacy.declare(
    NeedsPart,
    purpose=_("What helps somebody to take part, in their own choice; never used to choose partners"),
    basis="consent",
    subject="needs__membership",
    keep="account",
    personal=["needs"],
    plain=["id", "ref", "kind"],
    special=["chosen", "words"],
)


@privacy.at_erasure
def forget_what_was_handed_in(person: privacy.Person) -> privacy.Counts:
    """Rows that became nobody, and files that are still kept, name them too."""
    return {
        "people.rosterrow": erasing.forget_rows_that_name(person),
        "files.upload": erasing.forget_files_that_name(person),
    }
