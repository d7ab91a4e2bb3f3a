"""Who may handle a concern, which steps are open in a case, and until when it has to be acknowledged: plain values."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.safeguarding.terms import ANSWER_WITHIN, CaseState, Closing, Decision

Sentence = str | Promise
_AFTER_DECIDING = (CaseState.REFERRED, CaseState.MONITORING, CaseState.CLOSED)
MOVES: dict[str, tuple[CaseState, ...]] = {
    CaseState.RAISED: (),  # acknowledging is an answer to whoever raised it, and an action of its own
    CaseState.ACKNOWLEDGED: (CaseState.TRIAGED,),
    CaseState.TRIAGED: (CaseState.TRIAGED, *_AFTER_DECIDING),
    CaseState.REFERRED: (CaseState.TRIAGED, *_AFTER_DECIDING),
    CaseState.MONITORING: (CaseState.TRIAGED, CaseState.REFERRED, CaseState.CLOSED),
    CaseState.CLOSED: (CaseState.MONITORING,),
}


class Step(NamedTuple):
    """One way on in a case; `code` is a decision, or why it is closed."""

    to: str
    code: str = ""

    @property
    def key(self) -> str:
        """The same in one word, for a form."""
        return f"{self.to}:{self.code}" if self.code else self.to


def steps(state: str) -> list[Step]:
    """The ways on from a state."""
    codes: dict[str, Iterable[str]] = {CaseState.TRIAGED: Decision.values, CaseState.CLOSED: Closing.values}
    return [Step(to, code) for to in MOVES[state] for code in codes.get(to, [""])]


def due(raised_at: datetime) -> datetime:
    """By when a concern has to be acknowledged."""
    return raised_at + ANSWER_WITHIN


def why_not_close(holds: int) -> Sentence | None:
    """Why a case cannot be closed yet."""
    if holds:
        return _("First let the meetings go on that are on hold because of this case: nobody else can end that hold.")
    return None


def kept_away(guardians: Collection[int], concerned: Collection[int], near: Collection[int]) -> set[int]:
    """Which of those who handle concerns are kept away from one: whom it is about, and whoever is too near.

    Nearness gives way where nobody would be left to read it.
    """
    free = set(guardians) - set(concerned)
    return free & set(near) if free - set(near) else set()


def why_not_raise(guardians: Collection[int], concerned: Collection[int]) -> Sentence | None:
    """Why nobody here could read a concern, and what to do then."""
    if not guardians:
        return _("Nobody is named to handle concerns here yet. Turn to one of those named on this page.")
    if not set(guardians) - set(concerned):
        return _(
            "Everybody who handles concerns here is among the people whom you name, so nobody could read this. "
            "Turn to somebody outside: whom, stands on this page. Nothing was sent."
        )
    return None


def year_before(today: date) -> tuple[date, date]:
    """The twelve whole months before the one of `today`: the first day, and the day after the last."""
    end = today.replace(day=1)
    return end.replace(year=end.year - 1), end


def in_fives(count: int) -> int:
    """A number brought down to the next multiple of five, so that one more does not show."""
    return count - count % 5
