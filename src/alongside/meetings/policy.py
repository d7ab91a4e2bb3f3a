"""Who may read what of a session: dates by the two and the coordinator, texts by the two, private notes by one."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Row, declare
from alongside.relationships.policy import COORDINATOR, OWN, PAIR, Standing


@dataclass(frozen=True)
class OfSession:
    """Something of a session, as far as the policy asks. `author_id` matters for what one person wrote alone."""

    standing: Standing
    author_id: int = 0


declare(
    Row(
        "meetings.read_dates",
        _("When sessions were, who was there and how long they took"),
        (*PAIR, COORDINATOR),
    )
)
declare(
    Row(
        "meetings.read_shared",
        _("Where sessions are, what they are about, their shared summaries and actions"),
        PAIR,
    )
)
declare(
    Row(
        "meetings.read_note",
        _("Private notes about a session, and what is not yet handed in"),
        OWN,
        note=_("Nobody opens them in the ordinary way. The law can require it; you are told unless that is forbidden."),
    )
)
declare(Row("meetings.plan", _("Planning, moving and cancelling a session"), PAIR, listed=False))
declare(Row("meetings.write_down", _("Writing a session down, and its actions"), PAIR, listed=False))
