"""The wording of events of goals, and who is told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Place, declare_letter, notify
from alongside.goals.models import Goal
from alongside.relationships.queries import pair_of

declare_event("goal.added", _("A goal was written"))
declare_event("goal.changed", _("A goal was changed"))
declare_event("goal.shared", _("A goal was shared with the mentor"))
declare_event("goal.unshared", _("A goal was made private again"))
declare_event("goal.marked", _("A goal was marked"))
declare_event("goal.reached", _("A goal was reached"))
declare_event("goal.let_go", _("A goal was let go"))
declare_event("goal.reopened", _("A goal was taken up again"))


def _goal(happened: Event) -> Goal:
    return Goal.objects.select_related("relationship", "owner").get(ref=happened.about_ref)


def _mentor(happened: Event) -> list[Membership]:
    return [pair_of(_goal(happened).relationship).mentor]


def _names(happened: Event, receiver: Membership) -> dict[str, str]:
    return {"name": _goal(happened).owner.name}


def _page(happened: Event, receiver: Membership) -> str:
    goal = _goal(happened)
    return reverse("goals:goal", args=[goal.relationship.ref, goal.ref])


declare_letter(
    "goal.shared",
    when=_("When a mentee shares a goal"),
    whom=_("Their mentor"),
    subject=_("{name} has shared a goal with you"),
    lines=[_("What it says stands on your page together, and nowhere else.")],
    button=_("Read the goal"),
    places=[Place("name", _("the mentee, by name"), "Ben Thomas")],
)
notify("goal.shared", to=_mentor, letter="goal.shared", places=_names, page=_page)
