"""How somebody's own way into a programme stands, in words: what happens next, by when, and what they can do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from alongside.foundation import clock, reads
from alongside.foundation.identity.actors import Actor
from alongside.programmes import queries, rules
from alongside.programmes.models import CalendarEntry, Design, Joining, Participation, Programme
from alongside.programmes.queries import joining as found
from alongside.programmes.rules.gaps import some
from alongside.programmes.rules.said import days
from alongside.programmes.terms import JoiningState, Mover, Part, ProgrammeState, Step
from alongside.programmes.views.digest import rhythm_items

S = JoiningState
DONE = {
    Step.TAKE_BACK: lazy("It is taken back."),
    Step.STAY: lazy("You stay on the list."),
    Step.COME_BACK: lazy("You have asked to come back."),
}
LOOKS = {
    S.BEGUN: "due", S.INVITED: "due", S.APPLIED: "waiting", S.WAITING: "waiting", S.ASKED: "due", S.TAKING_PART: "done",
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """Something that somebody can do about it."""

    words: str
    link: str
    first: bool = False


@dataclass(frozen=True)
class Line:
    """One part of a programme as it stands for somebody."""

    part: str
    programme: Programme
    state: str
    look: str
    said: tuple[str, ...]
    acts: tuple[Act, ...]
    letter: found.Moved | None = None
    history: tuple[found.Moved, ...] = ()
    answers: tuple[found.Answered, ...] = ()
    may_apply: bool = False
    why_not: str = ""

    @property
    def part_words(self) -> str:
        """As it is called."""
        return str(Part(self.part).label)

    @property
    def state_words(self) -> str:
        """How it stands, in a word or two."""
        return str(JoiningState(self.state).label) if self.state else ""

    @property
    def link(self) -> str:
        """Where it is told in full."""
        return reverse("programmes:join", args=[self.programme.slug])


def may(joining: Joining, step: Step) -> bool:
    """Has the table this step for whoever it is about?"""
    return step in rules.joining.steps(joining.state, Mover.SELF)


def lines(joinings: Iterable[found.Own], actor: Actor) -> list[Line]:
    """One's own applications for a list: how each stands, without what needs further questions."""
    today = clock.today(actor.organisation.timezone)
    return [
        Line(held.part, held.programme, held.state, LOOKS.get(S(held.state), "plain"), (_short(held, today),), ())
        for held in joinings
    ]


def _short(joining: found.Own, today: date) -> str:
    if joining.news_by and rules.joining.is_overdue(joining.state, joining.news_by, today):
        return _("You should have heard by %(day)s.") % {"day": _day(joining.news_by)}
    if joining.state in (S.APPLIED, S.WAITING) and joining.news_by:
        return _("You hear by %(day)s at the latest.") % {"day": _day(joining.news_by)}
    said = {
        S.BEGUN: _("Not sent yet. Nobody else sees it."),
        S.INVITED: _("Say whether you take part."),
        S.ASKED: _("Say whether you want to stay on the list."),
        S.TURNED_DOWN: _("There is no place for you in this round."),
        S.LEFT: _("You can ask to come back."),
        S.ENDED: _("You can ask to come back."),
    }
    return said.get(S(joining.state), "")


def _day(day: date) -> str:
    return date_format(day, "l j F")


def of_programme(actor: Actor, programme: Programme) -> dict[str, Any]:
    """Everything that the page of a programme shows to whoever may join it."""
    design, entries = queries.on_page(programme)
    looks = [person.name for person in queries.coordinators(programme)]
    last, open_parts = found.last_day(entries), rules.joining.open_parts(design.open_to)
    today = clock.today(actor.organisation.timezone)
    closed = rules.joining.fault_of_enrolment(programme.state, last, programme.ends_on, today)
    held = {joining.part: joining for joining in found.own(actor).filter(programme=programme)}
    playing = {taker.part: taker for taker in found.parts_in(actor, programme)}
    busy = [*playing, *(part for part, joining in held.items() if joining.state in rules.joining.WANTED)]
    shown, answers = [], found.own_answers(actor, programme) if held else {}
    for part in (Part.MENTEE.value, Part.MENTOR.value):
        joining = held.get(part)
        fault = closed or rules.joining.fault_of_second(part, busy, one_in_both=design.one_in_both)
        fresh = joining is None or may(joining, Step.BEGIN)
        can = part in open_parts and fresh and part not in playing
        if can or joining or part in playing:
            line = _line(programme, part, joining, playing.get(part), some(looks))
            given = answers.get(joining.pk, []) if joining and joining.state != S.BEGUN else []
            shown.append(
                replace(
                    line, may_apply=can and not fault, why_not=str(fault or "") if can else "", answers=tuple(given)
                )
            )
    return {
        "programme": programme,
        "lines": shown,
        "last_day": last,
        "open_parts": [Part(part).label for part in open_parts],
        "is_open": bool(open_parts) and not closed,
        "questions": _questions(programme, open_parts),
        "preview": programme.state == ProgrammeState.DRAFT,
        "looks": some(looks),
        "takes_part": bool(playing),
        "panel": on_paper(programme, design, entries),
    }


