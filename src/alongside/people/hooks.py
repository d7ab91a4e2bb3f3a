"""Where people are listed, what a coordinator does first, and profiles for whoever is added elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import access, events, hooks, reads
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people.actions.finding import index
from alongside.people.actions.people import ensure_profiles
from alongside.people.queries import desk, leavers, needs, ties
from alongside.people.terms import ImportState, SkillState


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """People, for whoever may list them."""
    if access.may(actor, "people.manage"):
        yield hooks.NavigationItem(30, _("People"), reverse("people:people"))


@hooks.ways_in.register
def ways_in() -> Iterable[hooks.NavigationItem]:
    """The way in for people without e-mail."""
    yield hooks.NavigationItem(20, _("Use my employee number"), reverse("people:by_number"))


@hooks.next_steps.leading_to("people")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Bringing people in, a roster that waits for its coordinator, and words for skills that nobody has looked at."""
    if not access.may(actor, "people.manage"):
        return
    found = desk.to_see_to(actor)
    roster = leavers.waiting_rosters(actor).get(pk=found.roster) if found.roster else None
    if roster and roster.state == ImportState.DONE:
        words = _("Decide about those who are not in “%(name)s”") % {"name": roster.file_name}
        why = _("The file holds everybody, and they are still here. Nobody leaves by itself.")
        yield hooks.NextStep(47, words, reverse("people:leavers", args=[roster.ref]), _("Look who they are"), why)
    elif roster:
        words = _("Go on with the roster “%(name)s”") % {"name": roster.file_name}
        yield hooks.NextStep(45, words, reverse("people:roster", args=[roster.ref]), _("Go on"))
    if roster is None and not found.anybody:
        why = _("A spreadsheet from HR is enough. You see what would happen before anything does.")
        yield hooks.NextStep(55, _("Bring your people in"), reverse("people:upload"), _("Choose a file"), why)
    if proposed := found.proposed:
        words = ngettext(
            "Look through one new word for a skill", "Look through %(count)s new words for skills", proposed
        )
        link = reverse("people:skills") + f"?state={SkillState.PROPOSED}"
        why = _("People have written them. They count already; accepted ones are suggested to everybody.")
        yield hooks.NextStep(65, words % {"count": proposed}, link, _("Look through them"), why)


def _needs_panel(actor: Actor, membership: Membership) -> dict[str, Any] | None:
    """What somebody lets the actor read of their preferences and needs. A coordinator's reading is noted."""
    if membership.pk == actor.membership.pk:
        return None
    said = needs.read(actor, membership)
    if said and not ties.of(actor, ties.Tie.MATCHED).filter(pk=membership.pk).exists():
        for one in said:
            reads.note(actor, subject=membership, record=one.part)
    return {"said": said, "member": membership} if said else None


hooks.panels.register(hooks.Panel("person", 20, "people/_needs_panel.html", _needs_panel))


@events.on("membership.added")
def give_profile(happened: events.Event) -> None:
    """Whoever is added has a profile and can be found."""
    _give_profiles(list(Membership.objects.filter(ref=happened.about_ref)))


@events.on("organisation.set_up")
def give_first_profile(happened: events.Event) -> None:
    """So has the first administrator."""
    _give_profiles(list(Membership.objects.filter(organisation__ref=happened.about_ref)))


def _give_profiles(members: list[Membership]) -> None:
    ensure_profiles(members)
    for member in members:
        index(member)
