"""The wording of events of programmes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Place, declare_kind, declare_letter, notify
from alongside.programmes.models import Programme

declare_event("programme.created", _("A programme was started"))
declare_event("programme.changed", _("A programme was changed"))
declare_event("programme.launched", _("A programme was launched"))
declare_event("rehearsal.read", _("A coordinator read before the launch what a mail says"))
declare_event("programme.closed", _("A programme was closed"))
declare_event("programme.designed", _("A section of a programme’s design was saved"))
declare_event("programme.duplicated", _("A programme was begun from another one"))
declare_event("programme.archived", _("A closed programme was taken off the lists"))
declare_event("programme.restored", _("An archived programme was put back on the lists"))
declare_event("programme.handed_over", _("A programme was handed over to another coordinator"))
declare_event("programme.coordinator_named", _("A coordinator was named where nobody was left"))
declare_event("programme.people_exported", _("A programme’s list of people was downloaded"))
declare_event("programme.announced", _("A coordinator wrote to the people of a programme"))
declare_kind("programme.announcement", _("A coordinator of yours writes to everybody in a programme"))
declare_event("participants.added", _("People were added to a programme"))
declare_event("participants.taken_back", _("People whom an import had added to a programme were taken out again"))
declare_event("participation.changed", _("A mentor’s places were changed"))
declare_event("participation.ended", _("Somebody’s part in a programme ended"))
declare_event("participation.resumed", _("Somebody’s part in a programme went on after it had ended by mistake"))
declare_event("handbook.written", _("A section of a programme’s handbook was written anew"))


def _successor(happened: Event) -> list[Membership]:
    return list(Membership.objects.filter(ref=happened.codes["to"]))


def _programme(happened: Event) -> Programme:
    return Programme.objects.get(ref=happened.about_ref)


def _names(happened: Event, receiver: Membership) -> dict[str, str]:
    return {"programme": _programme(happened).name}


def _its_page(happened: Event, receiver: Membership) -> str:
    return reverse("programmes:programme", args=[_programme(happened).slug])


_PROGRAMME = Place("programme", _("the programme"), "Rising leaders", needed=True)
declare_letter(
    "programme.handed_over",
    when=_("When a coordinator hands a programme over"),
    whom=_("Whoever takes it over"),
    subject=_("You coordinate “{programme}” now"),
    lines=[
        _("“{programme}” was handed over to you. Your first page shows what waits to be done."),
        _("The programme’s page has its design, its handbook, its people and pairs."),
    ],
    button=_("Open the programme"),
    places=[_PROGRAMME],
    of_programme=False,  # whoever prepares a programme works on it before its launch
    named=True,
)
declare_letter(
    "programme.coordinator_named",
    when=_("When an administrator names a coordinator because nobody is left"),
    whom=_("Whoever was named"),
    subject=_("You coordinate “{programme}” now"),
    lines=[
        _("Whoever coordinated “{programme}” has left, and you were named. Its mentors and mentees wait for you."),
        _("Your first page shows what waits to be done."),
    ],
    button=_("Open the programme"),
    places=[_PROGRAMME],
    of_programme=False,
    named=True,
)
for _name in ("programme.handed_over", "programme.coordinator_named"):
    notify(
        _name,
        to=_successor,
        letter=_name,
        places=_names,
        page=_its_page,
        words=_("You coordinate a programme"),
        required=True,
    )
