"""What goals ask of a pair's path, offer to do next, and show on the pair's page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.goals import queries
from alongside.goals.terms import GoalState
from alongside.guidance.terms import Evidence, Fact, Stage
from alongside.relationships import queries as relationships
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import CARRIED_OVER, PairPart, State


@hooks.gates.register
def gate(relationship: Relationship, to: str) -> Iterable[hooks.Need]:
    """Progress needs a goal to work towards."""
    carried = relationship.carried if to == Stage.PROGRESS else None
    if carried and carried.goals_count:
        count = carried.goals_count
        words = ngettext("One goal from before Alongside", "%(count)s goals from before Alongside", count)
        yield hooks.Need(words % {"count": count}, met=True, code=CARRIED_OVER)
    elif to == Stage.PROGRESS:
        link = reverse("goals:goals", args=[relationship.ref])
        words = _("One goal or more, with a starting point")
        yield hooks.Need(words, queries.has_starting_point(relationship), link, Evidence.GOAL_SET)


@hooks.next_steps.leading_to("pair")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """The mentee's first goal, once the two have agreed how to work."""
    for pair in relationships.open_pairs(actor):
        if (pair.relationship.state, pair.relationship.stage) != (State.ACTIVE, Stage.DIRECT):
            continue
        name = {"name": pair.partner.short_name if pair.partner else ""}
        if pair.standing.part == PairPart.MENTEE:
            link = reverse("goals:new", args=[pair.ref])
            words = _("Write your first goal with %(name)s") % name
            yield hooks.NextStep(40, words, link, _("Write a goal"), _("In your own words. About five minutes."))
        else:
            link = reverse("goals:goals", args=[pair.ref])
            yield hooks.NextStep(40, _("%(name)s is choosing a goal") % name, link, _("Open"), yours=False)


def _panel(actor: Actor, pair: Pair) -> dict[str, Any] | None:
    relationship = pair.relationship
    if relationship.accepted_at is None:
        return None
    if not pair.standing.part:
        held = queries.counts(relationship)
        return {"counts": [(GoalState(state).label, count) for state, count in held.items() if count]}
    mine = pair.standing.part == PairPart.MENTEE
    goals = queries.of_pair(actor, pair)
    if relationship.carried and not relationship.is_open and not goals:
        return None  # they ended before Alongside: nobody could write one here
    return {"goals": goals, "mine": mine, "open": relationship.is_open} | queries.as_table(goals)


hooks.panels.register(hooks.Panel("pair", 30, "goals/_pair_panel.html", _panel))
hooks.duty_facts.register(hooks.DutyFact(Fact.GOAL, queries.have_goals))
