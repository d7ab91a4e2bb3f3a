"""What a word for a skill may become, as pure functions."""

from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.terms import SkillState

MERGE_DAYS = 30
"""How long a merger of two skills can be taken back."""


def why_not_merge(word: str, into: str, *, same: bool) -> str | Promise | None:
    """Why a word in state `word` cannot become another word for one in state `into`, or None."""
    if same:
        return _("That is the same word. Choose another one.")
    if SkillState.OTHER_WORD in (word, into):
        return _("One of the two leads to another word already. Look at the list again.")
    if into == SkillState.RETIRED:
        return _("That word is retired. Take it up again first, or choose another one.")
    return None


def why_not_undo(at: datetime, now: datetime, *, merged_on: bool) -> str | Promise | None:
    """Why a merger cannot be taken back, or None. `merged_on`: the skill it went into was merged itself since."""
    if now - at > timedelta(days=MERGE_DAYS):
        return _("Mergers can be taken back for 30 days. This one is older.")
    if merged_on:
        return _("What it was merged into has been merged itself since. Take that back first.")
    return None
