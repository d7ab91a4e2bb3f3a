"""What records hold of people: that a hold stands, that somebody was erased, what they complained of."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.records.actions.handling import forget_words
from alongside.records.actions.holding import forget_reasons
from alongside.records.models import (
    AnswerDraft,
    Complaint,
    ComplaintAbout,
    ComplaintDraft,
    ComplaintMessage,
    Erasure,
    Hold,
    RetentionRun,
)

privacy.declare(
    Hold,
    purpose=_("That somebody’s records may not go, why, and who said so"),
    basis="legal obligation",
    subject="membership",
    keep="complaint",
    since="lifted_at",
    personal=["membership", "kind", "reason", "set_by", "lifted_by"],
    plain=["id", "ref", "set_at", "lifted_at"],
    withheld={"kind": "safeguarding"},
)
privacy.declare(
    Erasure,
    purpose=_("That somebody was erased, when, and how many rows went"),
    basis="legal obligation",
    subject="membership",
    keep="audit",
    since="finished_at",
    stays=_("Shows that the erasure was asked for and done; names nobody"),
    personal=["membership", "by_ref"],
    plain=["id", "whole", "begun_at", "finished_at", "gone", "named"],
)
privacy.declare(
    RetentionRun,
    purpose=_("When retention ran, and how many rows went"),
    basis="legal obligation",
    subject="",
    keep="audit",
    personal=["by_ref"],
    plain=["id", "ref", "begun_at", "finished_at", "gone"],
)
# Each row of a complaint counts from its end and knows everybody whom it is about, so that a hold on any of them keeps
# all of it, and whoever asks for their data has it listed for review.
_STAYS = _("Kept sealed until three years after it was closed, so that it can be shown how it was dealt with")
_ABOUT = "complaint__about__membership"

privacy.declare(
    Complaint,
    purpose=_("A question of what is right, or a complaint, that you sent"),
    basis="legal obligation",
    subject="writer",
    about="about__membership",
    untold=True,
    keep="complaint",
    since="ended_at",
    stays=_STAYS,
    personal=["writer", "coordinator", "outcome", "happened", "wanted"],
    plain=[
        "id",
        "ref",
        "organisation",
        "kind",
        "desk",
        "programme_ref",
        "state",
        "received_at",
        "due_on",
        "acknowledged_at",
        "answered_at",
        "ended_at",
        "unread_told_at",
        "overdue_told_at",
        "has_news",
    ],
)
privacy.declare(
    ComplaintAbout,
    purpose=_("Whom a complaint is about, so that they never come to it"),
    basis="legal obligation",
    subject="complaint__writer",
    about=_ABOUT,
    untold=True,
    keep="complaint",
    since="complaint__ended_at",
    stays=_STAYS,
    personal=["membership", "told_at"],
    plain=["id", "complaint"],
)
privacy.declare(
    ComplaintMessage,
    purpose=_("What you and whoever handled your complaint wrote to each other"),
    basis="legal obligation",
    subject="complaint__writer",
    about=_ABOUT,
    untold=True,
    keep="complaint",
    since="complaint__ended_at",
    stays=_STAYS,
    personal=["by", "words"],
    plain=["id", "ref", "complaint", "kind", "at"],
)
privacy.declare(
    ComplaintDraft,
    purpose=_("A question or a complaint that somebody has begun to write, and not sent"),
    basis="consent",
    subject="author",
    keep="private_note",
    since="kept_at",
    personal=["author", "words"],
    plain=["id", "ref", "kind", "kept_at"],
)
privacy.declare(
    AnswerDraft,
    purpose=_("An answer to a complaint that somebody has begun to write, and not sent"),
    basis="legal obligation",
    subject="author",
    about=_ABOUT,
    untold=True,
    keep="private_note",
    since="kept_at",
    personal=["author", "words"],
    plain=["id", "ref", "complaint", "kept_at"],
)


@privacy.before_removal("records.complaint")
def forget_words_of_old_complaints(complaints: QuerySet[Complaint]) -> None:
    """What was written is unreadable in backups too once its day has come."""
    forget_words(complaints)


@privacy.at_erasure
def forget_reasons_of_holds(person: privacy.Person) -> privacy.Counts:
    """Why a hold was set is unreadable in backups too once the hold goes."""
    return {"vault.key": forget_reasons(Hold.objects.filter(membership=person.membership))}


@privacy.before_removal("records.hold")
def forget_reasons_of_old_holds(holds: QuerySet[Hold]) -> None:
    """The same when their day has come."""
    forget_reasons(holds)
