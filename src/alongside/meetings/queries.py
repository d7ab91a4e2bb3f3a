"""Reads of sessions: who may see which table, and sessions as pages show them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from alongside.contracts import queries as contracts
from alongside.foundation import clock, hooks, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.meetings import rules
from alongside.meetings.models import ActionItem, Attendance, LogDraft, Preparation, PrivateNote, Session, Summary
from alongside.meetings.terms import SessionState
from alongside.relationships import queries as relationships
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import PairPart, State

Sealed = Preparation | Summary | PrivateNote | ActionItem | LogDraft


def visible_to(actor: Actor) -> QuerySet[Session]:
    """The sessions whose dates, attendance and length the actor may read."""
    return Session.objects.filter(relationship__in=relationships.visible_to(actor))


def of_pair(actor: Actor, pair: Pair) -> QuerySet[Session]:
    """The sessions of one pair, newest first, as far as the actor may know of them."""
    # Said outright: Django leaves the model's own order out once rows are counted.
    return visible_to(actor).filter(relationship=pair.relationship).order_by("-starts_at", "-id")


def own(actor: Actor) -> QuerySet[Session]:
    """The sessions of the actor's own pairs."""
    return Session.objects.filter(relationship__in=relationships.own(actor))


def whole(actor: Actor) -> QuerySet[Session]:
    """The sessions of the actor's own pairs with what their page needs, in one query."""
    return own(actor).select_related(
        "relationship", "moved_to", "recorded_by", "preparation__edited_by", "summary__edited_by"
    )


def attendance_visible_to(actor: Actor) -> QuerySet[Attendance]:
    """Who came, where the actor may read it."""
    return Attendance.objects.filter(session__relationship__in=relationships.visible_to(actor))


def preparations_visible_to(actor: Actor) -> QuerySet[Preparation]:
    """Places and agendas of the actor's own pairs."""
    return Preparation.objects.filter(session__relationship__in=relationships.own(actor))


def summaries_visible_to(actor: Actor) -> QuerySet[Summary]:
    """Shared summaries of the actor's own pairs."""
    return Summary.objects.filter(session__relationship__in=relationships.own(actor))


def actions_visible_to(actor: Actor) -> QuerySet[ActionItem]:
    """Actions agreed in the actor's own pairs."""
    return ActionItem.objects.filter(session__relationship__in=relationships.own(actor))


def notes_visible_to(actor: Actor) -> QuerySet[PrivateNote]:
    """The actor's own private notes, and nobody else's."""
    return PrivateNote.objects.filter(author=actor.membership, session__relationship__in=relationships.own(actor))


def drafts_visible_to(actor: Actor) -> QuerySet[LogDraft]:
    """What the actor has begun to write down."""
    return LogDraft.objects.filter(author=actor.membership, relationship__in=relationships.own(actor))


def of(relationship: Relationship) -> QuerySet[Session]:
    """Every session of a pair, newest first: for the system's own work."""
    return Session.objects.filter(relationship=relationship)


def next_planned(relationship: Relationship) -> Session | None:
    """The next session still to come, if one is planned."""
    return planned(relationship).filter(starts_at__gt=clock.now()).first()


def two_of(relationship: Relationship) -> list[Membership]:
    """The two of a pair, with what is needed to tell them something."""
    parties = Party.objects.filter(relationship=relationship).order_by("id")
    parties = parties.select_related("participation__membership__account", "participation__membership__organisation")
    return [party.participation.membership for party in parties]


def is_one_held(relationship: Relationship) -> bool:
    """Has the pair written down a session?"""
    return of(relationship).filter(state=SessionState.HELD).exists()


def counted_minutes(relationship: Relationship) -> int:
    """How many minutes count as hours of mentoring: those of sessions held while an agreement held."""
    counted = of(relationship).filter(state=SessionState.HELD, before_agreement=False)
    return counted.aggregate(minutes=Coalesce(Sum("held_minutes"), 0))["minutes"]


def next_number(relationship: Relationship) -> int:
    """The number of the next session that is written down; sessions before Alongside count."""
    carried = relationship.carried
    before = (carried.sessions_held or 0) if carried else 0
    return (of(relationship).aggregate(last=Max("number"))["last"] or before) + 1


def is_before_agreement(relationship: Relationship, at: datetime) -> bool:
    """Was there no agreement in force at that time?"""
    agreed_at = contracts.agreed_at(relationship)
    return agreed_at is None or at < agreed_at


def draft_of(actor: Actor, relationship: Relationship, session: Session | None) -> dict[str, Any]:
    """What the actor has begun to write about a session (None: one without a plan); empty where nothing is kept."""
    held = drafts_visible_to(actor).filter(relationship=relationship, session=session).first()
    words = text_of(held, "words")
    return {**json.loads(words), "kept_at": held.kept_at} if held and words else {}


