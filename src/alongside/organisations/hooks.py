"""Where administrators are led, and what home says of the roles that somebody has."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import access, clock, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import ROLE_DUTIES, OrganisationRoleName
from alongside.organisations import queries


@hooks.next_steps.leading_to("organisation")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Naming the safeguarding lead, and mails that did not go out, for administrators."""
    if not access.may(actor, "organisations.settings"):
        return
    has_lead, failed = queries.to_see_to(actor.organisation, clock.now() - timedelta(days=7))
    if not has_lead:
        why = _("Whoever is worried about somebody’s safety turns to them.")
        link = reverse("organisations:roles") + "#give"
        yield hooks.NextStep(58, _("Name a safeguarding lead"), link, _("Name somebody"), why)
    if failed:
        words = ngettext(
            "See to %(count)s mail that was not sent", "See to %(count)s mails that were not sent", failed
        ) % {"count": failed}
        why = _("In the last seven days. You see to whom, why, and what helps; never what they say.")
        link = reverse("organisations:mails") + "?state=failed"
        yield hooks.NextStep(59, words, link, _("See what helps"), why)


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