def on_paper(programme: Programme, design: Design, entries: list[CalendarEntry]) -> dict[str, Any]:
    """What everybody who may join reads of its design: audience, rhythm, days, and what happens with their data."""
    return {
        "design": design,
        "rhythm": [item for item in rhythm_items(design) if item["words"]],
        "days": days(programme, entries),
        "contact": queries.contact_of(programme, design),
        "notice_is_address": rules.design.is_address(design.notice),
    }


def room_left(design: Design, counts: Mapping[str, int]) -> list[str]:
    """For coordinators: how many of the places of each part are taken, where they are limited."""
    said = []
    for part, words in ((Part.MENTEE, _("Mentees")), (Part.MENTOR, _("Mentors"))):
        places = found.places_of(design, part)
        if places is not None:
            facts = {"part": words, "taken": counts[part.value], "places": places}
            said.append(_("%(part)s: %(taken)s of %(places)s places taken") % facts)
    return said


def _questions(programme: Programme, parts: tuple[Part, ...]) -> list[Any]:
    asked = {question.pk: question for question in queries.dossier(programme).questions} if parts else {}
    return [one for one in asked.values() if one.asked == "both" or one.asked in parts]


def _line(programme: Programme, part: str, joining: Joining | None, taker: Participation | None, looks: str) -> Line:
    state = S.TAKING_PART if taker else S(joining.state) if joining else S.NEW
    history = tuple(found.history(joining)) if joining else ()
    was_read = joining is not None and state == S.APPLIED and reads.was_read(joining)
    return Line(
        part=part,
        programme=programme,
        state="" if state == S.NEW else state,
        look=LOOKS.get(state, "plain"),
        said=tuple(_said(joining, taker, looks, was_read)) if state != S.NEW else (),
        acts=tuple(_acts(programme, part, joining, taker, was_read)),
        letter=history[-1] if history and history[-1].words else None,
        history=history,
    )


def _said(joining: Joining | None, taker: Participation | None, looks: str, was_read: bool) -> Iterable[str]:
    if taker:
        since = {"day": date_format(taker.since, "j F Y")}
        yield _("You take part since %(day)s.") % since
        if taker.part == Part.MENTOR:
            room = ngettext(
                "You have room for %(count)s mentee.", "You have room for %(count)s mentees.", taker.capacity
            )
            yield room % {"count": taker.capacity}
            if taker.room_said_at is None:
                yield _("Say whether that is right.")
    elif joining:
        yield from _said_of(joining, looks, was_read)


def _said_of(joining: Joining, looks: str, was_read: bool) -> Iterable[str]:
    day = {"day": date_format(joining.since, "j F Y"), "names": looks}
    if joining.state == S.BEGUN:
        yield _("It is not sent yet. What you have written is kept, and nobody else sees it.")
    elif joining.state == S.APPLIED:
        yield _("Sent on %(day)s to %(names)s.") % day
        if was_read:
            yield _("It has been read, and is being decided about.")
        else:
            yield _("Nobody has read it yet: you can still change it.")
        yield from _news(joining, looks)
    elif joining.state in (S.WAITING, S.ASKED):
        yield from _on_the_list(joining)
        yield from _news(joining, looks)
    elif joining.state == S.LAPSED and joining.replied_at == joining.since:
        yield _("You were asked to take part. That ended on %(day)s, without an answer.") % day
    else:
        yield _OVER[S(joining.state)] % day


def _on_the_list(joining: Joining) -> Iterable[str]:
    before = found.ahead(joining)
    if joining.state == S.ASKED:
        yield _("You were on the waiting list of the round before. Do you want to stay on it for this one?")
    if not before:
        yield _("You are the first on the list.")
    else:
        words = ngettext("One person is before you.", "%(count)s people are before you.", before)
        yield words % {"count": before}


