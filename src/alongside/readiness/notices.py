"""The wording of events of readiness, and the mail that reminds people of what is left."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE
from alongside.foundation.notifications import Place, declare_kind, declare_letter, notify
from alongside.people.queries import managers as line_managers
from alongside.programmes.queries import coordinators
from alongside.readiness.actions.asking import KIND
from alongside.readiness.models import Conflict, TrainingAttendance, TrainingDay

declare_event("code.stated", _("A version of the code of ethics came into force"))
declare_event("code.accepted", _("Somebody accepted the code of ethics"))
declare_event("training.adopted", _("The shipped courses became an organisation’s training"))
declare_event("module.added", _("A part was added to the training"))
declare_event("module.changed", _("A part of the training was changed"))
declare_event("module.retired", _("A part was taken out of the training"))
declare_event("training.completed", _("Somebody did a part of the training"))
declare_event("training_day.set", _("A training day was set"))
declare_event("training_day.moved", _("A training day has another time or place"))
declare_event("training_day.changed", _("A training day was changed"))
declare_event("training_day.called_off", _("A training day was called off"))
declare_event("training_day.joined", _("Somebody is expected at a training day"))
declare_event("training_day.left", _("Somebody is not expected at a training day any more"))
declare_event("training_day.recorded", _("Who was at a training day was written down"))
declare_event("conflict.declared", _("A conflict of interest was declared"))
declare_event("conflict.stated", _("Somebody said that every conflict of interest is declared"))
declare_event("conflict.decided", _("A declared conflict of interest was decided"))
declare_event("vetting.recorded", _("What came of somebody’s vetting was recorded"))
declare_event("readiness.ruled", _("What a programme asks before people begin was changed"))
declare_event("readiness.exported", _("The list of how ready people are was downloaded"))
declare_event(KIND, _("People were reminded of what is left before they begin"))
_PROGRAMME = Place("programme", _("the programme’s name"), _("Rising leaders"), needed=True)
declare_kind(KIND, _("Something is left to do before you begin in a programme"))
declare_letter(
    KIND,
    when=_("When a coordinator reminds people of what is left before they begin"),
    whom=_("Whoever has joined and lacks something"),
    subject=_("“{programme}”: something is left to do before you begin"),
    lines=[
        _("Your page shows what it is. Most of it takes a few minutes, and you can stop and come back."),
        _("If something does not fit, or you need it in another way, write to your coordinator."),
    ],
    button=_("See what is left"),
    places=[_PROGRAMME],
)


_PART = Place("part", _("what the part of the training is called"), _("Listening"), needed=True)
declare_letter(
    "training_day.moved",
    when=_("When a training day has another time or place"),
    whom=_("Whoever means to come"),
    subject=_("“{part}”: another time or place"),
    lines=[_("The training day to which you mean to come was moved. Its page has the time and the place of now.")],
    button=_("Look at it"),
    places=[_PART],
)
declare_letter(
    "training_day.called_off",
    when=_("When a training day is called off"),
    whom=_("Whoever means to come"),
    subject=_("“{part}”: called off"),
    lines=[_("The training day to which you meant to come does not take place. You can choose another on its page.")],
    button=_("Look at it"),
    places=[_PART],
)


def _day(happened: Event) -> TrainingDay:
    return TrainingDay.objects.select_related("module").get(ref=happened.about_ref)


def _expected(happened: Event) -> list[Membership]:
    held = Membership.objects.filter(pk__in=TrainingAttendance.objects.filter(day=_day(happened)).values("membership"))
    return list(held.exclude(state__in=GONE).select_related("account"))


def _of_part(happened: Event, receiver: Membership) -> dict[str, Any]:
    return {"part": _day(happened).module.title}


def _part_page(happened: Event, receiver: Membership) -> str:
    return reverse("readiness:module", args=[_day(happened).module.ref])


for _what in ("training_day.moved", "training_day.called_off"):
    notify(_what, to=_expected, letter=_what, places=_of_part, page=_part_page)


def _conflict(happened: Event) -> Conflict:
    ref = happened.codes.get("conflict", happened.about_ref)
    return Conflict.objects.select_related("programme", "membership__account").get(ref=ref)


def _deciders(happened: Event) -> list[Membership]:
    held = _conflict(happened)
    managers = set(line_managers(held.membership).values_list("pk", flat=True))
    return [person for person in coordinators(held.programme) if person.pk not in {held.membership_id, *managers}]


def _declarer(happened: Event) -> list[Membership]:
    return [_conflict(happened).membership]


def _named(happened: Event, receiver: Membership) -> dict[str, Any]:
    return {"programme": _conflict(happened).programme.name}


def _list(happened: Event, receiver: Membership) -> str:
    return reverse("readiness:conflicts", args=[_conflict(happened).programme.slug])


def _own_page(happened: Event, receiver: Membership) -> str:
    return reverse("readiness:own_conflicts", args=[_conflict(happened).programme.slug])


declare_letter(
    "conflict.declared",
    when=_("When somebody declares a conflict of interest"),
    whom=_("The coordinators of the programme, but whoever declared it"),
    subject=_("“{programme}”: a conflict of interest was declared"),
    lines=[_("Who declared what stands on the page. They wait for your decision before they are ready.")],
    button=_("Look at it"),
    places=[_PROGRAMME],
)
declare_letter(
    "conflict.decided",
    when=_("When a declared conflict of interest was decided"),
    whom=_("Whoever declared it"),
    subject=_("“{programme}”: your coordinator has decided"),
    lines=[_("It is about the conflict of interest that you declared. What was decided stands on your page.")],
    button=_("Read it"),
    places=[_PROGRAMME],
)
notify("conflict.declared", to=_deciders, letter="conflict.declared", places=_named, page=_list)
notify("conflict.decided", to=_declarer, letter="conflict.decided", places=_named, page=_own_page)
