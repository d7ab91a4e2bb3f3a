"""What reviews ask of a pair's path, offer to do next, and show on the pair's page and in the funnel."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.guidance.terms import Evidence, Fact, Stage
from alongside.relationships import queries as relationships
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.reviews import queries
from alongside.reviews.models import Review


@hooks.gates.register
def gate(relationship: Relationship, to: str) -> Iterable[hooks.Need]:
    """An end in good order needs both closing reviews."""
    if to == Stage.AFTER:
        pair, sent = relationships.pair_of(relationship), queries.senders([relationship.pk])
        link = reverse("reviews:closing", args=[relationship.ref])
        for person in (pair.mentee, pair.mentor):
            words = _("The closing review of %(name)s") % {"name": person.name}
            yield hooks.Need(words, (relationship.pk, person.pk) in sent, link, Evidence.CLOSING_REVIEWS)


@hooks.next_steps.leading_to("pair")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """The closing review, while a pair is coming to its end."""
    closing = [pair for pair in relationships.open_pairs(actor) if pair.relationship.stage == Stage.CLOSE]
    sent = queries.senders(pair.relationship.pk for pair in closing) if closing else set()
    for pair in closing:
        name = {"name": pair.partner.short_name if pair.partner else ""}
        link = reverse("reviews:closing", args=[pair.ref])
        if (pair.relationship.pk, actor.membership.pk) in sent:
            words = _("%(name)s looks back on your time together") % name
            yield hooks.NextStep(15, words, link, _("Open"), _("Yours is sent."), yours=False)
        else:
            words = _("Look back on your time with %(name)s") % name
            why = _("A few questions, each on your own. About ten minutes.")
            yield hooks.NextStep(15, words, link, _("Write your closing review"), why)


def _panel(actor: Actor, pair: Pair) -> dict[str, Any] | None:
    if pair.relationship.accepted_at is None:
        return None
    if not pair.standing.part:
        sent = queries.senders([pair.relationship.pk])
        if pair.relationship.carried and not pair.relationship.is_open and not sent:
            return None  # they completed before Alongside: nobody was asked
        return {"sent": len(sent), "in_close": pair.relationship.stage in (Stage.CLOSE, Stage.AFTER), "outside": True}
    in_close = pair.relationship.stage == Stage.CLOSE and pair.relationship.is_open
    return {"closing": queries.closing(actor, pair), "in_close": in_close, "ended": not pair.relationship.is_open}


hooks.panels.register(hooks.Panel("pair", 50, "reviews/_pair_panel.html", _panel))


hooks.duty_facts.register(hooks.DutyFact(Fact.CLOSING, queries.sent_by))


def _of_reviews(reviews: Sequence[Review]) -> Iterable[int]:
    return [review.relationship.programme_id for review in reviews]


hooks.funnel_steps.register(
    hooks.FunnelStep("reviewed", 70, _("reviewed"), queries.reviewed, {"review.completed": _of_reviews})
)
