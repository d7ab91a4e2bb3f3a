"""What a run looks at: who waits, who has room, what they say of themselves, and who is kept apart."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from alongside.foundation.sets import handfuls
from alongside.matching.fit import One, Scale
from alongside.matching.models import Wish
from alongside.matching.queries import offers
from alongside.matching.rules import Policy
from alongside.matching.terms import Ready, RuleName
from alongside.people.models import Link, Profile, ProfileSkill, WeeklyTime
from alongside.people.queries import own_fields
from alongside.people.queries.room import rooms
from alongside.people.terms import LinkKind, Side
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part
from alongside.readiness.queries import standings
from alongside.readiness.terms import Asked
from alongside.relationships.models import Party
from alongside.relationships.queries import by_hand, mentees_of
from alongside.relationships.terms import Ending, PairPart

Couple = tuple[str, str]  # the refs of a mentee's participation and a mentor's


@dataclass
class Someone:
    """A participation with its places and what the criteria and rules look at."""

    participation: Participation
    places: int = 1
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """The participation's ref."""
        return self.participation.ref

    @property
    def one(self) -> One:
        """As criteria and rules see them."""
        return One(self.ref, self.said)

    @property
    def member(self) -> int:
        """The membership's key."""
        return self.participation.membership_id


@dataclass
class Cohort:
    """Who is to be paired in a programme now. `lacking` have not done what it asks; `paused` take nobody now.

    `missing` says what each of the lacking has not done, by the primary key of their participation. `grades` are those
    of all who take part: how many grades one is above another hangs on nobody else being paired already.
    """

    mentees: list[Someone] = field(default_factory=list)
    mentors: list[Someone] = field(default_factory=list)
    lacking: list[Participation] = field(default_factory=list)
    paused: list[Participation] = field(default_factory=list)
    missing: dict[int, Sequence[Asked]] = field(default_factory=dict)
    grades: list[str] = field(default_factory=list)

    @property
    def places(self) -> int:
        """How many mentees all the mentors together have room for."""
        return sum(mentor.places for mentor in self.mentors)

    def scale(self, policy: Policy) -> Scale:
        """By what two of them are weighed."""
        sides = [one.one for one in self.mentees], [one.one for one in self.mentors]
        return Scale.of(policy, *sides, grades=self.grades)


def cohort(programme: Programme, policy: Policy) -> Cohort:
    """Everybody who waits and everybody who has room, with what they say of themselves, by name."""
    waiting = list(by_hand.mentees_waiting(programme).exclude(pk__in=offers.choosing(programme)))
    with_room = list(by_hand.mentors_with_room(programme))
    not_ready, free = lacking(programme, policy, [*waiting, *with_room]), free_places(with_room)
    able = [held for held in with_room if held.pk not in not_ready]
    found = Cohort(
        mentees=[Someone(held) for held in waiting if held.pk not in not_ready],
        mentors=[Someone(held, free[held.pk]) for held in able if free[held.pk]],
        lacking=[held for held in (*waiting, *with_room) if held.pk in not_ready],
        paused=[held for held in able if not free[held.pk]],
        missing=not_ready,
        grades=_grades_of(programme),
    )
    _fill(programme, policy, [*found.mentees, *found.mentors])
    return found


def _grades_of(programme: Programme) -> list[str]:
    held = Participation.objects.filter(programme=programme, until__isnull=True, part__in=[Part.MENTEE, Part.MENTOR])
    found = Profile.objects.filter(membership__in=held.values("membership")).exclude(grade="")
    return sorted(found.order_by().values_list("grade", flat=True).distinct())


def lacking(programme: Programme, policy: Policy, people: Iterable[Participation]) -> dict[int, Sequence[Asked]]:
    """Who of these people has not done what the programme asks of them before they are paired, by key, and what."""
    asked = {Ready.MENTORS: {Part.MENTOR}, Ready.BOTH: {Part.MENTOR, Part.MENTEE}}.get(Ready(policy.ready), set())
    keys = [held.pk for held in people if held.part in asked]
    found = (one for handful in handfuls(keys) for one in standings(programme, handful))
    return {one.participation.pk: one.lacking for one in found if one.lacking}


def free_places(mentors: Collection[Participation]) -> dict[int, int]:
    """How many mentees each takes now: free places here, and no more than they want over all programmes."""
    free: dict[int, int] = {}
    for handful in handfuls(mentors):
        said, has = rooms(held.membership for held in handful), mentees_of(held.membership_id for held in handful)
        kept = offers.kept_places(handful)
        for held in handful:
            room, here = said[held.membership_id], held.capacity - getattr(held, "taken", 0) - kept.get(held.pk, 0)
            left = here if room.most is None else min(here, room.most - has.get(held.membership_id, 0))
            free[held.pk] = 0 if room.paused else max(0, left)
    return free


_WORK = (
    "grade", "department", "team", "site", "job_title", "headline", "career_aim", "languages", "interests",
    "ways_to_meet",
)  # fmt: skip