@dataclass(frozen=True)
class Line:
    """A session as a list shows it. `headline`, `actions`, `done` and `late` are for the two alone."""

    session: Session
    absent: tuple[str, ...] = ()
    headline: str = ""
    actions: int = 0
    done: int = 0
    late: int = 0


def lines(pair: Pair, sessions: QuerySet[Session], today: date) -> list[Line]:
    """Sessions of a pair for a list; the two see the first line of each summary, a coordinator does not."""
    if not pair.standing.part:
        found = list(sessions)
        absent = _absent(pair, found)
        return [Line(session, absent.get(session.pk, ())) for session in found]
    found = list(_with_actions(sessions, today).select_related("summary"))
    absent = _absent(pair, found)
    summaries = [session.summary for session in found if hasattr(session, "summary")]
    texts = unsealed((one, "words") for one in summaries)
    said = {one.session_id: words or "" for one, words in zip(summaries, texts, strict=True)}
    return [_line(session, absent.get(session.pk, ()), said.get(session.pk, "")) for session in found]


def _with_actions(sessions: QuerySet[Session], today: date) -> QuerySet[Session]:
    still_open = Q(action_items__done_at__isnull=True)
    return sessions.annotate(
        actions=Count("action_items"),
        done=Count("action_items", filter=~still_open),
        late=Count("action_items", filter=still_open & Q(action_items__due_on__lt=today)),
    )


def _line(session: Any, absent: tuple[str, ...], summary: str) -> Line:
    return Line(session, absent, rules.headline(summary), session.actions, session.done, session.late)


def _absent(pair: Pair, sessions: Sequence[Session]) -> dict[int, tuple[str, ...]]:
    missed = [session.pk for session in sessions if session.state == SessionState.MISSED]
    if not missed:
        return {}
    names = {pair.mentor_party.pk: pair.mentor.short_name, pair.mentee_party.pk: pair.mentee.short_name}
    found: dict[int, tuple[str, ...]] = {}
    for held in Attendance.objects.filter(session__in=missed, attended=False).order_by("party_id"):
        found[held.session_id] = (*found.get(held.session_id, ()), names[held.party_id])
    return found


def unsealed(texts: Iterable[tuple[Sealed, str]]) -> list[str | None]:
    """The words of many (row, column) in one query; None where a key was destroyed."""
    wanted = [(getattr(row, column), vault.place(row, column)) for row, column in texts]
    return vault.unseal(wanted) if wanted else []


def text_of(row: Sealed | None, column: str) -> str:
    """The words of one column; none where there is no row, or its key was destroyed."""
    return (unsealed([(row, column)])[0] or "") if row else ""


@dataclass(frozen=True)
class Action:
    """An action with its words."""

    item: ActionItem
    words: str
    mine: bool
    late: bool


@dataclass(frozen=True)
class Opened:
    """A session with everything that one of the two may read of it."""

    session: Session
    attendance: Sequence[tuple[Membership, bool]] = ()
    preparation: Preparation | None = None
    summary: Summary | None = None
    place: str = ""
    agenda: str = ""
    summary_words: str = ""
    note: str = ""
    actions: Sequence[Action] = field(default_factory=tuple)
    lost: bool = False  # a text that was there, whose key has been destroyed

    @property
    def revision(self) -> int:
        """How often the agenda has been edited."""
        return self.preparation.revision if self.preparation else 0

    @property
    def edited_by(self) -> Membership | None:
        """Who changed the summary last."""
        return self.summary.edited_by if self.summary else None


def opened(actor: Actor, pair: Pair, session: Session) -> Opened:
    """One session out of `whole(actor)`, its texts opened in one go."""
    preparation, summary = getattr(session, "preparation", None), getattr(session, "summary", None)
    note = notes_visible_to(actor).filter(session=session).first()
    items = list(actions_visible_to(actor).filter(session=session).select_related("owner"))
    texts: list[tuple[Sealed, str]] = []
    for row, columns in ((preparation, ("place", "agenda")), (summary, ("words",)), (note, ("words",))):
        texts += [(row, column) for column in columns] if row else []
    found = unsealed([*texts, *((item, "words") for item in items)])
    shared, said = found[: len(texts)], found[len(texts) :]
    place, agenda = (shared.pop(0), shared.pop(0)) if preparation else ("", "")
    words = shared.pop(0) if summary else ""
    kept = shared.pop(0) if note else ""
    today = clock.today(actor.account.timezone)
    return Opened(
        session,
        _attendance(pair, session),
        preparation,
        summary,
        place or "",
        agenda or "",
        words or "",
        kept or "",
        [_action(actor, item, text or "", today) for item, text in zip(items, said, strict=True)],
        lost=None in found or None in (place, agenda, words, kept),
    )


