"""The wording of what happens to programmes, and whoever applied is told."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Place, Urgency, declare_kind, declare_letter, notify
from alongside.programmes.models import Joining, Programme
from alongside.programmes.queries.joining import last_words, receiver
from alongside.programmes.terms import Part

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
declare_event("application.begun", _("Somebody began an application"))
declare_event("application.sent", _("Somebody applied"))
declare_event("application.changed", _("An application was changed"))
declare_event("application.taken_back", _("An application was taken back"))
declare_event("application.accepted", _("An application was accepted"))
declare_event("application.waiting", _("An application was put on the waiting list"))
declare_event("application.news", _("Somebody on the waiting list was told how it stands"))
declare_event("application.turned_down", _("An application was turned down"))
declare_event("application.looked_at_again", _("An application that had been turned down is looked at again"))
declare_event("application.undone", _("An acceptance was undone"))
declare_event("application.asked", _("Somebody was asked whether to stay on the list for the next round"))
declare_event("application.stayed", _("Somebody stays on the list for the next round"))
declare_event("application.carried", _("An application went on to the next round"))
declare_event("application.lapsed", _("An application ended by itself"))
declare_event("invitation.sent", _("Somebody was asked to take part in a programme"))
declare_event("invitation.accepted", _("Somebody who was asked to take part said yes"))
declare_event("invitation.declined", _("Somebody who was asked to take part said no"))
declare_event("invitation.taken_back", _("Somebody is no longer asked to take part"))
declare_event("invitation.lapsed", _("Asking somebody to take part ended without an answer"))
declare_event("application.reordered", _("The order of a waiting list was changed"))
declare_event("waiting_list.carried", _("A waiting list was carried over to the next round"))
declare_event("participation.left", _("Somebody left a programme by themselves"))
declare_event("participation.came_back", _("Somebody asked to come back to a programme"))
declare_kind("application.received", _("Your application has arrived"))
declare_kind("application.to_see", _("Once a day while people apply: there are applications to look at"))
declare_kind("invitation.sent", _("You are asked to take part in a programme"), required=True, urgency=Urgency.SOON)
declare_kind("invitation.answered", _("Once a day while people answer: somebody whom you asked has answered"))
declare_kind(
    "application.asked",
    _("Whether you want to stay on the list for the next round"),
    required=True,
    urgency=Urgency.SOON,
)


def _joining(happened: Event) -> Joining:
    return Joining.objects.select_related("programme__organisation", "membership__account").get(ref=happened.about_ref)


def _applicant(happened: Event) -> list[Membership]:
    return [receiver(_joining(happened))]


def _join_page(happened: Event, receiver: Membership) -> str:
    return reverse("programmes:join", args=[_joining(happened).programme.slug])


def _said(happened: Event, receiver: Membership) -> dict[str, Any]:
    """What the coordinator has written to them, as they wrote it, and by when they hear again."""
    joining = _joining(happened)
    move, day = last_words(joining), joining.news_by
    return {
        "programme": joining.programme.name,
        "words": move.words if move and move.words and move.by else "",
        "by_when": _t("You hear again by %(day)s at the latest.") % {"day": date_format(day, "l j F")} if day else "",
    }


def _named(happened: Event, receiver: Membership) -> dict[str, Any]:
    return {"programme": _joining(happened).programme.name}


def _accepted_as(happened: Event, receiver: Membership) -> str:
    return "application.accepted." + ("mentor" if _joining(happened).part == Part.MENTOR else "mentee")


_PROGRAMME = Place("programme", _("the programme’s name"), _("Rising leaders"), needed=True)
_FROM_COORDINATOR = Place(
    "words",
    _("what the coordinator has written to them, where they did"),
    _("Thank you for what you wrote. It made us want to meet you."),
    needed=True,
    block=True,
)
_BY_WHEN = Place(
    "by_when",
    _("by which day they hear again, where one is set"),
    _("You hear again by Monday 3 May at the latest."),
    block=True,
)
_ANSWER_BY = Place(
    "by_when",
    _("by which day they answer, where enrolment has an end"),
    _("Answer by Monday 3 May, please: enrolment ends then."),
    block=True,
)
_APPLICANT, _SEE = _("Whoever applied"), _("See how it stands")
_AGAIN = _("The coordinators look at your application once more.")


def _answers(key: str, when: Any, subject: Any, *lines: Any, kind: str = "", places: tuple[Place, ...] = ()) -> None:
    """One mail to whoever applied."""
    declare_letter(
        key,
        kind=kind,
        when=when,
        whom=_APPLICANT,
        subject=subject,
        lines=lines,
        button=_SEE,
        places=[_PROGRAMME, *places],
        named=True,
    )


for _part, _line in (
    ("mentor", _("Say on your page how many mentees you have room for.")),
    ("mentee", _("Next, the right person is looked for. You get a mail and say whether it fits.")),
):
    _answers(
        f"application.accepted.{_part}",
        _("When somebody who applied as a mentor is accepted")
        if _part == "mentor"
        else _("When somebody who applied as a mentee is accepted"),
        _("“{programme}”: you take part"),
        "{words}",
        _line,
        kind="application.accepted",
        places=(_FROM_COORDINATOR,),
    )
_answers(
    "application.waiting",
    _("When somebody is put on the waiting list"),
    _("“{programme}”: you are on the waiting list"),
    "{words}",
    _("There is no place at the moment. You are on the waiting list."),
    "{by_when}",
    places=(_FROM_COORDINATOR, _BY_WHEN),
)
_answers(
    "application.news",
    _("When whoever waits is told how it stands"),
    _("“{programme}”: how it stands"),
    "{words}",
    _("You are still on the waiting list."),
    "{by_when}",
    places=(_FROM_COORDINATOR, _BY_WHEN),
)
_answers(
    "application.turned_down",
    _("When an application is turned down"),
    _("“{programme}”: about your application"),
    "{words}",
    _("There is no place for you in this round. What you wrote is deleted in time."),
    places=(_FROM_COORDINATOR,),
)
_answers(
    "application.looked_at_again",
    _("When an application that was turned down is looked at again"),
    _("“{programme}”: your application is looked at again"),
    _AGAIN,
    "{by_when}",
    places=(_BY_WHEN,),
)
_answers(
    "application.undone",
    _("When an acceptance was a mistake"),
    _("“{programme}”: your application is looked at again"),
    _AGAIN,
    "{by_when}",
    places=(_BY_WHEN,),
)
_answers(
    "application.lapsed",
    _("When a round ends that somebody had applied for"),
    _("“{programme}” is over"),
    _("The round is over, and your application ends with it. Whoever waited is asked when the next one begins."),
)
for _name, _words in (
    ("application.accepted", _("You take part")),
    ("application.waiting", _("You are on the waiting list")),
    ("application.news", _("How it stands while you wait")),
    ("application.turned_down", _("There is no place for you")),
    ("application.looked_at_again", _("Your application is looked at again")),
    ("application.undone", _("Your acceptance was a mistake")),
    ("application.lapsed", _("A round ends that you had applied for")),
):
    notify(
        _name,
        to=_applicant,
        letter=_accepted_as if _name == "application.accepted" else _name,
        places=_said,
        page=_join_page,
        words=_words,
        required=True,
    )
_answers(
    "application.received",
    _("When somebody has applied"),
    _("“{programme}”: your application has arrived"),
    _("Its coordinators read it. Until one of them has opened it you can still change it."),
    _("Your page says by when you hear, and how it stands."),
)
declare_letter(
    "application.to_see",
    when=_("Once a day at most while people apply"),
    whom=_("The coordinators of the programme"),
    subject=_("“{programme}”: somebody has applied"),
    lines=[_("Whoever applied has been told by when they hear. There is one such mail a day at most.")],
    button=_("Look at the applications"),
    places=[_PROGRAMME],
    named=True,
)
declare_letter(
    "application.asked",
    when=_("When a waiting list is carried over to the next round"),
    whom=_("Everybody on it"),
    subject=_("“{programme}” begins: do you want to stay on the list?"),
    lines=[
        _("You were on the waiting list of the round before, and have kept your place in the order."),
        _("Say yes or no on your page. A no needs no reason; without an answer you get no place."),
    ],
    button=_("Answer"),
    places=[_PROGRAMME],
    named=True,
)

for _part, _ask, _more in (
    (
        "mentor",
        _("A coordinator asks you whether you would take part in “{programme}” as a mentor."),
        _("The page says what the programme is and what a mentor does. Then say yes, or “not this time”."),
    ),
    (
        "mentee",
        _("A coordinator asks you whether you would take part in “{programme}” as a mentee."),
        _("The page says what the programme is and what a mentee does. Then say yes, or “not this time”."),
    ),
):
    declare_letter(
        f"invitation.sent.{_part}",
        kind="invitation.sent",
        when=_("When a coordinator asks somebody to take part as a mentor")
        if _part == "mentor"
        else _("When a coordinator asks somebody to take part as a mentee"),
        whom=_("Whoever is asked"),
        subject=_("“{programme}”: would you take part?"),
        lines=[_ask, "{words}", _more, "{by_when}", _("A no needs no reason, and has no effect on anything else.")],
        button=_("Read and answer"),
        places=[_PROGRAMME, _FROM_COORDINATOR, _ANSWER_BY],
        named=True,
    )
declare_letter(
    "invitation.taken_back",
    when=_("When a coordinator no longer asks somebody to take part"),
    whom=_("Whoever was asked"),
    subject=_("“{programme}”: you need not answer any more"),
    lines=[_("You were asked whether you would take part. That is no longer asked; there is nothing for you to do.")],
    button=_SEE,
    places=[_PROGRAMME],
    named=True,
)
notify(
    "invitation.taken_back",
    to=_applicant,
    letter="invitation.taken_back",
    places=_named,
    page=_join_page,
    words=_("You are no longer asked to take part"),
    required=True,
)
declare_letter(
    "invitation.answered",
    when=_("Once a day at most while people answer whether they take part"),
    whom=_("The coordinators of the programme"),
    subject=_("“{programme}”: somebody whom you asked has answered"),
    lines=[_("Who has said what stands on the page. There is one such mail a day at most.")],
    button=_("See who was asked"),
    places=[_PROGRAMME],
    named=True,
)


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
for _name, _kind in (
    ("programme.handed_over", _("A coordinator hands a programme over to you")),
    ("programme.coordinator_named", _("An administrator names you for a programme that nobody coordinates")),
):
    notify(
        _name,
        to=_successor,
        letter=_name,
        places=_yours,
        page=_its_page,
        words=_kind,
        required=True,
    )
