"""What sessions ask for, offer to do next, and show on other pages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import clock, hooks
from alongside.foundation.identity.actors import Actor
from alongside.guidance.terms import Evidence, Fact, Stage
from alongside.meetings import queries, rules
from alongside.meetings.models import Session
from alongside.meetings.terms import SessionState
from alongside.programmes.models import Participation, Programme
from alongside.relationships.models import CarriedOver, Party, Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import CARRIED_OVER

SHOWN = 5


@hooks.gates.register
def gate(relationship: Relationship, to: str) -> Iterable[hooks.Need]:
    """Ending well needs a session that was written down."""
    carried = relationship.carried if to == Stage.CLOSE else None
    if carried and carried.sessions_held:
        count = carried.sessions_held
        words = ngettext("One session before Alongside", "%(count)s sessions before Alongside", count)
        yield hooks.Need(words % {"count": count}, met=True, code=CARRIED_OVER)
    elif to == Stage.CLOSE:
        link = reverse("meetings:write_down", args=[relationship.ref])
        yield hooks.Need(
            _("One session or more, written down"), queries.is_one_held(relationship), link, Evidence.FIRST_MEETING
        )


@hooks.next_steps.leading_to("pair")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Writing down what has been, planning what comes, doing what was agreed."""
    desks = queries.desks(actor)
    for desk in desks:
        yield from _steps_at(desk, actor.account.timezone)
    for action in queries.open_actions(actor, [desk.pair for desk in desks]):
        session = action.item.session
        link = reverse("meetings:session", args=[session.relationship.ref, session.ref])
        why = _now("From session %(number)s") % {"number": session.number} if session.number else ""
        yield hooks.NextStep(
            50, action.words, f"{link}#actions", _now("Open"), why, due=action.item.due_on, overdue=action.late
        )


def _steps_at(desk: queries.Desk, zone: str) -> Iterable[hooks.NextStep]:
    pair, passed = desk.pair, desk.ahead.passed
    name = {"name": pair.partner.short_name if pair.partner else ""}
    begun = _now("You have begun; it is all kept.")
    if passed:
        words = _now("Write down your session of %(day)s with %(name)s") % {**name, "day": _day(passed, zone)}
        link = reverse("meetings:write_down_planned", args=[pair.ref, passed.ref])
        why = begun if passed.pk in desk.begun else _now("It takes about a minute.")
        yield hooks.NextStep(25, words, link, _now("Write it down"), why)
    if None in desk.begun:
        words = _now("Finish writing down your session with %(name)s") % name
        yield hooks.NextStep(25, words, reverse("meetings:write_down", args=[pair.ref]), _now("Write it down"), begun)
    if not passed and not desk.ahead.coming:
        yield _plan_step(desk, name)


def _plan_step(desk: queries.Desk, name: dict[str, str]) -> hooks.NextStep:
    link = reverse("meetings:plan", args=[desk.pair.ref])
    if desk.has_met:
        return hooks.NextStep(60, _now("Plan your next session with %(name)s") % name, link, _now("Plan it"))
    words, why = _now("Plan your first session with %(name)s"), _now("Half an hour is enough to begin with.")
    return hooks.NextStep(30, words % name, link, _now("Plan it"), why)


def _day(session: Session, zone: str) -> str:
    wall = session.starts_at.astimezone(ZoneInfo(zone))
    days = (clock.today(zone) - wall.date()).days
    return date_format(wall, "l" if days < 7 else "l j F")


def _when(session: Session, pair: Pair, mine: str) -> str:
    if not pair.partner:
        return ""
    theirs = pair.zones[pair.partner.pk]
    return rules.zone_words(session.starts_at, session.planned_minutes, mine, theirs, pair.partner.short_name)


def _next_panel(actor: Actor, pair: Pair) -> dict[str, Any] | None:
    if pair.relationship.accepted_at is None or not pair.relationship.is_open:
        return None
    now: datetime = clock.now()
    desk = queries.desk_of(actor, pair)
    ahead = desk.ahead if desk else queries.ahead(queries.planned(pair.relationship), now)
    zone = actor.account.timezone
    return {
        "coming": ahead.coming,
        "ends_at": rules.ends_at(ahead.coming.starts_at, ahead.coming.planned_minutes, zone) if ahead.coming else None,
        "begun": bool(ahead.coming and ahead.coming.starts_at <= now),
        "passed": ahead.passed,
        "zones": _when(ahead.coming, pair, zone) if ahead.coming else "",
    }


def _sessions_panel(actor: Actor, pair: Pair) -> dict[str, Any] | None:
    if pair.relationship.accepted_at is None:
        return None
    past = queries.of_pair(actor, pair).filter(state__in=[SessionState.HELD, SessionState.MISSED])
    lines = queries.lines(pair, past[: SHOWN + 1], clock.today(actor.account.timezone))
    desk = queries.desk_of(actor, pair)
    held = desk.held if desk else queries.next_number(pair.relationship) - 1
    carried = pair.relationship.carried
    before = (carried.sessions_held or 0) if carried else 0
    return {"lines": lines[:SHOWN], "more": len(lines) > SHOWN, "held": held, "before": before}


hooks.panels.register(hooks.Panel("pair", 10, "meetings/_next_panel.html", _next_panel))
hooks.panels.register(hooks.Panel("pair", 40, "meetings/_sessions_panel.html", _sessions_panel))


hooks.duty_facts.register(hooks.DutyFact(Fact.MET, queries.have_met))


def _met(programme: Programme) -> QuerySet[Participation]:
    held = Session.objects.filter(relationship=OuterRef("relationship"), state=SessionState.HELD)
    before = CarriedOver.objects.filter(relationship=OuterRef("relationship"), sessions_held__gt=0)
    party = Party.objects.filter(Exists(held) | Exists(before), participation=OuterRef("pk"))
    return Participation.objects.filter(Exists(party), programme=programme)


def _of_sessions(sessions: Sequence[Session]) -> Iterable[int]:
    return [session.relationship.programme_id for session in sessions]


def _of_pairs(pairs: Sequence[Relationship]) -> Iterable[int]:
    return [pair.programme_id for pair in pairs]


_CHANGES = {"session.written_down": _of_sessions, "pair.carried_over": _of_pairs, "pair.taken_out": _of_pairs}
hooks.funnel_steps.register(hooks.FunnelStep("met", 50, _("met"), _met, _CHANGES))
