"""What pairs ask for, offer to do next, and show on other pages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import events, hooks
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.guidance.terms import Stage
from alongside.programmes.models import Participation, Programme
from alongside.programmes.policy import Standing as ProgrammeStanding
from alongside.relationships import actions, queries
from alongside.relationships.models import Party, Relationship
from alongside.relationships.terms import Answer, Ending, State


@hooks.gates.register
def gate(relationship: Relationship, to: str) -> Iterable[hooks.Need]:
    """Getting to know each other needs a yes from both."""
    if to == Stage.CONNECT:
        parties = Party.objects.filter(relationship=relationship).select_related("participation__membership")
        for party in parties.order_by("part"):
            words = _("%(name)s has said yes") % {"name": party.participation.membership.name}
            yield hooks.Need(words, party.answer == Answer.ACCEPTED)


@hooks.next_steps.register
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Answering proposed pairs."""
    for pair in queries.pairs(actor, queries.own(actor).filter(state=State.PROPOSED)):
        if pair.my_party is None or pair.partner is None:
            continue
        link = reverse("relationships:pair", args=[pair.ref])
        name = {"name": pair.partner.name, "programme": pair.programme.name}
        if pair.my_party.answer == Answer.WAITING:
            words = _("Say whether %(name)s is right for you") % name
            yield hooks.NextStep(10, words, link, _("See who it is"), _("For %(programme)s.") % name)
        else:
            words = _("%(name)s says whether you two fit") % name
            yield hooks.NextStep(10, words, link, _("Open"), yours=False)


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """Each of one's own pairs while there are few; a list when there are more."""
    open_pairs = queries.open_pairs(actor)
    if len(open_pairs) > 2:
        yield hooks.NavigationItem(20, _("Your pairs"), reverse("relationships:own"))
        return
    for pair in open_pairs:
        if pair.partner:
            words = _("You and %(name)s") % {"name": pair.partner.short_name}
            yield hooks.NavigationItem(20, words, reverse("relationships:pair", args=[pair.ref]))


def _home_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    own = queries.pairs(actor, queries.own(actor).order_by("-ended_at", "proposed_at"))
    if not own:
        return None
    return {"pairs": own, "ended": [pair for pair in own if not pair.relationship.is_open][:5]}


def _programme_panel(actor: Actor, subject: tuple[Programme, ProgrammeStanding]) -> dict[str, Any] | None:
    programme, standing = subject
    if not standing.coordinates:
        return None
    pairs = queries.coordinated(actor, programme)
    return {
        "programme": programme,
        "pairs": queries.pairs(actor, pairs.order_by("-proposed_at", "-id")[:6]),
        "count": pairs.count(),
        "running": programme.state == "running",
    }


hooks.panels.register(hooks.Panel("home", 10, "relationships/_home_panel.html", _home_panel))
hooks.panels.register(hooks.Panel("programme", 20, "relationships/_programme_panel.html", _programme_panel))


def _matched(programme: Programme) -> QuerySet[Participation]:
    return queries.paired_participations(programme, (State.ACCEPTED, State.ACTIVE, State.ENDED))


def _completed(programme: Programme) -> QuerySet[Participation]:
    return queries.paired_participations(programme, (State.ENDED,), ending=Ending.COMPLETED)


hooks.funnel_steps.register(hooks.FunnelStep("matched", 40, _("matched"), _matched))
hooks.funnel_steps.register(hooks.FunnelStep("completed", 90, _("completed"), _completed))


@events.on("participation.ended")
def end_their_pairs(happened: events.Event) -> None:
    """Whoever no longer takes part is in no pair of the programme either."""
    for party in Party.objects.filter(participation__ref=happened.about_ref, until__isnull=True):
        actions.withdraw_whole(party.relationship, by=SYSTEM)
