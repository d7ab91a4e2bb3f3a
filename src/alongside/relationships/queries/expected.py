"""What is expected of whom at each stage, and what of it is done: as far as Alongside sees it, or by a tick."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Count, QuerySet

from alongside import guidance
from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.guidance.terms import Fact, Role, Stage
from alongside.people.queries import own as profile
from alongside.programmes import advice
from alongside.programmes.models import Objective, Participation, Programme
from alongside.programmes.rules.way import Step, now_and_next
from alongside.programmes.terms import Part, ProgrammeState
from alongside.readiness import queries as readiness
from alongside.readiness.queries import training
from alongside.readiness.terms import Asked, Need
from alongside.relationships.models import OwnTick, Tick
from alongside.relationships.queries.pairs import Pair, open_pairs, seen_from_outside
from alongside.relationships.queries.pairs import own as own_pairs
from alongside.relationships.queries.waiting import unpaired
from alongside.relationships.terms import Answer, Ending, State

OWN = frozenset({Fact.PROFILE, Fact.ROOM, Fact.TRAINING, Fact.CONFLICTS, Fact.AIMS})
"""Facts that only the one whom they are about is shown, and not on the page of a pair."""
_OTHERS = (Role.COORDINATOR, Role.LINE_MANAGER, Role.SUPERVISOR)


class Line(NamedTuple):
    """A duty as somebody sees it. `done` is None where this page does not say, or nobody can know.

    `key` names it to be ticked, "" where the actor cannot; `seen`: Alongside sees by itself whether it is done.
    """

    step: str
    words: str
    key: str = ""
    done: bool | None = None
    seen: bool = False
    mine: bool = False

    @property
    def state(self) -> str:
        """How it stands, in the words of the `status` component."""
        if self.done or not self.seen:
            return "done" if self.done else "plain"
        return "due" if self.mine else "waiting"


class Group(NamedTuple):
    """The duties of one role at one step. `who` is a name where it is somebody's of the pair."""

    role: Role
    who: str
    mine: bool
    lines: tuple[Line, ...]


class At(NamedTuple):
    """One step of the way with the duties of each role; `pairs` says how many a coordinator sees there."""

    name: str
    summary: str
    groups: tuple[Group, ...]
    pairs: int = 0

    @property
    def keeps_own(self) -> bool:
        """Is there something among the duties of the two that each sees of themselves alone?"""
        return any(line.done is None for group in self.groups if group.who for line in group.lines)

    @property
    def mine(self) -> Group | None:
        """What is the actor's own."""
        return next((group for group in self.groups if group.mine), None)


class Expected(NamedTuple):
    """What is expected now, and at the step that comes next: several where pairs stand at several."""

    now: tuple[At, ...]
    next: tuple[At, ...]


@dataclass(frozen=True)
class OfPart:
    """One part of somebody's, in a pair or outside of any, with what is expected of them in it."""

    participation: Participation
    pair: Pair | None
    expected: Expected

    @property
    def programme(self) -> Programme:
        """The programme that it belongs to."""
        return self.pair.programme if self.pair else self.participation.programme

    @property
    def ref(self) -> str:
        """The pair's ref, or the part's."""
        return self.pair.ref if self.pair else self.participation.ref


class _Seat(NamedTuple):
    """Somebody who has duties: in a pair, or in a programme outside of any."""

    role: Role
    who: str
    mine: bool
    participation: Participation | None = None
    pair: Pair | None = None


def ticks_visible_to(actor: Actor) -> QuerySet[Tick]:
    """The ticks of both in the actor's own pairs."""
    return Tick.objects.filter(relationship__in=own_pairs(actor))


def own_ticks_visible_to(actor: Actor) -> QuerySet[OwnTick]:
    """The actor's own ticks outside of any pair."""
    return OwnTick.objects.filter(participation__membership=actor.membership)


def own_parts(actor: Actor) -> QuerySet[Participation]:
    """The actor's own parts, in programmes that are not archived."""
    held = Participation.objects.filter(membership=actor.membership, until__isnull=True)
    return held.filter(programme__archived_at__isnull=True)


def of_pair(actor: Actor, pair: Pair, *, own: bool = False) -> Expected:
    """What is expected in one of the actor's own pairs: the same for both.

    `own`: with what the actor sees of themselves alone.
    """
    ended = not pair.relationship.is_open
    if ended and pair.relationship.ending != Ending.COMPLETED:
        return Expected((), ())
    now, after = now_and_next(advice.way(pair.programme), [Stage(pair.relationship.stage)])
    seats = _seats(pair)
    if ended:
        return Expected(tuple(_plain(step, seats) for step in now), ())
    sight = _Sight(actor, now, seats, own=own)
    return Expected(tuple(sight.at(step, seats) for step in now), tuple(_plain(step, seats) for step in after))