def _fill(programme: Programme, policy: Policy, everybody: list[Someone]) -> None:
    """What each says of themselves: the same for both parts of one person. A few queries for every 500 people."""
    said: dict[int, dict[str, Any]] = {one.member: {} for one in everybody}
    for handful in handfuls(said):
        profiles = Profile.objects.filter(membership__in=handful).values("membership_id", "start_date", *_WORK)
        for held in profiles:
            kept = {name: held[name] for name in _WORK if held[name]}
            start = {"since": held["start_date"].isoformat()} if held["start_date"] else {}
            said[held["membership_id"]] |= kept | start
        for side in Side:
            rows = ProfileSkill.objects.filter(profile__membership__in=handful, side=side).order_by("skill__name")
            for member, name in rows.values_list("profile__membership_id", "skill__name"):
                said[member].setdefault(side.value, []).append(name)
        times = WeeklyTime.objects.filter(profile__membership__in=handful).order_by("day", "part")
        for member, day, part in times.values_list("profile__membership_id", "day", "part"):
            said[member].setdefault("hours", []).append(f"{day} {part}")
        for member, count in mentees_of(handful).items():
            said[member]["mentees"] = count
    asked = {looked.field for looked in policy.own_fields}
    for told in own_fields.said_of_all(said if asked else ()):
        if told.field in asked:
            said[told.member].setdefault("own", {})[told.field] = told.choice
    for one in everybody:
        one.said = said[one.member]
    _add_wishes(programme, everybody)


def _add_wishes(programme: Programme, everybody: list[Someone]) -> None:
    by_key = {one.participation.pk: one for one in everybody}
    for by, about in Wish.objects.filter(by__programme=programme).order_by("rank").values_list("by", "about"):
        if by in by_key and about in by_key:
            one = by_key[by]
            one.said = {**one.said, "wishes": [*one.said.get("wishes", []), by_key[about].ref]}


def apart(programme: Programme, found: Cohort, policy: Policy) -> dict[str, list[Couple]]:
    """Whom each rule about single people keeps apart, by the rule's name."""
    mentees = {one.member: one.ref for one in found.mentees}
    mentors = {one.member: one.ref for one in found.mentors}
    kept = {
        RuleName.SELF: {(member, member) for member in mentees.keys() & mentors.keys()},
        RuleName.MANAGER: _line(mentees, mentors, policy.line),
        RuleName.DECLINED: _met_before(mentees, mentors, relationship__ending__in=[Ending.DECLINED, Ending.NO_FAULT]),
        RuleName.HELD: _met_before(mentees, mentors, relationship__held_at__isnull=False),
    }
    if policy.before:  # what was only proposed, and taken back, is no pair
        kept[RuleName.BEFORE] = _met_before(mentees, mentors, relationship__accepted_at__isnull=False)
    return {
        rule.value: sorted((mentees[mentee], mentors[mentor]) for mentee, mentor in couples)
        for rule, couples in kept.items()
        if couples
    }


def _line(mentees: Collection[int], mentors: Collection[int], levels: int) -> set[tuple[int, int]]:
    """Each mentee with whoever is above them in the line of management, up to so many levels; a circle ends."""
    above: dict[int, set[int]] = {member: {member} for member in mentees}  # whom each has been followed to
    edge, found = {member: {member} for member in mentees}, set[tuple[int, int]]()
    for _level in range(levels):
        managers = _managers({member for held in edge.values() for member in held})
        edge = {
            mentee: {managers[member] for member in held if member in managers} - above[mentee]
            for mentee, held in edge.items()
        }
        edge = {mentee: held for mentee, held in edge.items() if held}
        for mentee, held in edge.items():
            above[mentee] |= held
            found |= {(mentee, manager) for manager in held if manager in mentors}
    return found


def _managers(people: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for handful in handfuls(sorted(people)):
        links = Link.objects.filter(kind=LinkKind.MANAGES, target__in=handful, until__isnull=True)
        found.update(links.values_list("target_id", "source_id"))
    return found


def _met_before(mentees: Collection[int], mentors: Collection[int], **which: Any) -> set[tuple[int, int]]:
    """Who are or were in such a pair with each other, in whichever parts and programme."""
    pairs: dict[int, dict[str, int]] = {}
    everybody = sorted({*mentees, *mentors})
    for handful in handfuls(everybody):
        held = Party.objects.filter(participation__membership__in=handful, **which)
        for pair, part, member in held.values_list("relationship_id", "part", "participation__membership_id"):
            pairs.setdefault(pair, {})[part] = member
    both = [(held.get(PairPart.MENTEE), held.get(PairPart.MENTOR)) for held in pairs.values()]
    either_way = {two for one, other in both if one and other for two in ((one, other), (other, one))}
    return {(mentee, mentor) for mentee, mentor in either_way if mentee in mentees and mentor in mentors}
