"""What a programme asks of its people before they begin, and reminding those who lack something."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import MembershipState
from alongside.programmes.models import Programme
from alongside.programmes.terms import ProgrammeState
from alongside.readiness import queries
from alongside.readiness.models import ReadinessRule
from alongside.readiness.terms import OF_MENTORS, Asked

KIND = "readiness.reminded"
MOST_AT_ONCE = 500


class Wanted(NamedTuple):
    """What is to be asked of each part, and whether pairs wait for it."""

    mentors: Collection[str]
    mentees: Collection[str]
    holds_pairs: bool


def set_rule(programme: Programme, wanted: Wanted, *, by: Who) -> ReadinessRule:
    """Say what a programme asks. Raises NotPossible once it is closed."""
    with event("readiness.ruled", by=by, about=programme, holds_pairs=wanted.holds_pairs):
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.state == ProgrammeState.CLOSED:
            raise NotPossible(_("This programme is closed. Nothing is asked of anybody any more."))
        rule, _made = ReadinessRule.objects.update_or_create(
            programme=held,
            defaults={
                "mentors": _in_order(wanted.mentors),
                "mentees": _in_order(set(wanted.mentees) - set(OF_MENTORS)),
                "holds_pairs": wanted.holds_pairs,
                "changed_at": clock.now(),
            },
        )
    return rule


def copy_rule(earlier: Programme, later: Programme, *, by: Who) -> None:
    """The next round of a programme asks what the one before it asked, until somebody says otherwise."""
    rule = ReadinessRule.objects.filter(programme=earlier).first()
    if rule and not ReadinessRule.objects.filter(programme=later).exists():
        set_rule(later, Wanted(rule.mentors, rule.mentees, rule.holds_pairs), by=by)


def _in_order(wanted: Iterable[str]) -> list[str]:
    return [one.value for one in Asked if one in set(wanted)]


def remind(programme: Programme, chosen: Mapping[str, str], *, by: Actor) -> int:
    """Mail whoever of the chosen people has joined and has something to do, each once a day; how many were written.

    Raises NotPossible before the launch, after the end, and where nobody lacks anything.
    """
    if programme.state != ProgrammeState.RUNNING:
        raise NotPossible(_("People are reminded while the programme runs."))
    asking = queries.asking_of(programme)
    waiting = queries.search(programme, asking, {**chosen, "state": "waiting"})
    waiting = waiting.filter(membership__state=MembershipState.ACTIVE).select_related("membership__account")
    lacking = [held for held in waiting[:MOST_AT_ONCE] if queries.standing(held, asking).to_do]
    people = {held.membership_id: held.membership for held in lacking}
    if not people:
        raise NotPossible(_("Nobody of these people has joined and has something left to do."))
    day = clock.today(programme.organisation.timezone)
    with event("readiness.reminded", by=by, about=programme, count=len(people)):
        written = notifications.tell(
            KIND,
            to=people.values(),
            letter=KIND,
            places={"programme": programme.name},
            page=reverse("readiness:own"),
            organisation=programme.organisation,
            within=programme,
            dedupe=f"{KIND}:{programme.ref}:{day.isoformat()}",
        )
    return len(written)


def export_readiness(programme: Programme, *, count: int, by: Who) -> None:
    """Remember that somebody downloads how ready `count` people of a programme are."""
    with event("readiness.exported", by=by, about=programme, count=count):
        pass