def _news(joining: Joining, looks: str) -> Iterable[str]:
    today = clock.today(joining.programme.organisation.timezone)
    said = {"day": _day(joining.news_by), "names": looks} if joining.news_by else {}
    if rules.joining.is_overdue(joining.state, joining.news_by, today):
        yield _("You should have heard by %(day)s. %(names)s can see that, and you may write to them.") % said
    elif said:
        yield _("You hear by %(day)s at the latest, whatever has come of it.") % said


_OVER = {
    S.TURNED_DOWN: lazy("There is no place for you in this round. What you wrote is deleted in time."),
    S.WITHDRAWN: lazy("You took it back on %(day)s."),
    S.INVITED: lazy("You were asked on %(day)s whether you take part. A no needs no reason."),
    S.DECLINED: lazy("You said “not this time” on %(day)s. If you change your mind, write to %(names)s."),
    S.RECALLED: lazy("You were asked to take part. That was taken back on %(day)s; there is nothing for you to do."),
    S.LEFT: lazy("You left on %(day)s. You can ask to come back; it is looked at as an application is."),
    S.ENDED: lazy("You no longer take part since %(day)s. You can ask to come back."),
    S.LAPSED: lazy("It ended on %(day)s: the round is over."),
    S.CARRIED: lazy("It has gone on to the next round, where you are asked whether you want to stay on the list."),
    S.COMPLETED: lazy("You took part to the end."),
    S.NEW: lazy("There is no application yet."),
    S.TAKING_PART: lazy("You take part."),
}


def _acts(
    programme: Programme, part: str, joining: Joining | None, taker: Participation | None, was_read: bool
) -> Iterable[Act]:
    slug = programme.slug
    if taker:
        if taker.part == Part.MENTOR:
            words = (
                _("Say how many mentees you have room for") if taker.room_said_at is None else _("Change your places")
            )
            yield Act(words, reverse("programmes:own_room", args=[slug]), first=taker.room_said_at is None)
        yield Act(_("Leave the programme"), reverse("programmes:leave", args=[slug, part]))
        return
    if joining is None:
        return
    state = S(joining.state)
    form = reverse("programmes:apply", args=[slug, part])
    if state == S.BEGUN:
        yield Act(_("Go on writing"), form, first=True)
    if state == S.APPLIED and not was_read:
        yield Act(_("Change it"), form)
    if state == S.INVITED:
        yield Act(_("Read and answer"), reverse("programmes:answer", args=[slug, part]), first=True)
    if state == S.ASKED:
        yield Act(_("Stay on the list"), reverse("programmes:own_move", args=[slug, part, "stay"]), first=True)
    if may(joining, Step.TAKE_BACK):
        words = _("Do not stay on it") if state == S.ASKED else _("Take it back")
        yield Act(words, reverse("programmes:own_move", args=[slug, part, "take-back"]))
    if may(joining, Step.COME_BACK) and programme.state == ProgrammeState.RUNNING:
        yield Act(_("Ask to come back"), reverse("programmes:own_move", args=[slug, part, "come-back"]), first=True)


def question(joining: Joining, step: Step) -> dict[str, Any]:
    """What the page says that asks before one of one's own moves."""
    name = {"programme": joining.programme.name}
    if step == Step.STAY:
        what = [
            _("You keep your place in the order."),
            _("What you answered for the round before comes along, where the same is asked again."),
        ]
        return {"heading": _("Stay on the list for “%(programme)s”?") % name, "what": what, "submit": _("Stay on it")}
    if step == Step.COME_BACK:
        what = [
            _("Its coordinators are told, and look at it as at an application. They see what you answered before."),
            _("You are told by when you hear."),
        ]
        heading = _("Ask to come back to “%(programme)s”?") % name
        return {"heading": heading, "what": what, "submit": _("Ask to come back")}
    what = [
        _("Nobody asks why, and the coordinators can no longer read your answers."),
        _("Your place in the order is given up. You can apply again while enrolment is open."),
    ]
    asked = joining.state == S.ASKED
    heading = _("Not stay on the list for “%(programme)s”?") if asked else _("Take back your application?")
    words = _("Do not stay on it") if asked else _("Take it back")
    return {"heading": heading % name, "what": what, "submit": words, "danger": True}
