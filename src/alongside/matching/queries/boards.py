"""Reads of the board: pairs searched and sorted, what their people said then, marks, and what happened since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT

from alongside.foundation.identity.actors import Actor
from alongside.foundation.jobs.models import Job
from alongside.matching.fit import Kept, One, Scale
from alongside.matching.models import Left, Mark, MatchingPolicy, Opened, Proposal, Round, Run, Taker
from alongside.matching.queries import inputs, rounds
from alongside.matching.rules import Policy
from alongside.matching.terms import MarkKind, OfferState, RoundState
from alongside.people.models import Link, Profile
from alongside.people.terms import LinkKind
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries import by_hand
from alongside.relationships.terms import Answer, State

LOOK, SEEN, HELD = "look", "seen", "held"
"""What the list of pairs can be narrowed to: still to be looked at, looked at, locked."""

_SORTS = {
    "fit": ("score", "id"),
    "-fit": ("-score", "id"),
    "name": ("mentee__membership__name", "id"),
    "-name": ("-mentee__membership__name", "id"),
    "mentor": ("mentor__membership__name", "id"),
    "-mentor": ("-mentor__membership__name", "id"),
}


def latest(actor: Actor, programme: Programme) -> Round | None:
    """The round that is being worked on, or else the last that was published and not taken back."""
    found = rounds.visible_to(actor).filter(programme=programme)
    shown = found.exclude(state__in=[RoundState.UNDONE, RoundState.DISCARDED])
    return rounds.open_round(actor, programme) or shown.first()


def last_attempt(round_: Round) -> Run | None:
    """The newest run of a round, however it ended."""
    return rounds.runs(round_).first()


def is_offered(round_: Round) -> bool:
    """Did mentees get a few to choose from when a round was published?"""
    return round_.offers.exists()


def is_answered(round_: Round) -> bool:
    """Has anybody answered or chosen, or was a pair withdrawn, of what a round published? It stays published then."""
    if round_.offers.exclude(state=OfferState.OPEN).exists():
        return True
    pairs = Relationship.objects.filter(pk__in=round_.published.values("relationship"))
    answered = Party.objects.filter(relationship__in=pairs).exclude(answer=Answer.WAITING).exists()
    return answered or pairs.exclude(state=State.PROPOSED).exists()


def job_of(ref: str) -> Job | None:
    """The work with this ref, whoever began it: coordinators of one programme see each other's runs."""
    return Job.objects.filter(ref=ref).first() if ref else None


# --- pairs


def search(found: QuerySet[Proposal], round_: Round, chosen: dict[str, str], sort: str = "") -> QuerySet[Proposal]:
    """Pairs by name of either, by state and by site, sorted."""
    for word in chosen.get("q", "").split():
        found = found.filter(_named("mentee", word) | _named("mentor", word))
    if site := chosen.get("site"):
        here = Taker.objects.filter(run__round=round_, said__site=site).values("participation")
        found = found.filter(Q(mentee__in=here) | Q(mentor__in=here))
    if state := chosen.get("state"):
        found = _in_state(found, round_, state)
    return found.order_by(*_SORTS.get(sort, _SORTS["-fit"]))


def _named(side: str, word: str) -> Q:
    return Q(**{f"{side}__membership__name__icontains": word}) | Q(**{f"{side}__membership__known_as__icontains": word})


def _in_state(found: QuerySet[Proposal], round_: Round, state: str) -> QuerySet[Proposal]:
    two = {"mentee": OuterRef("mentee"), "mentor": OuterRef("mentor")}
    opened = Exists(Opened.objects.filter(round=round_, **two))
    if state == HELD:
        return found.filter(Exists(Mark.objects.filter(round=round_, kind=MarkKind.HOLD, **two)))
    if state not in (LOOK, SEEN):
        return found
    close = about_coordinators(round_)
    found = found.filter(Q(worth_a_look=True) | Q(mentee__in=close) | Q(mentor__in=close))
    return found.filter(~opened if state == LOOK else opened)


def about_coordinators(round_: Round) -> QuerySet[Participation]:
    """The parts of the programme's coordinators and of whom they manage: one of the others looks at those."""
    leads = Participation.objects.filter(programme=round_.programme_id, part=Part.COORDINATOR, until__isnull=True)
    people = leads.values("membership")
    managed = Link.objects.filter(kind=LinkKind.MANAGES, source__in=people, until__isnull=True).values("target")
    return Participation.objects.filter(Q(membership__in=people) | Q(membership__in=managed))


