"""Reads of the way into a programme: what is open, one's own applications, and what coordinators see of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, FilteredRelation, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise

from alongside.foundation import clock, hooks, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.programmes import rules
from alongside.programmes.models import (
    Answer,
    ApplicationQuestion,
    CalendarEntry,
    Design,
    Joining,
    JoiningMove,
    Participation,
    Programme,
)
from alongside.programmes.queries.programmes import coordinated_by, visible_to
from alongside.programmes.terms import Asked, CalendarKind, JoiningState, Part, ProgrammeState, Step

AT_HOME = 12
_UNSENT = (JoiningState.NEW, JoiningState.BEGUN)
_TOLD = (JoiningState.BEGUN, JoiningState.TURNED_DOWN, JoiningState.LEFT, JoiningState.ENDED)
_HIDDEN = (*_UNSENT, JoiningState.WITHDRAWN)  # what coordinators read no answers of


def _last_days() -> QuerySet[Any, Any]:
    days = CalendarEntry.objects.filter(programme=OuterRef("pk"), kind=CalendarKind.ENROL).order_by()
    return days.values("programme").annotate(last=Max("day")).values("last")


def open_now(actor: Actor) -> QuerySet[Programme]:
    """The programmes of the actor's organisation to which people can apply today.

    Each with its `last_day`, where the calendar has one.
    """
    found = Programme.objects.filter(_is_open(actor), organisation=actor.organisation)
    found = found.annotate(last_day=Subquery(_last_days())).select_related("organisation")
    return found.order_by(F("last_day").asc(nulls_last=True), "name", "id")


def _is_open(actor: Actor) -> Q:
    """Of a programme: can people apply to it today, by the organisation's calendar?"""
    today = clock.today(actor.organisation.timezone)
    designed = Design.objects.filter(programme=OuterRef("pk")).exclude(open_to="")
    days = CalendarEntry.objects.filter(programme=OuterRef("pk"), kind=CalendarKind.ENROL)
    is_time = ~Exists(days) | Exists(days.filter(day__gte=today))
    return Q(Exists(designed), is_time, state=ProgrammeState.RUNNING, ends_on__gte=today)


def _playing(actor: Actor) -> QuerySet[Participation]:
    return Participation.objects.filter(programme=OuterRef("pk"), membership=actor.membership, until__isnull=True)


def approachable(actor: Actor) -> QuerySet[Programme]:
    """The programmes of which the actor may read what joining means: open ones, own ones, those applied to."""
    keys = Q(pk__in=open_now(actor).order_by().values("pk")) | Q(pk__in=own(actor).order_by().values("programme"))
    keys |= Q(pk__in=visible_to(actor).order_by().values("pk"))
    return Programme.objects.filter(keys, organisation=actor.organisation).select_related("organisation")


def own(actor: Actor) -> QuerySet[Joining]:
    """The actor's own ways; nobody is asked anything by a programme in preparation."""
    held = Joining.objects.filter(membership=actor.membership)
    asked = [JoiningState.ASKED, JoiningState.INVITED, JoiningState.RECALLED]
    held = held.exclude(state__in=asked, programme__state=ProgrammeState.DRAFT)
    # nor tells one afterwards of a question that was taken back before its launch
    return held.exclude(state=JoiningState.RECALLED, replied_at__lt=F("programme__launched_at"))


def sent_to(actor: Actor) -> QuerySet[Joining]:
    """What was sent to the programmes that the actor coordinates, or is asked by them; never their own."""
    held = Joining.objects.filter(programme__in=coordinated_by(actor).order_by().values("pk"))
    held = held.exclude(membership=actor.membership).exclude(state__in=_UNSENT)
    return held.filter(Q(applied_at__isnull=False) | Q(state=JoiningState.ASKED))


def applications_visible_to(actor: Actor) -> QuerySet[Joining]:
    """One's own, and those sent to the programmes that one coordinates."""
    keys = Q(pk__in=own(actor).order_by().values("pk")) | Q(pk__in=sent_to(actor).order_by().values("pk"))
    return Joining.objects.filter(keys)