def _attendance(pair: Pair, session: Session) -> list[tuple[Membership, bool]]:
    if session.state not in (SessionState.HELD, SessionState.MISSED):
        return []
    people = {pair.mentor_party.pk: pair.mentor, pair.mentee_party.pk: pair.mentee}
    held = Attendance.objects.filter(session=session).order_by("party_id")
    return [(people[one.party_id], one.attended) for one in held]


def _action(actor: Actor, item: ActionItem, words: str, today: date) -> Action:
    late = rules.is_late(item.due_on, item.done_at is not None, today)
    return Action(item, words, item.owner_id == actor.membership.pk, late)


@dataclass(frozen=True)
class Ahead:
    """What is planned in a pair: the next session still to come, and one that has passed and is not written down."""

    coming: Session | None
    passed: Session | None


def ahead(sessions: Iterable[Session], now: datetime) -> Ahead:
    """The next and the last planned of a pair's planned sessions. A session is passed once it should have ended."""
    planned = sorted(sessions, key=lambda session: session.starts_at)
    coming = [session for session in planned if not has_passed(session, now)]
    passed = [session for session in planned if has_passed(session, now)]
    return Ahead(coming[0] if coming else None, passed[-1] if passed else None)


def has_passed(session: Session, now: datetime) -> bool:
    """Should the session have ended by now?"""
    return session.starts_at + timedelta(minutes=session.planned_minutes) <= now


def planned(relationship: Relationship) -> QuerySet[Session]:
    """The planned sessions of a pair, next first."""
    return of(relationship).filter(state=SessionState.PLANNED).order_by("starts_at", "id")


@dataclass(frozen=True)
class Desk:
    """What waits in one open pair of an actor."""

    pair: Pair
    ahead: Ahead
    held: int  # how many sessions have been written down
    begun: frozenset[int | None]  # sessions with a draft; None stands for one without a plan

    @property
    def has_met(self) -> bool:
        """Have the two met, here or before Alongside?"""
        carried = self.pair.relationship.carried
        return self.held > 0 or bool(carried and carried.sessions_held)


def desks(actor: Actor) -> list[Desk]:
    """What waits in each of the actor's open pairs that both accepted: the same few queries for any number.

    Loaded once for a page that assembles.
    """
    return hooks.once(("desks", actor.ref), lambda: _desks(actor))


def _desks(actor: Actor) -> list[Desk]:
    pairs = [pair for pair in relationships.open_pairs(actor) if pair.relationship.state != State.PROPOSED]
    if not pairs:
        return []
    keys = [pair.relationship.pk for pair in pairs]
    waiting, numbers = _planned_and_numbers(keys)
    begun: Mapping[int, set[int | None]] = {key: set() for key in keys}
    for relationship, begun_one in (
        drafts_visible_to(actor).filter(relationship__in=keys).values_list("relationship", "session")
    ):
        begun[relationship].add(begun_one)
    now = clock.now()
    return [
        Desk(pair, ahead(waiting[key], now), numbers[key], frozenset(begun[key]))
        for pair, key in zip(pairs, keys, strict=True)
    ]


def _planned_and_numbers(keys: Iterable[int]) -> tuple[dict[int, list[Session]], dict[int, int]]:
    """What is planned in each of these pairs, and the number of the last session that was held, in one query."""
    waiting: dict[int, list[Session]] = {key: [] for key in keys}
    numbers = dict.fromkeys(waiting, 0)
    # What is planned has no number, so nothing has a greater one: of the others, only each pair's last is read.
    later = Session.objects.filter(relationship=OuterRef("relationship"), number__gt=OuterRef("number"))
    found = Session.objects.filter(~Exists(later), state__in=(SessionState.PLANNED, SessionState.HELD))
    for session in found.filter(relationship__in=list(waiting)):
        if session.number:
            numbers[session.relationship_id] = session.number
        else:
            waiting[session.relationship_id].append(session)
    return waiting, numbers


def desk_of(actor: Actor, pair: Pair) -> Desk | None:
    """What waits in one of the actor's open pairs; None for whoever stands outside, and once it has ended."""
    return next((desk for desk in desks(actor) if desk.pair.ref == pair.ref), None)


def have_met(actor: Actor, pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """Both of each of the actor's open pairs that have met, here or before Alongside; as ref and part."""
    return {(desk.pair.ref, part) for desk in desks(actor) if desk.has_met for part in PairPart}


def open_actions(actor: Actor, pairs: Iterable[Pair]) -> list[Action]:
    """What the actor has agreed to do in these pairs and not done yet, the earliest first."""
    keys = [pair.relationship.pk for pair in pairs]
    mine = ActionItem.objects.filter(
        owner=actor.membership, done_at__isnull=True, session__relationship__in=keys
    ).select_related("session__relationship")
    items = list(mine.order_by("due_on", "id")[:50])
    words = unsealed((item, "words") for item in items)
    today = clock.today(actor.account.timezone)
    return [_action(actor, item, text, today) for item, text in zip(items, words, strict=True) if text]
