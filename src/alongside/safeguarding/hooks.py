"""The way to concerns for those who handle them, and what waits for them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import clock, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.relationships import queries as pairs
from alongside.safeguarding import queries, rules
from alongside.safeguarding.policy import GUARDIANS
from alongside.safeguarding.terms import FEWEST_FOR_A_SHARE, FEWEST_SHOWN


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """The list of concerns; no query."""
    if actor.has(*GUARDIANS):
        yield hooks.NavigationItem(70, _("Concerns"), reverse("safeguarding:cases"))


@hooks.assurance.register
def assurance(organisation: Organisation) -> Iterable[hooks.Assured]:
    """How many concerns there were in a year of whole months and how soon they were answered, where nobody is shown.

    Of this month nothing is counted, so that nobody can watch the number and learn of a concern.
    """
    about = _("Concerns")
    first, last = rules.year_before(clock.today(organisation.timezone))
    raised, in_time = queries.answered_between(organisation, first, last)
    if raised < FEWEST_SHOWN:
        words = _("Fewer than %(count)d, so no number is shown") % {"count": FEWEST_SHOWN}
        yield hooks.Assured(40, about, _("Raised in the twelve months before this one"), said=words)
        return
    words = _("%(count)d or a few more") % {"count": rules.in_fives(raised)}
    yield hooks.Assured(40, about, _("Raised in the twelve months before this one"), said=words)
    if raised < FEWEST_FOR_A_SHARE:
        return
    share = _("about %(share)d in 100") % {"share": rules.in_fives(100 * in_time // raised)}
    yield hooks.Assured(41, about, _("Acknowledged within 24 hours"), said=share)


@hooks.next_steps.leading_to("concerns")
def unread(actor: Actor) -> Iterable[hooks.NextStep]:
    """Concerns that nobody has acknowledged, before all else."""
    if not actor.has(*GUARDIANS):
        return
    now = clock.now()
    for case in queries.waiting(actor):
        link = reverse("safeguarding:case", args=[case.ref])
        why = _("Whoever raised it is to hear from you within 24 hours.")
        late = case.due_at <= now
        yield hooks.NextStep(1, _("Read a concern that somebody has raised"), link, _("Read it"), why, overdue=late)


def _seen_to(actor: Actor) -> tuple[bool, bool]:
    return hooks.once(("safeguarding.seen_to", actor.ref), lambda: queries.seen_to(actor))


@hooks.next_steps.leading_to("worried")
def what_stays_between(actor: Actor) -> Iterable[hooks.NextStep]:
    """For whoever is in a pair that goes on: reading what stays between the two, and what cannot."""
    if not any(pair.relationship.accepted_at for pair in pairs.open_pairs(actor)) or _seen_to(actor)[0]:
        return
    why = _("Two minutes, best before you meet.")
    words, link = _("Read what stays between the two of you, and what cannot"), reverse("safeguarding:limits")
    yield hooks.NextStep(31, words, link, _("Read it"), why)


@hooks.next_steps.leading_to("worried")
def whom_to_call(actor: Actor) -> Iterable[hooks.NextStep]:
    """For administrators: nobody is named to call yet."""
    if not actor.has(OrganisationRoleName.ADMINISTRATOR):
        return
    if _seen_to(actor)[1]:
        return
    why = _("It stands where people look who are worried about somebody’s safety.")
    words, link = _("Say whom people can call in danger or need"), reverse("safeguarding:signposts")
    yield hooks.NextStep(59, words, link, _("Name them"), why)
