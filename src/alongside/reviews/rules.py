"""When a closing review can be answered, what an answer must hold, and until when records are kept."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.guidance.terms import Stage
from alongside.reviews.terms import BOTH, DRAFT, EMPTY, SCALE, SENT, Contact, Outlook

Sentence = str | Promise


class Question(NamedTuple):
    """One question, as far as rules ask: on a scale or in words, needed or not."""

    key: str
    is_scale: bool
    optional: bool


def why_not_answer(stage: str, is_open: bool, sent_by_both: bool) -> Sentence | None:
    """Why the closing review cannot be written now."""
    if sent_by_both:
        return _("You have both sent your closing review. It stays as it is.")
    if not is_open:
        return _("Your time together has ended, so nothing more can be written. You can still read everything.")
    if stage != Stage.CLOSE:
        return _("The closing review opens when one of you chooses to bring your time together to a close.")
    return None


def why_not_draft(sent: bool) -> Sentence | None:
    """Why an answer cannot be kept as a draft."""
    return _("You have sent your review. Send it again to change it.") if sent else None


def faults(questions: Sequence[Question], ratings: Mapping[str, int], words: Mapping[str, str]) -> list[str]:
    """The keys of questions whose answer is missing or off the scale, in their order."""
    wrong = []
    for question in questions:
        rating = ratings.get(question.key)
        if question.is_scale:
            fits = rating in SCALE or (rating is None and question.optional)
        else:
            fits = question.optional or bool(words.get(question.key, "").strip())
        if not fits:
            wrong.append(question.key)
    return wrong


def known(
    questions: Sequence[Question], ratings: Mapping[str, int | None], words: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    """What of an answer belongs to these questions, without what is empty or off the scale."""
    asked = {question.key: question.is_scale for question in questions}
    kept = {key: value for key, value in ratings.items() if asked.get(key) and value in SCALE and value is not None}
    said = {key: text.strip() for key, text in words.items() if asked.get(key) is False and text.strip()}
    return kept, said


def progress(saved: bool, sent: bool, sent_by_both: bool) -> str:
    """How far somebody has come with their review."""
    if sent_by_both:
        return BOTH
    return SENT if sent else DRAFT if saved else EMPTY


def outlook(mine: str, theirs: str) -> Outlook | None:
    """What two plans come to; None while one of them is missing."""
    if not (mine and theirs):
        return None
    return Outlook.STAY if mine == theirs == Contact.STAY else Outlook.NONE


def months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