def answers_visible_to(actor: Actor) -> QuerySet[Answer]:
    """One's own; and of those sent to the actor the ones that were not taken back."""
    sent = sent_to(actor).exclude(state__in=_HIDDEN).order_by().values("pk")
    return Answer.objects.filter(Q(joining__in=own(actor).order_by().values("pk")) | Q(joining__in=sent))


@dataclass(frozen=True)
class Answered:
    """One question with its answer: None where its key was destroyed."""

    question: str
    words: str | None


def answered(actor: Actor, joining: Joining) -> list[Answered]:
    """What was answered, as far as the actor may read it: two queries."""
    rows = list(answers_visible_to(actor).filter(joining=joining))
    texts = vault.unseal([(row.words, vault.place(row, "words")) for row in rows])
    return [Answered(row.question, text) for row, text in zip(rows, texts, strict=True)]


def own_answers(actor: Actor, programme: Programme) -> dict[int, list[Answered]]:
    """What the actor has answered in a programme, by application: two queries."""
    rows = list(Answer.objects.filter(joining__in=own(actor).filter(programme=programme).order_by().values("pk")))
    texts = vault.unseal([(row.words, vault.place(row, "words")) for row in rows])
    found: dict[int, list[Answered]] = {}
    for row, text in zip(rows, texts, strict=True):
        found.setdefault(row.joining_id, []).append(Answered(row.question, text))
    return found


def said(joining: Joining) -> dict[str, str]:
    """What its author has written so far, by the ref of the question."""
    rows = list(Answer.objects.filter(joining=joining)) if joining.pk else []
    texts = vault.unseal([(row.words, vault.place(row, "words")) for row in rows])
    return {row.question_ref: text or "" for row, text in zip(rows, texts, strict=True)}


def questions_for(programme: Programme, part: str) -> list[ApplicationQuestion]:
    """What whoever applies for a part is asked."""
    return list(ApplicationQuestion.objects.filter(programme=programme, asked__in=[part, Asked.BOTH]))


def places_of(design: Design, part: str) -> int | None:
    """How many can play a part; None: as many as like."""
    return design.mentor_places if part == Part.MENTOR else design.mentee_places


def taken(programme: Programme, part: str) -> int:
    """How many play a part now."""
    return Participation.objects.filter(programme=programme, part=part, until__isnull=True).count()


def last_day(entries: Iterable[CalendarEntry]) -> date | None:
    """The last day of enrolment, where the calendar has one."""
    return max((entry.day for entry in entries if entry.kind == CalendarKind.ENROL), default=None)


def pairs_on(programme: Programme) -> date | None:
    """The day on which pairs are made, where the calendar has one."""
    held = CalendarEntry.objects.filter(programme=programme, kind=CalendarKind.MATCH)
    return held.aggregate(first=Min("day"))["first"]


def search(found: QuerySet[Joining], chosen: dict[str, str]) -> QuerySet[Joining]:
    """Applications, the first one first; `q`, `part`, `state`, `fits` and `since` narrow."""
    for word in chosen.get("q", "").split():
        found = found.filter(Q(membership__name__icontains=word) | Q(membership__known_as__icontains=word))
    if part := chosen.get("part"):
        found = found.filter(part=part)
    if state := chosen.get("state"):
        found = found.filter(state=state)
    if fits := chosen.get("fits"):
        found = found.filter(fits={"yes": True, "no": False}[fits])
    if since := chosen.get("since"):
        found = found.filter(applied_at__date__gte=since)
    return found.select_related("membership").order_by("applied_at", "id")


def waiting_list(programme: Programme, part: str) -> QuerySet[Joining]:
    """Who waits for a place of this kind, and who is asked whether they still want to: in their order."""
    held = Joining.objects.filter(programme=programme, state__in=[JoiningState.WAITING, JoiningState.ASKED], part=part)
    return held.select_related("membership").order_by("place", "id")


