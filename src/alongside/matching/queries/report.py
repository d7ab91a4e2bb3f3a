"""What a coordinator wants to know before a programme is matched: places, what rules forbid, who needs a look."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import GONE, MembershipState
from alongside.foundation.sets import handfuls
from alongside.matching import counting, silence
from alongside.matching.counting import Forbidden
from alongside.matching.fit import Scale
from alongside.matching.queries import inputs
from alongside.matching.queries.inputs import Cohort, Someone
from alongside.matching.queries.rounds import near
from alongside.matching.rules import Policy
from alongside.matching.terms import AnyLooked, AnyRule, Noted
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import participants
from alongside.programmes.terms import Part
from alongside.readiness.queries import conflicts
from alongside.readiness.terms import Asked, Decision
from alongside.relationships.queries import by_hand


@dataclass
class Person:
    """Somebody with what is worth knowing of them.

    `room` says why they take nobody; `rules`, where the rules leave them nobody, how many each keeps from them.
    """

    participation: Participation
    places: int = 0
    notes: list[Noted] = field(default_factory=list)
    missing: list[Asked] = field(default_factory=list)
    silent: list[AnyLooked] = field(default_factory=list)
    room: str = ""
    rules: Mapping[AnyRule, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """A programme before it is matched.

    `silent` counts, for everything that is looked at, the mentees and the mentors who say nothing of it; `hidden` are
    those near to the actor to whom the rules leave nobody.
    """

    policy: Policy
    cohort: Cohort
    forbidden: Forbidden
    people: list[Person]
    silent: Mapping[AnyLooked, Mapping[Part, int]]
    kept_apart: int  # conflicts of interest that were decided so; whom they are about stands in words only
    hidden: int

    def count(self, noted: Noted) -> int:
        """Of how many people this is noted."""
        return sum(noted in one.notes for one in self.people)


def report(actor: Actor, programme: Programme, policy: Policy) -> Report:
    """All of it, as it is now: the same number of queries for few and for some hundred people."""
    cohort = inputs.cohort(programme, policy)
    scale = cohort.scale(policy)
    sides = [one.one for one in cohort.mentees], [one.one for one in cohort.mentors]
    forbidden = counting.forbidden(scale, *sides, inputs.apart(programme, cohort, policy))
    looked = silence.looked_at(policy)
    silent = {one.ref: _silent(part, one, looked, scale) for part, one in _sides(cohort)}
    close = set(near(actor).filter(programme=programme).values_list("ref", flat=True))
    alone = {**forbidden.nobody, **{ref: dict[AnyRule, int]() for ref in forbidden.unasked}}
    shown = {ref: by for ref, by in alone.items() if ref not in close}
    noted = [*_of_cohort(cohort, silent, shown), *_others(programme, cohort)]
    for one in noted:
        _note_joining(one)
    return Report(
        policy=policy,
        cohort=cohort,
        forbidden=forbidden,
        people=sorted((one for one in noted if one.notes), key=_order),
        silent={held: _by_part(held, cohort, silent) for held in looked},
        kept_apart=conflicts.to_decide(actor, programme).filter(decision=Decision.APART).count(),
        hidden=len(alone) - len(shown),
    )


def _order(one: Person) -> tuple[str, str, int]:
    return one.participation.membership.name.casefold(), one.participation.part, one.participation.pk


def _sides(cohort: Cohort) -> Iterator[tuple[Part, Someone]]:
    for part, people in ((Part.MENTEE, cohort.mentees), (Part.MENTOR, cohort.mentors)):
        for one in people:
            yield part, one


def _silent(part: Part, one: Someone, looked: Iterable[AnyLooked], scale: Scale) -> list[AnyLooked]:
    return [held for held in looked if silence.is_silent(held, one.one, part, scale)]


def _by_part(looked: AnyLooked, cohort: Cohort, silent: Mapping[str, list[AnyLooked]]) -> dict[Part, int]:
    sides = {Part.MENTEE: cohort.mentees, Part.MENTOR: cohort.mentors}
    return {part: sum(looked in silent[one.ref] for one in people) for part, people in sides.items()}


def _of_cohort(
    cohort: Cohort, silent: Mapping[str, list[AnyLooked]], alone: Mapping[str, Mapping[AnyRule, int]]
) -> Iterator[Person]:
    """Those who are to be paired."""
    for _part, one in _sides(cohort):
        made = Person(one.participation, one.places, silent=silent[one.ref], rules=alone.get(one.ref, {}))
        made.notes += [Noted.NOBODY] if one.ref in alone else []
        made.notes += [Noted.SILENT] if made.silent else []
        yield made


def _others(programme: Programme, cohort: Cohort) -> Iterator[Person]:
    """Those who are not: they lack something, take nobody now, or have no place left."""
    for held in cohort.lacking:
        yield Person(held, notes=[Noted.NOT_READY], missing=list(cohort.missing[held.pk]))
    for handful in handfuls(cohort.paused):
        words = by_hand.without_room(handful)
        for held in handful:
            yield Person(held, notes=[Noted.NO_ROOM], room=words.get(held.membership_id, ""))
    there = {held.pk for held in (*cohort.lacking, *cohort.paused)}
    there |= {one.participation.pk for one in cohort.mentors}
    for held in participants(programme, Part.MENTOR).exclude(membership__state__in=GONE):
        if held.pk not in there:
            yield Person(held, notes=[Noted.FULL])


def _note_joining(one: Person) -> None:
    if one.participation.membership.state != MembershipState.ACTIVE and Noted.FULL not in one.notes:
        one.notes.append(Noted.NOT_JOINED)
