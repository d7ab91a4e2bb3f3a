"""Where coordinators are led, what they could do next, and the first steps of the funnel."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access, events, hooks
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.programmes import actions, queries
from alongside.programmes.models import Participation
from alongside.programmes.terms import ProgrammeState


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """Programmes, for whoever may start one or coordinates one."""
    if access.may(actor, "programmes.create"):
        yield hooks.NavigationItem(40, _("Programmes"), reverse("programmes:programmes"))


@hooks.next_steps.register
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Starting a programme, filling it and launching it."""
    if not access.may(actor, "programmes.create"):
        return
    found = list(queries.with_counts(queries.coordinated_by(actor)))
    if not found:
        words, why = _("Start your first programme"), _("What it is for, when it runs, and who takes part.")
        yield hooks.NextStep(60, words, reverse("programmes:create"), _("Start it"), why)
    for programme in found:
        if programme.state != ProgrammeState.DRAFT:
            continue
        name = {"name": programme.name}
        if programme.mentors and programme.mentees:
            link = reverse("programmes:launch", args=[programme.slug])
            why = _("Nobody is told anything before.")
            yield hooks.NextStep(50, _("Launch “%(name)s”") % name, link, _("Look and launch"), why)
        else:
            link = reverse("programmes:add_people", args=[programme.slug])
            yield hooks.NextStep(50, _("Add people to “%(name)s”") % name, link, _("Add people"))


def _home_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    found = list(queries.with_counts(queries.coordinated_by(actor))[:20])
    return {"programmes": found} if found else None


hooks.panels.register(hooks.Panel("home", 40, "programmes/_home_panel.html", _home_panel))
hooks.funnel_steps.register(hooks.FunnelStep("taking-part", 10, _("taking part"), queries.takers))
hooks.funnel_steps.register(hooks.FunnelStep("invited", 20, _("invited"), queries.invited))
hooks.funnel_steps.register(hooks.FunnelStep("joined", 30, _("joined"), queries.joined))


@events.on("membership.left")
def end_their_parts(happened: events.Event) -> None:
    """Whoever leaves the organisation takes part in nothing any more; a last coordinator stays named."""
    for held in Participation.objects.filter(membership__ref=happened.about_ref, until__isnull=True):
        if held.part != "coordinator":
            actions.end_participation(held, by=SYSTEM)
