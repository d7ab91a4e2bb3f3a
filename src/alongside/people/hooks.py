"""Where people are listed, what a coordinator does first, and profiles for whoever is added elsewhere."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access, events, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, OrganisationRole
from alongside.people.actions.people import ensure_profiles, index
from alongside.people.queries import leavers
from alongside.people.terms import ImportState


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """People, for whoever may list them."""
    if access.may(actor, "people.manage"):
        yield hooks.NavigationItem(30, _("People"), reverse("people:people"))


@hooks.next_steps.leading_to("people")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Bringing people in, and a roster that waits for its coordinator."""
    if not access.may(actor, "people.manage"):
        return
    roster = leavers.waiting_rosters(actor).first()
    if roster and roster.state == ImportState.DONE:
        words = _("Decide about those who are not in “%(name)s”") % {"name": roster.file_name}
        why = _("The file holds everybody, and they are still here. Nobody leaves by itself.")
        yield hooks.NextStep(47, words, reverse("people:leavers", args=[roster.ref]), _("Look who they are"), why)
    elif roster:
        words = _("Go on with the roster “%(name)s”") % {"name": roster.file_name}
        yield hooks.NextStep(45, words, reverse("people:roster", args=[roster.ref]), _("Go on"))
    elif not _anybody_without_office(actor):
        why = _("A spreadsheet from HR is enough. You see what would happen before anything does.")
        yield hooks.NextStep(55, _("Bring your people in"), reverse("people:upload"), _("Choose a file"), why)


def _anybody_without_office(actor: Actor) -> bool:
    """Is anybody listed besides those who were named at set-up, for an office? They alone are not the people yet."""
    held = OrganisationRole.objects.filter(membership=OuterRef("pk"), until__isnull=True)
    others = Membership.objects.filter(organisation=actor.organisation).exclude(pk=actor.membership.pk)
    return others.exclude(Exists(held)).exists()


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
