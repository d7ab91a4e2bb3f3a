"""The wording of what happens to programmes, and whoever applied is told."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import declare_kind, notify
from alongside.programmes.models import Joining, Programme
from alongside.programmes.queries.joining import last_words, receiver
from alongside.programmes.terms import Part

declare_event("programme.created", _("A programme was started"))
declare_event("programme.changed", _("A programme was changed"))
declare_event("programme.launched", _("A programme was launched"))
declare_event("programme.closed", _("A programme was closed"))
declare_event("programme.designed", _("A section of a programme’s design was saved"))
declare_event("programme.duplicated", _("A programme was begun from another one"))
declare_event("programme.archived", _("A closed programme was taken off the lists"))
declare_event("programme.restored", _("An archived programme was put back on the lists"))
declare_event("programme.handed_over", _("A programme was handed over to another coordinator"))
declare_event("programme.coordinator_named", _("A coordinator was named where nobody was left"))
declare_event("programme.people_exported", _("A programme’s list of people was downloaded"))
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
declare_event("application.reordered", _("The order of a waiting list was changed"))
declare_event("waiting_list.carried", _("A waiting list was carried over to the next round"))
declare_event("participation.left", _("Somebody left a programme by themselves"))
declare_event("participation.came_back", _("Somebody asked to come back to a programme"))
declare_kind("application.received", _("Your application has arrived"))
declare_kind("application.to_see", _("Once a day while people apply: there are applications to look at"))
declare_kind("application.asked", _("Whether you want to stay on the list for the next round"), required=True)


def _joining(happened: Event) -> Joining:
    return Joining.objects.select_related("programme__organisation", "membership__account").get(ref=happened.about_ref)


def _applicant(happened: Event) -> list[Membership]:
    return [receiver(_joining(happened))]


def _page(happened: Event, receiver: Membership) -> tuple[str, str]:
    return _t("See how it stands"), reverse("programmes:join", args=[_joining(happened).programme.slug])


def _with_words(happened: Event, *lines: str) -> list[str]:
    """What has happened, then what the coordinator has written to them, as they wrote it."""
    move = last_words(_joining(happened))
    written = [move.words] if move and move.words and move.by else []
    return [line for line in (*written, *lines) if line]


def _by_when(happened: Event) -> str:
    news_by = _joining(happened).news_by
    return _t("You hear again by %(day)s at the latest.") % {"day": date_format(news_by, "l j F")} if news_by else ""


def _tell(name: str, words: Any, subject: Any, lines: Any) -> None:
    notify(
        name,
        to=_applicant,
        subject=lambda happened, _receiver: subject % {"programme": _joining(happened).programme.name},
        lines=lines,
        action=_page,
        words=words,
        required=True,
    )


def _accepted_lines(happened: Event, receiver: Membership) -> list[str]:
    if _joining(happened).part == Part.MENTOR:
        return _with_words(happened, _t("Say on your page how many mentees you have room for."))
    return _with_words(happened, _t("Next, the right person is looked for. You get a mail and say whether it fits."))


def _waiting_lines(happened: Event, receiver: Membership) -> list[str]:
    return _with_words(
        happened, _t("There is no place at the moment. You are on the waiting list."), _by_when(happened)
    )


def _news_lines(happened: Event, receiver: Membership) -> list[str]:
    return _with_words(happened, _t("You are still on the waiting list."), _by_when(happened))


def _turned_down_lines(happened: Event, receiver: Membership) -> list[str]:
    return _with_words(happened, _t("There is no place for you in this round. What you wrote is deleted in time."))


def _again_lines(happened: Event, receiver: Membership) -> list[str]:
    lines = (_t("The coordinators look at your application once more."), _by_when(happened))
    return [line for line in lines if line]


def _lapsed_lines(happened: Event, receiver: Membership) -> list[str]:
    return [
        _t("The round is over, and your application ends with it. Whoever waited is asked when the next one begins.")
    ]


_tell("application.accepted", _("You take part"), _("“%(programme)s”: you take part"), _accepted_lines)
_tell(
    "application.waiting",
    _("You are on the waiting list"),
    _("“%(programme)s”: you are on the waiting list"),
    _waiting_lines,
)
_tell("application.news", _("How it stands while you wait"), _("“%(programme)s”: how it stands"), _news_lines)
_tell(
    "application.turned_down",
    _("There is no place for you"),
    _("“%(programme)s”: about your application"),
    _turned_down_lines,
)
_tell(
    "application.looked_at_again",
    _("Your application is looked at again"),
    _("“%(programme)s”: your application is looked at again"),
    _again_lines,
)
_tell(
    "application.undone",
    _("Your acceptance was a mistake"),
    _("“%(programme)s”: your application is looked at again"),
    _again_lines,
)
_tell(
    "application.lapsed",
    _("A round ends that you had applied for"),
    _("“%(programme)s” is over"),
    _lapsed_lines,
)


def _successor(happened: Event) -> list[Membership]:
    return list(Membership.objects.filter(ref=happened.codes["to"]))


def _programme(happened: Event) -> Programme:
    return Programme.objects.get(ref=happened.about_ref)


def _yours_subject(happened: Event, receiver: Membership) -> str:
    return _t("You coordinate “%(programme)s” now") % {"programme": _programme(happened).name}


def _yours_lines(happened: Event, receiver: Membership) -> list[str]:
    lines = [_t("Your first page shows what waits to be done. The programme’s page has its design, people and pairs.")]
    if happened.codes.get("stays"):
        lines.append(_t("Whoever handed it over to you stays as cover, and coordinates it as well."))
    return lines


def _its_page(happened: Event, receiver: Membership) -> tuple[str, str]:
    return _t("Open the programme"), reverse("programmes:programme", args=[_programme(happened).slug])


for _name in ("programme.handed_over", "programme.coordinator_named"):
    notify(
        _name,
        to=_successor,
        subject=_yours_subject,
        lines=_yours_lines,
        action=_its_page,
        words=_("You coordinate a programme"),
        required=True,
    )
