"""The wording of events of sessions, and whom they tell. Mails hold the date in the receiver's zone, never a text."""

from collections.abc import Sequence
from typing import cast
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Place, Urgency, declare_letter, notify
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


def _page(happened: Event, receiver: Membership) -> str:
    session = _session(happened)
    return reverse("meetings:session", args=[session.relationship.ref, session.ref])


def _took_place(happened: Event) -> bool:
    return happened.codes.get("outcome") == SessionState.HELD.value


def _written_letter(happened: Event, receiver: Membership) -> str:
    return "session.written_down.held" if _took_place(happened) else "session.written_down.not_held"


def _written_facts(happened: Event, receiver: Membership) -> dict[str, str]:
    facts = _facts(happened, receiver)
    if _took_place(happened) and (coming := queries.next_planned(_session(happened).relationship)):
        words = _now("The next one is on %(day)s, %(start)s to %(end)s, %(place)s time.")
        facts["next"] = words % _facts(Event(happened.name, happened.by, coming, happened.at), receiver)
    return facts


_OTHER, _WHEN = _("The other of the two"), _("It is on {day}, {start} to {end}, {place} time.")
_NAME = Place("name", _("whoever did it, by first name"), "Amara")
_DAY = Place("day", _("the day, with its weekday"), _("Thursday 3 December"), needed=True)
_START = Place("start", _("when it begins, in the reader’s own time"), "12:30", needed=True)
_TIME = (
    _START,
    Place("end", _("when it ends"), "13:30"),
    Place("place", _("whose time that is, such as London"), "London"),
)
_BUTTON = _("Open the session")
declare_letter(
    "session.planned",
    when=_("When one of a pair plans a session"),
    whom=_OTHER,
    subject=_("{name} has planned a session with you on {day}"),
    lines=[_WHEN, _("If that does not suit you, move it to another time.")],
    button=_BUTTON,
    places=[_NAME, _DAY, *_TIME],
)
declare_letter(
    "session.moved",
    when=_("When one of a pair moves a session to another time"),
    whom=_OTHER,
    subject=_("{name} has moved your session to {day}"),
    lines=[_WHEN, _("If that does not suit you, move it again.")],
    button=_BUTTON,
    places=[_NAME, _DAY, *_TIME],
)
declare_letter(
    "session.changed",
    when=_("When one of a pair changes how long or where a session is to be"),
    whom=_OTHER,
    subject=_("{name} has changed how or where you meet on {day}"),
    lines=[_WHEN, _("What has changed stands only on its page.")],
    button=_BUTTON,
    places=[_NAME, _DAY, *_TIME],
)
declare_letter(
    "session.cancelled",
    when=_("When one of a pair cancels a session"),
    whom=_OTHER,
    subject=_("{name} has cancelled your session of {day}"),
    lines=[_("It was to be at {start}, {place} time. You can plan it again at any time.")],
    button=_BUTTON,
    places=[_NAME, _DAY, *_TIME],
)
declare_letter(
    "session.written_down.held",
    kind="session.written_down",
    when=_("When one of a pair has written down a session"),
    whom=_OTHER,
    subject=_("{name} has written down your session of {day}"),
    lines=[_("You can read the summary and add to it; what you note for yourself is yours alone."), "{next}"],
    button=_BUTTON,
    places=[
        _NAME,
        _DAY,
        Place(
            "next",
            _("when the next one is, where one is planned"),
            _("The next one is on Thursday 7 January, 12:30 to 13:30, London time."),
            block=True,
        ),
    ],
)
declare_letter(
    "session.written_down.not_held",
    kind="session.written_down",
    when=_("When one of a pair notes that a session did not take place"),
    whom=_OTHER,
    subject=_("{name} has noted that your session of {day} did not take place"),
    lines=[_("It was planned for {day} at {start}, {place} time. You can plan another one.")],
    button=_BUTTON,
    places=[_NAME, _DAY, *_TIME],
)
for _event in ("session.planned", "session.moved", "session.changed", "session.cancelled"):
    notify(_event, to=_two, letter=_event, places=_facts, page=_page, urgency=Urgency.SOON)
notify("session.written_down", to=_two, letter=_written_letter, places=_written_facts, page=_page)