def own(actor: Actor) -> list[OfPart]:
    """What is expected of the actor in every part that they have: the same few queries for any number."""
    found = [_place(seat, [Stage(pair.relationship.stage)]) for pair in open_pairs(actor) for seat in _mine(pair)]
    found += [_place(_Seat(Role(held.part), "", True, held), [Stage.PREPARE]) for held in unpaired(actor)]
    led = list(own_parts(actor).filter(part=Part.COORDINATOR).select_related("programme").order_by("programme"))
    counts = _pairs_at(actor) if led else {}
    for held in led:
        here = counts.get(held.programme_id, {})
        found.append(_place(_Seat(Role.COORDINATOR, "", True, held), _stages_of(held.programme.state, here), here))
    sight = _Sight(actor, [step for place in found for step in place.now], [place.seat for place in found], own=True)
    return [_of_part(place, sight) for place in found]


class _Place(NamedTuple):
    """Where somebody's part stands on the way; `counts` pairs by stage, for a coordinator."""

    seat: "_Seat"
    now: Sequence[Step]
    next: Sequence[Step]
    counts: Mapping[Stage, int]


def _place(seat: "_Seat", stages: Collection[Stage], counts: Mapping[Stage, int] | None = None) -> _Place:
    programme = seat.pair.programme if seat.pair else seat.participation.programme
    return _Place(seat, *now_and_next(advice.way(programme), stages), counts or {})


def _of_part(place: _Place, sight: "_Sight") -> OfPart:
    seat = place.seat
    now = [sight.at(step, [seat], sum(place.counts.get(stage, 0) for stage in step.stages)) for step in place.now]
    after = tuple(_plain(step, [seat]) for step in place.next)
    return OfPart(seat.participation, seat.pair, Expected(tuple(now), after))


def _mine(pair: Pair) -> list["_Seat"]:
    return [seat for seat in _seats(pair) if seat.mine]


def ticked_by(expected: Expected, key: str) -> Line | None:
    """The duty that the actor ticks by this key now; None where there is none."""
    mine = [line for at in expected.now for group in at.groups if group.mine for line in group.lines]
    return next((line for line in mine if key and line.key == key), None)


def _seats(pair: Pair) -> list[_Seat]:
    two = [
        _Seat(Role(party.part), person.name, party == pair.my_party, party.participation, pair)
        for party, person in ((pair.mentee_party, pair.mentee), (pair.mentor_party, pair.mentor))
    ]
    return [*two, *(_Seat(role, "", mine=False) for role in _OTHERS)]


def _plain(step: Step, seats: Iterable[_Seat]) -> At:
    """A step of which nothing is said to be done: it is to come, or over."""
    groups = [
        Group(seat.role, seat.who, seat.mine, tuple(Line(step.key, words) for words in step.duties.get(seat.role, ())))
        for seat in seats
    ]
    return At(step.name, step.summary, tuple(group for group in groups if group.lines))


def _pairs_at(actor: Actor) -> dict[int, dict[Stage, int]]:
    """How many open pairs stand at each stage in each programme, as far as the actor sees them from outside.

    One that waits for answers is about getting to know each other.
    """
    held = seen_from_outside(actor).exclude(state=State.ENDED).order_by()
    found: dict[int, dict[Stage, int]] = {}
    for programme, stage, count in held.values_list("programme", "stage").annotate(Count("pk")):
        here, at = found.setdefault(programme, {}), Stage.CONNECT if stage == Stage.PREPARE else Stage(stage)
        here[at] = here.get(at, 0) + count
    return found


def _stages_of(state: str, pairs: Collection[Stage]) -> list[Stage]:
    """Where a programme stands: in preparation, where its pairs are, or over."""
    if state == ProgrammeState.DRAFT:
        return [Stage.PREPARE]
    if state == ProgrammeState.CLOSED:
        return [Stage.AFTER]
    return list(pairs) or [Stage.CONNECT]