def left_to_look(actor: Actor, round_: Round, run: Run) -> tuple[int, int]:
    """How many people who are not placed and how many pairs the actor has still to look at."""
    looked = Opened.objects.filter(round=round_, mentor__isnull=True).values("mentee")
    people = rounds.left(actor, run).exclude(mentee__in=looked)
    return people.count(), search(rounds.proposals(actor, run), round_, {"state": LOOK}).count()


def close_to_coordinators(round_: Round, people: Collection[int]) -> set[int]:
    """Who of these is a coordinator of the programme, or managed by one, by key."""
    return set(about_coordinators(round_).filter(pk__in=list(people)).values_list("pk", flat=True))


def sites(run: Run) -> list[str]:
    """The sites of whoever is in a run."""
    return sorted(_said_by_anybody(run, "site"))


def said(run: Run, people: Iterable[int]) -> dict[int, Taker]:
    """What some participations said when a run was made, by key."""
    return {held.participation_id: held for held in Taker.objects.filter(run=run, participation__in=list(people))}


def grades(run: Run) -> list[str]:
    """The grades of all who took part, and of whoever is in a run; asked once for each that was loaded."""
    if run.grades is None:
        run.grades = run.figures.get("grades") or _said_by_anybody(run, "grade")
    return run.grades


def _said_by_anybody(run: Run, what: str) -> list[str]:
    """The different things that people in a run said, as text: a grade may look like a number."""
    found = Taker.objects.filter(run=run).order_by().annotate(what=KT(f"said__{what}"))
    return [said for said in found.values_list("what", flat=True).distinct() if said]


def taken(run: Run, mentors: Collection[int]) -> dict[int, int]:
    """How many mentees a run gives each of these mentors."""
    held = Proposal.objects.filter(run=run, mentor__in=list(mentors)).order_by().values("mentor")
    return dict(held.annotate(count=Count("pk")).values_list("mentor", "count"))


def opened(round_: Round, mentees: Collection[int]) -> set[tuple[int, int | None]]:
    """Which of these mentees, and with which mentor, a coordinator has looked at."""
    found = Opened.objects.filter(round=round_, mentee__in=list(mentees))
    return set(found.values_list("mentee", "mentor"))


def marked(actor: Actor, round_: Round) -> list[Mark]:
    """The locks and bans of a round about people whom the actor may look at, the newest first."""
    close = rounds.near(actor)
    found = Mark.objects.filter(round=round_).exclude(mentee__in=close).exclude(mentor__in=close)
    return list(found.select_related("mentee__membership", "mentor__membership", "by").order_by("-at", "-id"))


def apart_from_oneself(actor: Actor, run: Run) -> int:
    """How many pairs and people of a run another coordinator looks at, because they are near to the actor."""
    close = rounds.near(actor)
    pairs = Proposal.objects.filter(Q(mentee__in=close) | Q(mentor__in=close), run=run)
    return pairs.count() + Left.objects.filter(run=run, mentee__in=close).count()


def people(actor: Actor, refs: Iterable[str]) -> dict[str, Participation]:
    """Participations by ref, without those that are near to the actor."""
    found = Participation.objects.filter(ref__in=set(refs)).exclude(pk__in=rounds.near(actor))
    return {held.ref: held for held in found.select_related("membership", "programme")}


# --- everybody who could be somebody's mentor


@dataclass(frozen=True)
class Candidate:
    """A mentor of a run for one mentee: the score, by criterion, what forbids it, and the places that are left."""

    participation: Participation
    one: One
    points: dict[str, int]
    forbidden_by: list[str]
    places: int
    taken: int

    @property
    def score(self) -> int:
        """Of a million."""
        return sum(self.points.values())


def scale(run: Run, mentors: Iterable[Taker]) -> Scale:
    """The points of a run, from what its mentors offered."""
    return Scale(
        Policy.from_kept(run.policy),
        grades=grades(run),
        offers=[held.said.get("offered", []) for held in mentors],
    )


