"""The wording of events of reviews, and who is told."""

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import notify
from alongside.relationships.queries import pair_of
from alongside.reviews.models import ReviewAnswer

declare_event("review.saved", _("A review was kept as a draft"))
declare_event("review.sent", _("A review was sent"))
declare_event("review.completed", _("Both reviews were in"))


def _answer(happened: Event) -> ReviewAnswer:
    return ReviewAnswer.objects.select_related("review__relationship", "author").get(ref=happened.about_ref)


def _other(happened: Event) -> list[Membership]:
    answer = _answer(happened)
    pair = pair_of(answer.review.relationship)
    return [person for person in (pair.mentee, pair.mentor) if person.pk != answer.author_id]


def _subject(happened: Event, receiver: Membership) -> str:
    return _t("%(name)s has sent the closing review") % {"name": _answer(happened).author.name}


def _lines(happened: Event, receiver: Membership) -> list[str]:
    return [
        _t("Yours is next: a few questions, about ten minutes."),
        _t("Once both are in, you see what the other shares, and your time together is completed."),
    ]


def _page(happened: Event, receiver: Membership) -> tuple[str, str]:
    ref = _answer(happened).review.relationship.ref
    return _t("Write your closing review"), reverse("reviews:closing", args=[ref])


notify("review.sent", to=_other, subject=_subject, lines=_lines, action=_page)
