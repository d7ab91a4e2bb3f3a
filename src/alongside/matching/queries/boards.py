"""Reads of the board: pairs searched and sorted, what their people said then, marks, and what happened since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.foundation.jobs.models import Job
from alongside.matching.fit import Kept, One, Scale
from alongside.matching.models import Left, Mark, Opened, Proposal, Round, Run, Taker
from alongside.matching.queries import inputs, rounds
from alongside.matching.rules import Policy
from alongside.matching.terms import MarkKind, RoundState
from alongside.people.models import Profile
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part
from alongside.relationships.queries import by_hand

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
    if state == LOOK:
        return found.filter(~opened, worth_a_look=True)
    return found.filter(opened, worth_a_look=True) if state == SEEN else found


def sites(run: Run) -> list[str]:
    """The sites of whoever is in a run."""
    found = Taker.objects.filter(run=run).order_by().values_list("said__site", flat=True).distinct()
    return sorted({site for site in found if site})


def said(run: Run, people: Iterable[int]) -> dict[int, Taker]:
    """What some participations said when a run was made, by key."""
    return {held.participation_id: held for held in Taker.objects.filter(run=run, participation__in=list(people))}


def grades(run: Run) -> list[str]:
    """The grades of whoever is in a run."""
    found = Taker.objects.filter(run=run).order_by().values_list("said__grade", flat=True).distinct()
    return [grade for grade in found if grade]


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
    who = One(mentee.participation.ref, mentee.said)
    made = [_candidate(weighed, kept, who, held, counted) for held in mentors if held.participation_id not in near]
    return sorted(made, key=lambda one: (bool(one.forbidden_by), -one.score, one.participation.membership.name))


def _candidate(scale: Scale, kept: Kept, mentee: One, held: Taker, counted: dict[int, int]) -> Candidate:
    one = One(held.participation.ref, held.said)
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
        return any((self.come, self.gone, self.places, self.profiles, self.policy, self.marks))


def since(round_: Round, run: Run) -> Since:
    """What happened since a run was made, as far as it changes who can be paired."""
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
        policy=run.policy != rounds.policy_of(programme).kept,
        marks=not rounds.has_same_marks(round_, run),
    )


def _not_ready(run: Run, mentors: list[Participation]) -> int:
    """How many mentors who are not in a run are missing there because they are not ready."""
    return len(inputs.lacking(run.round.programme, Policy.from_kept(run.policy), mentors)) if mentors else 0
