"""Where administrators are led, and what home says of the roles that somebody has."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import ROLE_DUTIES, OrganisationRoleName
from alongside.organisations import queries


@hooks.next_steps.leading_to("organisation")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Naming the safeguarding lead, for administrators."""
    if not access.may(actor, "organisations.settings"):
        return
    if not queries.has_holder(actor.organisation, OrganisationRoleName.SAFEGUARDING_LEAD):
        why = _("Whoever is worried about somebody’s safety turns to them.")
        link = reverse("organisations:roles") + "#give"
        yield hooks.NextStep(58, _("Name a safeguarding lead"), link, _("Name somebody"), why)


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """The organisation's settings, for administrators."""
    if access.may(actor, "organisations.settings"):
        yield hooks.NavigationItem(80, _("Organisation"), reverse("organisations:settings"))


def _roles_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    """What one is trusted with in the organisation. Of coordinators their programmes say it."""
    held = [
        (role.label, ROLE_DUTIES[role])
        for role in OrganisationRoleName
        if role != OrganisationRoleName.COORDINATOR and actor.has(role)
    ]
    return {"roles": held, "organisation": actor.organisation.name} if held else None


hooks.panels.register(hooks.Panel("home", 90, "organisations/_roles_panel.html", _roles_panel))
