"""The wording of events of programmes."""

from django.urls import reverse
from django.utils.translation import gettext as _t
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


def _yours(happened: Event, receiver: Membership) -> dict[str, str]:
    stays = _t("Whoever handed it over to you stays as cover, and coordinates it as well.")
    return {"programme": _programme(happened).name, "cover": stays if happened.codes.get("stays") else ""}


def _its_page(happened: Event, receiver: Membership) -> str:
    return reverse("programmes:programme", args=[_programme(happened).slug])


_YOURS = _("Your first page shows what waits to be done. The programme’s page has its design, people and pairs.")
_PROGRAMME = Place("programme", _("the programme’s name"), _("Rising leaders"), needed=True)
_COVER = Place(
    "cover",
    _("that whoever handed it over stays as cover, where that is so"),
    _("Whoever handed it over to you stays as cover, and coordinates it as well."),
    block=True,
)
# Whoever has to prepare a programme is told so before its launch too.
declare_letter(
    "programme.handed_over",
    when=_("When a programme is handed over to another coordinator"),
    whom=_("The one who coordinates it now"),
    subject=_("You coordinate “{programme}” now"),
    lines=[_YOURS, "{cover}"],
    button=_("Open the programme"),
    places=[_PROGRAMME, _COVER],
    of_programme=False,
)
declare_letter(
    "programme.coordinator_named",
    when=_("When an administrator names a coordinator where nobody is left"),
    whom=_("The one who coordinates it now"),
    subject=_("You coordinate “{programme}” now"),
    lines=[_YOURS],
    button=_("Open the programme"),
    places=[_PROGRAMME],
    of_programme=False,
)
for _name in ("programme.handed_over", "programme.coordinator_named"):
    notify(
        _name,
        to=_successor,
        letter=_name,
        places=_yours,
        page=_its_page,
        words=_("You coordinate a programme"),
        required=True,
    )
