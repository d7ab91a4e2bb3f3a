"""Where administrators are led, and what home says of the roles that somebody has."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import access, clock, events, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import ROLE_DUTIES, MembershipState, OrganisationRoleName
from alongside.organisations import queries
from alongside.organisations.actions import notice as actions
from alongside.organisations.queries.provider import any_provider


@hooks.next_steps.leading_to("organisation")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """The privacy notice; for administrators the safeguarding lead, unsent mail and work that was given up."""
    settings = access.may(actor, "organisations.settings")
    held = queries.to_see_to(actor, clock.now() - timedelta(days=7), settings=settings)
    yield from _notice_steps(actor, held)
    if not held.has_lead:
        why = _("Whoever is worried about somebody’s safety turns to them.")
        link = reverse("organisations:roles") + "#give"
        yield hooks.NextStep(58, _("Name a safeguarding lead"), link, _("Name somebody"), why)
    if held.failed:
        words = ngettext(
            "See to %(count)s mail that was not sent", "See to %(count)s mails that were not sent", held.failed
        ) % {"count": held.failed}
        why = _("In the last seven days. You see to whom, why, and what helps; never what they say.")
        link = reverse("organisations:mails") + "?state=failed"
        yield hooks.NextStep(59, words, link, _("See what helps"), why)
    if held.given_up:
        words = ngettext(
            "See to %(count)s piece of work that was given up",
            "See to %(count)s pieces of work that were given up",
            held.given_up,
        ) % {"count": held.given_up}
        why = _("You see what kind of work it is and why it stopped, and can have it tried again.")
        yield hooks.NextStep(59, words, reverse("organisations:work"), _("Look at it"), why)


def _notice_steps(actor: Actor, held: queries.ToSeeTo) -> Iterable[hooks.NextStep]:
    """Reading a new one; for whoever writes it, looking through it first, and mending what is no longer true."""
    if held.version is None:
        return
    link, writes = reverse("organisations:write_notice"), access.may(actor, "organisations.notice")
    if writes and not held.written:
        why = _("Everybody is shown it before they join. It is written; see whether it is right for you.")
        yield hooks.NextStep(57, _("Look through the privacy notice"), link, _("Look through it"), why)
        return
    if writes and held.contact != actor.organisation.privacy_contact:
        why = _("It names another address for questions and complaints than the organisation’s settings.")
        yield hooks.NextStep(40, _("Bring the privacy notice up to date"), link, _("Look at it"), why)
    if not held.seen:
        words = _("Read the privacy notice") if held.version == 1 else _("Read what is new in the privacy notice")
        why = _("What is held about you, who reads it and how long. It takes about three minutes.")
        yield hooks.NextStep(12, words, reverse("organisations:privacy_notice"), _("Read it"), why)


@events.on("organisation.set_up")
def write_first_notice(happened: events.Event) -> None:
    """A new organisation has a privacy notice from the start, in our words."""
    for organisation in Organisation.objects.filter(ref=happened.about_ref):
        actions.ensure_notice(organisation)


@hooks.ways_in.register
def ways_in() -> Iterable[hooks.NavigationItem]:
    """The way through one's organisation, where any has a sign-in of its own."""
    if any_provider():
        yield hooks.NavigationItem(10, _("Through my organisation"), reverse("organisations:find_provider"))


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


def _second_step_panel(actor: Actor, subject: Membership) -> dict[str, Any] | None:
    """For administrators: the way to help whoever has lost the device for their second step."""
    joined = subject.state == MembershipState.ACTIVE and subject.pk != actor.membership.pk
    return {"person": subject} if joined and access.may(actor, "organisations.settings") else None


hooks.panels.register(hooks.Panel("person", 80, "organisations/_second_step_panel.html", _second_step_panel))