class _Sight:
    """What an actor may know of the duties at some steps: asked of each package once, whatever the number of pairs."""

    def __init__(self, actor: Actor, steps: Sequence[Step], seats: Sequence[_Seat], *, own: bool) -> None:
        pairs = {seat.pair.ref: seat.pair for seat in seats if seat.pair}
        mine = [seat.participation for seat in seats if seat.mine and seat.participation]
        roles = {seat.role for seat in seats if seat.participation}
        facts = {
            fact
            for step in steps
            for role in roles
            for duty in step.duties.get(role, ())
            for fact in guidance.known(duty)
        }
        asked = [held for held in hooks.duty_facts if held.key in facts] if pairs else []
        self._shared = {held.key: set(held.done(actor, list(pairs.values()))) for held in asked}
        self._shows_own = own
        self._own = _own_facts(actor, mine, facts & OWN) if own else {}
        self._ticks = set(_ticks(actor, list(pairs.values()), [seat for seat in seats if not seat.pair]))

    def at(self, step: Step, seats: Iterable[_Seat], pairs: int = 0) -> At:
        """A step with the duties of each of these."""
        groups = []
        for seat in seats:
            lines = tuple(self._line(step, words, seat) for words in step.duties.get(seat.role, ()))
            if lines:
                groups.append(Group(seat.role, seat.who, seat.mine, lines))
        return At(step.name, step.summary, tuple(groups), pairs)

    def _line(self, step: Step, words: str, seat: _Seat) -> Line:
        if seat.participation is None:
            return Line(step.key, words)
        facts = guidance.known(words)
        if facts & OWN and not (self._shows_own and seat.mine):
            return Line(step.key, words)
        known = [self._holds(fact, seat) for fact in facts]
        if known and None not in known:
            return Line(step.key, words, "", all(known), seen=True, mine=seat.mine)
        done = (seat.pair.ref if seat.pair else "", seat.participation.pk, step.key, words) in self._ticks
        return Line(step.key, words, _key(step.key, words) if seat.mine else "", done, mine=seat.mine)

    def _holds(self, fact: Fact, seat: _Seat) -> bool | None:
        """Does it hold of whoever sits there? None where that cannot be seen."""
        if fact in OWN:
            return self._own.get((seat.participation.pk, fact)) if seat.participation else None
        if seat.pair is None or fact not in self._shared:
            return None
        return (seat.pair.ref, seat.role.value) in self._shared[fact]


def _ticks(actor: Actor, pairs: Sequence[Pair], outside: Sequence[_Seat]) -> Iterator[tuple[str, int, str, str]]:
    """What is ticked, as ref of the pair ("" outside of any), part, step and duty."""
    if pairs:
        held = ticks_visible_to(actor).filter(relationship__in=[pair.relationship.pk for pair in pairs])
        yield from held.values_list("relationship__ref", "participation", "step", "duty")
    if parts := [seat.participation for seat in outside if seat.participation]:
        own = own_ticks_visible_to(actor).filter(participation__in=parts)
        yield from (("", *row) for row in own.values_list("participation", "step", "duty"))


def _key(step: str, words: str) -> str:
    return sha256(f"{step}/{words}".encode()).hexdigest()[:12]


def _own_facts(actor: Actor, parts: Sequence[Participation], facts: Collection[Fact]) -> dict[tuple[int, Fact], bool]:
    """What the actor may know of themselves, by part: nothing of what their programme does not ask."""
    found: dict[tuple[int, Fact], bool] = {}
    if facts & {Fact.TRAINING, Fact.CONFLICTS}:
        trained = _trained(actor)
        for held in readiness.own(actor):
            part = held.participation
            if Asked.TRAINING in held.asked and part.part in trained:
                found[part.pk, Fact.TRAINING] = Asked.TRAINING not in held.to_do
            if Asked.CONFLICTS in held.asked:
                found[part.pk, Fact.CONFLICTS] = Asked.CONFLICTS not in held.to_do
    if Fact.PROFILE in facts:
        whole = all(page.done for page in profile.parts(actor))
        found |= {(part.pk, Fact.PROFILE): whole for part in parts}
    if Fact.ROOM in facts:
        found |= {(part.pk, Fact.ROOM): part.room_said_at is not None for part in parts if part.part == Part.MENTOR}
    if Fact.AIMS in facts:
        led = [part for part in parts if part.part == Part.COORDINATOR]
        aims = Objective.objects.filter(programme__in=[part.programme_id for part in led])
        written = set(aims.order_by().values_list("programme", flat=True))
        found |= {(part.pk, Fact.AIMS): part.programme_id in written for part in led}
    return found


def _trained(actor: Actor) -> set[str]:
    """The parts of which the organisation's training requires anything: where it does not, there is none to do."""
    found = training.visible_to(actor).filter(retired_at__isnull=True).values_list("mentors", "mentees")
    needs = [(Part.MENTOR, mentors) for mentors, _ in found] + [(Part.MENTEE, mentees) for _, mentees in found]
    return {part.value for part, need in needs if need == Need.REQUIRED}


def accepted(actor: Actor, pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """Who has said yes to which of these pairs, as ref and part."""
    parties = [(pair.ref, party) for pair in pairs for party in (pair.mentor_party, pair.mentee_party)]
    return {(ref, party.part) for ref, party in parties if party.answer == Answer.ACCEPTED}
