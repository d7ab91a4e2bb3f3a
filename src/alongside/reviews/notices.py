"""The wording of events of reviews, and who is told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Place, declare_letter, notify
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


def _names(happened: Event, receiver: Membership) -> dict[str, str]:
    return {"name": _answer(happened).author.name}


def _page(happened: Event, receiver: Membership) -> str:
    return reverse("reviews:closing", args=[_answer(happened).review.relationship.ref])


declare_letter(
    "review.sent",
    when=_("When one of a pair has sent the closing review"),
    whom=_("The other of the two"),
    subject=_("{name} has sent the closing review"),
    lines=[
        _("Yours is next: a few questions, about ten minutes."),
        _("Once both are in, you see what the other shares, and your time together is completed."),
    ],
    button=_("Write your closing review"),
    places=[Place("name", _("the other of the two, by name"), "Amara Okafor")],
)
notify("review.sent", to=_other, letter="review.sent", places=_names, page=_page)