def candidates(actor: Actor, run: Run, mentee: Taker) -> list[Candidate]:
    """Every mentor of a run for a mentee, those who fit best first and those whom rules forbid last: four queries."""
    found = Taker.objects.filter(run=run, participation__part=Part.MENTOR)
    mentors = list(found.select_related("participation__membership"))
    near = set(rounds.near(actor).values_list("pk", flat=True))
    weighed, kept = scale(run, mentors), Kept(run.apart)
    counted = taken(run, [held.participation_id for held in mentors])
    who = One(mentee.participation.ref, _without_wishes(mentee))
    made = [_candidate(weighed, kept, who, held, counted) for held in mentors if held.participation_id not in near]
    return sorted(made, key=lambda one: (bool(one.forbidden_by), -one.score, one.participation.membership.name))


def _without_wishes(held: Taker) -> dict[str, Any]:
    """What somebody said, but not whom they asked for: one mentor after another would tell whoever looks."""
    return {what: said for what, said in held.said.items() if what != "wishes"}


def _candidate(scale: Scale, kept: Kept, mentee: One, held: Taker, counted: dict[int, int]) -> Candidate:
    one = One(held.participation.ref, _without_wishes(held))
    forbidden = [name.value for name in scale.forbidden_by(mentee, one, kept)]
    points = scale.points(mentee, one)
    return Candidate(held.participation, one, points, forbidden, held.places, counted.get(held.participation_id, 0))


# --- since then


@dataclass(frozen=True)
class Since:
    """What happened since a run was made: who has come, who has gone, whose places or profile are others now."""

    come: int = 0
    gone: int = 0
    places: tuple[str, ...] = ()
    profiles: int = 0
    policy: bool = False
    marks: bool = False

    @property
    def anything(self) -> bool:
        """Is the run behind?"""
        return any((self.come, self.places, self.profiles, self.is_in_the_way))

    @property
    def is_in_the_way(self) -> bool:
        """Can the pairs not be published as they are?"""
        return self.policy or self.marks or bool(self.gone)


def since(round_: Round, run: Run, policy: MatchingPolicy) -> Since:
    """What happened since a run was made, as far as it changes who can be paired. `policy` holds now."""
    programme = run.round.programme
    was = dict(Taker.objects.filter(run=run).values_list("participation", "places"))
    known = was.keys() | set(Left.objects.filter(run=run).values_list("mentee", flat=True))
    mentors = list(by_hand.mentors_with_room(programme))
    free = {key: count for key, count in inputs.free_places(mentors).items() if count}
    now = set(by_hand.mentees_waiting(programme).values_list("pk", flat=True)) | free.keys()
    theirs = Taker.objects.filter(run=run).values("participation__membership")
    return Since(
        come=len(now - known) - _not_ready(run, [held for held in mentors if held.pk in free.keys() - known]),
        gone=len(was.keys() - now),
        places=tuple(
            held.membership.name for held in mentors if was.get(held.pk, free.get(held.pk)) != free.get(held.pk)
        ),
        profiles=Profile.objects.filter(changed_at__gt=run.begun_at, membership__in=theirs).count(),
        policy=run.policy != policy.kept,
        marks=not rounds.agrees_with_marks(round_, run),
    )


def _not_ready(run: Run, mentors: list[Participation]) -> int:
    """How many mentors who are not in a run are missing there because they are not ready."""
    return len(inputs.lacking(run.round.programme, Policy.from_kept(run.policy), mentors)) if mentors else 0


def plain_scale(run: Run) -> Scale:
    """What reasons in words need of a run; not for points, which depend on what all its mentors offer."""
    return Scale(Policy.from_kept(run.policy), grades=grades(run), offers=[])


@dataclass(frozen=True)
class Changed:
    """A mentee whose mentor is another one in a later run; None where there is none."""

    mentee: Participation
    before: Proposal | None
    after: Proposal | None


def changes(actor: Actor, before: Run, after: Run) -> list[Changed]:
    """The mentees whose pair differs between two runs, by name, of those whom the actor may look at: two queries."""
    had, has = ({one.mentee_id: one for one in rounds.proposals(actor, run)} for run in (before, after))
    found = []
    for key in {**had, **has}:
        old, new = had.get(key), has.get(key)
        if not (old and new and old.mentor_id == new.mentor_id):
            found.append(Changed((new or old).mentee, old, new))
    return sorted(found, key=lambda one: one.mentee.membership.name)
