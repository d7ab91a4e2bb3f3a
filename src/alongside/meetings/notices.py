"""The wording of events of sessions, and whom they tell. Mails hold the date in the receiver's zone, never a text."""

from collections.abc import Callable, Sequence
from typing import cast
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import notify
from alongside.meetings import queries, rules
from alongside.meetings.models import Session
from alongside.meetings.terms import SessionState

declare_event("session.planned", _("A session was planned"))
declare_event("session.moved", _("A session was moved"))
declare_event("session.changed", _("How long or where a session is to be was changed"))
declare_event("session.cancelled", _("A session was cancelled"))
declare_event("session.prepared", _("Somebody wrote what a session should be about"))
declare_event("session.written_down", _("A session was written down"))
declare_event("session.corrected", _("The time or length of a session was corrected"))
declare_event("session.summary_changed", _("The shared summary of a session was changed"))
declare_event("session.note_changed", _("Somebody changed their private note about a session"))
declare_event("action_item.added", _("An action was agreed"))
declare_event("action_item.done", _("An action was done"))
declare_event("action_item.reopened", _("An action was taken up again"))

Say = Callable[[Event, Membership], str]


def _session(happened: Event) -> Session:
    return cast("Session", happened.about)


def _two(happened: Event) -> Sequence[Membership]:
    return queries.two_of(_session(happened).relationship)


def _facts(happened: Event, receiver: Membership) -> dict[str, str]:
    session = _session(happened)
    zone = receiver.account.timezone if receiver.account else receiver.organisation.timezone
    wall = session.starts_at.astimezone(ZoneInfo(zone))
    doer = getattr(happened.by, "membership", None)
    minutes = session.held_minutes or session.planned_minutes
    return {
        "name": doer.short_name if doer else _now("The programme"),
        "day": date_format(wall, "l j F"),
        "start": date_format(wall, "H:i"),
        "end": date_format(rules.ends_at(session.starts_at, minutes, zone), "H:i"),
        "place": rules.place_of(zone),
    }


def _words(text: str | Promise) -> Say:
    return lambda happened, receiver: str(text) % _facts(happened, receiver)


def _lines(*texts: str | Promise) -> Callable[[Event, Membership], Sequence[str]]:
    return lambda happened, receiver: [str(text) % _facts(happened, receiver) for text in texts]


def _page(happened: Event, receiver: Membership) -> tuple[str, str]:
    session = _session(happened)
    return _now("Open the session"), reverse("meetings:session", args=[session.relationship.ref, session.ref])


def _took_place(happened: Event) -> bool:
    return happened.codes.get("outcome") == SessionState.HELD.value


def _written_subject(happened: Event, receiver: Membership) -> str:
    if _took_place(happened):
        return _now("%(name)s has written down your session of %(day)s") % _facts(happened, receiver)
    return _now("%(name)s has noted that your session of %(day)s did not take place") % _facts(happened, receiver)


def _written_lines(happened: Event, receiver: Membership) -> list[str]:
    facts = _facts(happened, receiver)
    if not _took_place(happened):
        return [_now("It was planned for %(day)s at %(start)s, %(place)s time. You can plan another one.") % facts]
    lines = [_now("You can read the summary and add to it; what you note for yourself is yours alone.")]
    if coming := queries.next_planned(_session(happened).relationship):
        words = _now("The next one is on %(day)s, %(start)s to %(end)s, %(place)s time.")
        lines.append(words % _facts(Event(happened.name, happened.by, coming, happened.at), receiver))
    return lines


_WHEN = _("It is on %(day)s, %(start)s to %(end)s, %(place)s time.")
notify(
    "session.planned",
    to=_two,
    subject=_words(_("%(name)s has planned a session with you on %(day)s")),
    lines=_lines(_WHEN, _("If that does not suit you, move it to another time.")),
    action=_page,
)
notify(
    "session.moved",
    to=_two,
    subject=_words(_("%(name)s has moved your session to %(day)s")),
    lines=_lines(_WHEN, _("If that does not suit you, move it again.")),
    action=_page,
)
notify(
    "session.changed",
    to=_two,
    subject=_words(_("%(name)s has changed how or where you meet on %(day)s")),
    lines=_lines(_WHEN, _("What has changed stands only on its page.")),
    action=_page,
)
notify(
    "session.cancelled",
    to=_two,
    subject=_words(_("%(name)s has cancelled your session of %(day)s")),
    lines=_lines(_("It was to be at %(start)s, %(place)s time. You can plan it again at any time.")),
    action=_page,
)
notify("session.written_down", to=_two, subject=_written_subject, lines=_written_lines, action=_page)
