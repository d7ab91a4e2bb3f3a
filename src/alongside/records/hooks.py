"""Whoever was erased stays erased when a backup is restored; the way to complaints, and what waits in them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import hooks, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.records import actions
from alongside.records.models import Complaint
from alongside.records.policy import OFFICER, PANEL
from alongside.records.queries import complaints as queries
from alongside.records.terms import ComplaintState


@vault.restoring
def erase_again() -> None:
    """Erase once more everybody whose key stands among the destroyed ones."""
    actions.erase_again(vault.destroyed("membership:"))


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """The list of complaints, for the panel and the privacy officers; no query."""
    if actor.has(PANEL, OFFICER):
        yield hooks.NavigationItem(72, _("Complaints"), reverse("records:complaints_handled"))


@hooks.assurance.register
def assurance(organisation: Organisation) -> Iterable[hooks.Assured]:
    """Whether somebody is named to answer complaints; how many there were is nobody's to watch."""
    count = queries.panel_of(organisation).count()
    said = "" if count else _("Nobody is named yet")
    yield hooks.Assured(50, _("Complaints and questions of ethics"), _("People on the panel"), said=said, count=count)


@hooks.next_steps.leading_to("complaints")
def unread(actor: Actor) -> Iterable[hooks.NextStep]:
    """For those who handle it what nobody has acknowledged, for its writer what was written to them: one query."""
    for held in queries.to_read(actor):
        if held.writer_id == actor.membership.pk:
            yield _news(held)
            continue
        link = reverse("records:complaint", args=[held.ref])
        words = _("Read what somebody has written to you, and acknowledge it")
        why = _("They wait to hear that it has come.")
        yield hooks.NextStep(5, words, link, _("Read it"), why, due=held.due_on, overdue=queries.is_late(held))


def _news(held: Complaint) -> hooks.NextStep:
    words = _("Read what was written to you about what you have sent")
    if held.state == ComplaintState.ANSWERED:
        words = _("Read the answer to what you have sent")
    return hooks.NextStep(6, words, reverse("records:own_complaint", args=[held.ref]), _("Read it"))
