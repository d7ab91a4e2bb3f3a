"""When a record's day has come, why somebody's records may not go, and what may be done with a complaint.

Plain values alone.
"""

from calendar import monthrange
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.records.terms import ACKNOWLEDGE_WITHIN, ComplaintKind, ComplaintState, HoldKind, Outcome

Sentence = str | Promise

EXPORTS_KEPT_DAYS = 30
NAME_CLASSES = frozenset({"account", "roster_upload", "mail", "operations", "reads", "with_the_record"})
"""The classes of what goes with the name of whoever left long ago: what they wrote has days of its own."""


def months_before(moment: datetime, months: int) -> datetime:
    """The same moment some months earlier; on the month's last day where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def held_back(kind: str, since: datetime, by: str) -> str:
    """Why nothing of somebody may go: which hold, since when, by whom; never its reason."""
    said = {"kind": HoldKind(kind).label, "day": date_format(since, "j F Y"), "name": by}
    return _("%(kind)s since %(day)s, set by %(name)s: nothing is deleted until a privacy officer lifts it.") % said


# --- complaints

OPEN = (ComplaintState.RECEIVED, ComplaintState.ACKNOWLEDGED, ComplaintState.LOOKED_INTO)
ENDED = (ComplaintState.CLOSED, ComplaintState.TAKEN_BACK)
_FROM: dict[str, tuple[tuple[ComplaintState, ...], Sentence]] = {
    ComplaintState.ACKNOWLEDGED: (
        (ComplaintState.RECEIVED,),
        gettext_lazy("Somebody has acknowledged this already. Look at it again."),
    ),
    ComplaintState.LOOKED_INTO: (
        (ComplaintState.ACKNOWLEDGED,),
        gettext_lazy("This has gone on meanwhile. Look at it again."),
    ),
    ComplaintState.ANSWERED: (OPEN, gettext_lazy("This has been answered or has ended meanwhile. Look at it again.")),
    ComplaintState.CLOSED: (
        (ComplaintState.ANSWERED,),
        gettext_lazy("Only what has been answered, and has not ended, can be closed."),
    ),
    ComplaintState.TAKEN_BACK: (
        OPEN,
        gettext_lazy("This has been answered or has ended meanwhile, so that it cannot be taken back any more."),
    ),
}


def why_not_move(state: str, to: str) -> Sentence | None:
    """Why a complaint cannot go from one state to another."""
    before, words = _FROM[to]
    return None if state in before else words


def why_not_hand_on(state: str, kind: str) -> Sentence | None:
    """Why a complaint cannot be handed to somebody else."""
    if kind == ComplaintKind.DATA:
        return gettext_lazy("The privacy officers alone answer what is about data.")
    return gettext_lazy("This has ended: nobody else can take it up.") if state in ENDED else None


def outcomes(kind: str) -> list[Outcome]:
    """What can come of each kind: a question is answered, and nothing more."""
    judged = [Outcome.UPHELD, Outcome.PARTLY, Outcome.NOT_UPHELD]
    return [Outcome.PLAIN_ANSWER] if kind == ComplaintKind.QUESTION else judged


def acknowledge_by(kind: str, received_on: date) -> date | None:
    """The last day on which a complaint about data is acknowledged in time; others have none."""
    return received_on + ACKNOWLEDGE_WITHIN if kind == ComplaintKind.DATA else None


def why_nobody(kind: str, is_anybody_named: bool, contact: str) -> Sentence:
    """Why nobody here could read a complaint, and whom to turn to instead. `contact`: the organisation's address."""
    said = _("Everybody who could read this is among the people whom you name, so it cannot be sent here.")
    if not is_anybody_named:
        said = _("Nobody is named yet who could read this, so it cannot be sent here.")
    elsewhere = _("Turn to somebody above them, or outside: your manager, a union, a professional body.")
    if kind == ComplaintKind.DATA:
        elsewhere = _("You can turn to your data protection authority at any time; the privacy notice says where.")
    if contact:
        elsewhere = _("Write to %(address)s.") % {"address": contact} + " " + elsewhere
    return f"{said} {elsewhere}"