def carriable(programme: Programme) -> QuerySet[Joining]:
    """Whoever can be asked whether to stay on the list for the next round, in their order."""
    held = Joining.objects.filter(programme=programme, part__in=[Part.MENTEE, Part.MENTOR]).filter(
        Q(state=JoiningState.WAITING) | Q(state=JoiningState.LAPSED, place__isnull=False)
    )
    return held.select_related("membership").order_by("part", "place", "id")


@dataclass(frozen=True)
class Moved:
    """One line of a history: what happened, when, who did it (empty: Alongside), and the words that went with it."""

    what: str | Promise
    at: datetime
    by: str
    words: str = ""


def history(joining: Joining) -> list[Moved]:
    """Every move, the first one first: one query."""
    moves = JoiningMove.objects.filter(joining=joining).select_related("by")
    return [Moved(move.get_step_display(), move.at, move.by.name if move.by else "", move.words) for move in moves]


def was_sent(joining: Joining) -> bool:
    """Was an application for this part ever sent?"""
    return JoiningMove.objects.filter(joining=joining, step=Step.SEND).exists()


def has_draft(joining: Joining) -> bool:
    """Is something written that was never sent?"""
    return Answer.objects.filter(joining=joining).exists() and not was_sent(joining)


def last_words(joining: Joining) -> JoiningMove | None:
    """The move that led here: with what a coordinator has written, where they have."""
    moves = JoiningMove.objects.filter(joining=joining).select_related("by").order_by("-id")
    return moves.first()


@dataclass(frozen=True)
class Own:
    """One's own application as a list shows it."""

    programme: Programme
    part: str
    state: str
    news_by: date | None


@dataclass(frozen=True)
class AtHome:
    """One's own applications that wait for somebody, and programmes that one can join and is not in."""

    own: tuple[Own, ...]
    open: tuple[Programme, ...]


def at_home(actor: Actor) -> AtHome:
    """Both in one query, for pages that everybody opens; the first dozen."""
    return hooks.once(("joining_at_home", actor.ref), lambda: _at_home(actor))


def _at_home(actor: Actor) -> AtHome:
    waits = own(actor).filter(state__in=(*rules.joining.OPEN, *_TOLD)).order_by()
    way = FilteredRelation("joinings", condition=Q(joinings__membership=actor.membership))
    found = Programme.objects.filter(organisation=actor.organisation).exclude(state=ProgrammeState.CLOSED)
    found = found.annotate(way=way, last_day=Subquery(_last_days()))
    joinable = Q(_is_open(actor), ~Exists(_playing(actor)), way__isnull=True)
    found = found.filter(Q(way__in=waits.values("pk")) | joinable)
    found = found.annotate(part=F("way__part"), standing=F("way__state"), news_by=F("way__news_by"))
    rows = list(found.order_by("starts_on", "name", "id", "part")[:AT_HOME])
    return AtHome(
        tuple(Own(row, row.part, row.standing, row.news_by) for row in rows if row.part),
        tuple(row for row in rows if not row.part),
    )


def ahead(joining: Joining) -> int:
    """How many stand before somebody on the list."""
    listed = (JoiningState.WAITING, JoiningState.ASKED)
    held = Joining.objects.filter(programme=joining.programme_id, part=joining.part, state__in=listed)
    return held.filter(Q(place__lt=joining.place) | Q(place=joining.place, pk__lt=joining.pk)).count()


def parts_in(actor: Actor, programme: Programme) -> list[Participation]:
    """The parts that the actor plays in a programme as mentor or mentee."""
    held = Participation.objects.filter(programme=programme, membership=actor.membership, until__isnull=True)
    return list(held.exclude(part=Part.COORDINATOR).select_related("programme", "membership").order_by("pk"))


def rounds_after(actor: Actor, programme: Programme) -> list[Programme]:
    """The rounds begun from this one that the actor coordinates and that are not over."""
    found = coordinated_by(actor).filter(follows=programme).exclude(state=ProgrammeState.CLOSED)
    return list(found.order_by("-starts_on", "id"))


def receiver(joining: Joining) -> Membership:
    """Whom it is about, with what a mail needs."""
    return Membership.objects.select_related("account", "organisation").get(pk=joining.membership_id)
