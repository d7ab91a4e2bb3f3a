"""What is asked of whom, what of it is missing, and when a code can be stated or accepted."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.programmes.terms import Part
from alongside.readiness.terms import DECLARED_DAYS, MENTORS_AT_FIRST, SOON_DAYS, Asked, Progress

Sentence = str | Promise


class Choice(NamedTuple):
    """One answer to a question of an organisation's own, and what is said about it."""

    key: str
    words: str
    feedback: str
    right: bool


class Question(NamedTuple):
    """A question at the end of an organisation's own part, as guidance's questions are: one answer is right."""

    key: str
    words: str
    choices: tuple[Choice, ...]

    def said(self) -> dict[str, Any]:
        """As it is kept."""
        return {"key": self.key, "words": self.words, "choices": [choice._asdict() for choice in self.choices]}


def question(said: Mapping[str, Any]) -> Question:
    """A question as it was kept."""
    return Question(said["key"], said["words"], tuple(Choice(**choice) for choice in said["choices"]))


def instant(day: date, at: Any, zone: str) -> datetime | None:
    """A time on the wall clock of `zone`; the first, where it comes twice; None where it does not exist."""
    wall = datetime.combine(day, at, ZoneInfo(zone))
    real = wall.astimezone(ZoneInfo("UTC"))
    return real if real.astimezone(wall.tzinfo).replace(tzinfo=None) == wall.replace(tzinfo=None) else None


def why_not_come(is_past: bool, is_cancelled: bool, seats: int | None, taken: int) -> Sentence | None:
    """Why nobody more can come to a training day."""
    if is_cancelled:
        return _("This day was cancelled. Choose another.")
    if is_past:
        return _("This day has begun already. Choose another.")
    if seats is not None and taken >= seats:
        return _("Every seat of this day is taken. Choose another, or ask whoever puts the training together.")
    return None


def asked_of(part: str, mentors: Iterable[str] | None, mentees: Iterable[str] | None) -> tuple[Asked, ...]:
    """What a programme asks of whoever plays `part`, in the order of `Asked`; None: nobody has said so yet."""
    if part == Part.MENTOR:
        said = MENTORS_AT_FIRST if mentors is None else mentors
    else:
        said = (mentees or ()) if part == Part.MENTEE else ()
    return tuple(asked for asked in Asked if asked in set(said))


def lacking(asked: Iterable[Asked], met: Mapping[str, bool]) -> list[Asked]:
    """What of `asked` is not there yet. What `met` does not name is missing."""
    return [one for one in asked if not met.get(one, False)]


def waiting_for_others(lacking: Iterable[Asked], is_undecided: bool) -> list[Asked]:
    """What of `lacking` is not theirs to do: vetting is arranged for them, and what they declared is to be decided."""
    others = {Asked.VETTING, *([Asked.CONFLICTS] if is_undecided else [])}
    return [one for one in lacking if one in others]


def why_not_state(seen: int, in_force: int) -> Sentence | None:
    """Why the next version of a code cannot be stated by whoever had version `seen` before them."""
    if seen == in_force:
        return None
    return _("Somebody stated version %(number)s a moment ago. Look at it before you write the next one.") % {
        "number": in_force
    }


def progress(done: bool, until: date | None, today: date) -> Progress:
    """How somebody stands who has `done` the present version of a part of the training, which holds `until` a day."""
    if not done:
        return Progress.LEFT
    if until is None or until > today + timedelta(days=SOON_DAYS):
        return Progress.DONE
    return Progress.SOON if until >= today else Progress.AGAIN


def months_on(day: date, months: int | None) -> date | None:
    """The same day some months later, the month's last where it has no such day; None where nothing expires."""
    if months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def why_not_complete(retired: bool, seen: int, revision: int) -> Sentence | None:
    """Why a part of the training that somebody had before them, as it was at `seen`, cannot be done now."""
    if retired:
        return _("This part was taken out of the training while you were in it. It is no longer asked of you.")
    if seen != revision:
        return _("This part was changed while you were in it. Look at what it says now; your answers are still there.")
    return None


def statement_from(today: date) -> date:
    """The first day on which a statement about conflicts must have been made to hold today."""
    return today - timedelta(days=DECLARED_DAYS)


def why_not_decide(decided: bool, is_near: bool) -> Sentence | None:
    """Why a declared conflict cannot be decided."""
    if is_near:
        return _("Nobody decides about a conflict of their own, or of whom they manage. Ask another coordinator.")
    return _("Somebody has decided about this already. Look at what they wrote.") if decided else None


def wrong(right: Mapping[str, str], given: Mapping[str, str]) -> list[str]:
    """The keys of questions that were not answered rightly, in their order."""
    return [key for key, answer in right.items() if given.get(key) != answer]


def same_code(before: Sequence[str] | None, after: Sequence[str]) -> bool:
    """Do two versions of a code say the same: name, edition, link and text?"""
    return before is not None and [one.strip() for one in before] == [one.strip() for one in after]
