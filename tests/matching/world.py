"""A programme with mentors and mentees of the cast, and what they say of themselves, for tests of matching."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.foundation import jobs
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.jobs.models import Job
from alongside.matching import actions
from alongside.matching.models import Round, Run
from alongside.matching.terms import RoundState
from alongside.people.models import Link, Profile, ProfileSkill, Skill
from alongside.people.roster.headers import fold
from alongside.programmes.models import Participation, Programme
from tests import cast


@dataclass(frozen=True)
class World:
    """Amara and Kwame mentor, Ben and Elin wait for a mentor; Carys coordinates."""

    programme: Programme
    carys: Actor
    amara: Participation
    kwame: Participation
    ben: Participation
    elin: Participation


def made() -> World:
    """Two mentors with a place each, two mentees; nobody has said anything of themselves."""
    home = cast.organisation()
    carys = cast.member("Carys Llewellyn", home, "coordinator")
    running = cast.programme(carys, launched=True)

    def part(name: str, what: str) -> Participation:
        return cast.takes_part(running, cast.member(name, home), what, carys, capacity=1)

    return World(
        running,
        carys,
        part("Amara Okafor", "mentor"),
        part("Kwame Mensah", "mentor"),
        part("Ben Thomas", "mentee"),
        part("Elin Berg", "mentee"),
    )


def says(held: Participation, *, offered: str = "", wanted: str = "", **work: Any) -> None:
    """Let somebody's profile say so; skills are separated by commas."""
    organisation = held.programme.organisation
    profile, _new = Profile.objects.update_or_create(
        membership=held.membership, defaults={"organisation": organisation, **work}
    )
    for side, said in (("offered", offered), ("wanted", wanted)):
        for name in filter(None, (word.strip() for word in said.split(","))):
            skill, _new = Skill.objects.get_or_create(
                organisation=organisation, folded=fold(name), defaults={"name": name, "state": "accepted"}
            )
            ProfileSkill.objects.get_or_create(profile=profile, skill=skill, side=side)


def actor(held: Participation) -> Actor:
    """Whoever takes part, as they act."""
    found = actor_of(held.membership)
    assert found is not None
    return found


def more(world: World, count: int) -> None:
    """So many more mentees, each with a profile and something that they want; each third a mentor too."""
    for number in range(count):
        new = cast.member(f"Person {number}", world.programme.organisation)
        says(cast.takes_part(world.programme, new, "mentee", world.carys), wanted="Budgets", grade=f"Band {number % 7}")
        if number % 3 == 0:
            other = cast.member(f"Other {number}", world.programme.organisation)
            says(cast.takes_part(world.programme, other, "mentor", world.carys), offered="Budgets")


def manages(manager: Participation, *managed: Participation) -> None:
    """Let somebody be the line manager of others."""
    for held in managed:
        Link.objects.create(source=manager.membership, target=held.membership)


def worked_out(world: World, *, seed: int = 7, **how: bool) -> tuple[Round, Run]:
    """Begin a round, or go on with it, and let the engine run for it."""
    found = Round.objects.filter(programme=world.programme, state="draft").first()
    round_ = found or actions.begin_round(world.programme, by=world.carys)
    run = actions.begin_run(round_, by=world.carys, seed=seed, **how)
    jobs.run_pending()
    run.refresh_from_db()
    round_.refresh_from_db()
    return round_, run


Found = tuple[Participation, Participation]
POINTS = {"skills": 550_000, "site": 100_000}
_NUMBERS = ("matched", "total", "worst", "bound", "gap", "violators", "allowed_pairs", "possible_pairs")


def given(
    world: World,
    *pairs: Found,
    left: Iterable[Participation] = (),
    others: Mapping[str, Iterable[Participation]] | None = None,
) -> tuple[Round, Run]:
    """A round with an answer by hand, mentee and mentor for each pair: what is published does not hang on the engine.

    `others` are those who would fit a mentee next, the best first, by the mentee's ref.
    """
    round_ = actions.begin_round(world.programme, by=world.carys)
    run = actions.begin_run(round_, by=world.carys, seed=7)
    answer: dict[str, Any] = dict.fromkeys(_NUMBERS, 0) | {"forbidden": {}, "prices": {}, "scarce": [], "by_skill": []}
    answer["fingerprint"] = "by hand"
    score, fitting = sum(POINTS.values()), others or {}
    answer["pairs"] = [
        {
            "mentee": mentee.ref,
            "mentor": mentor.ref,
            "score": score,
            "points": POINTS,
            "pinned": False,
            "others": [
                {"mentor": held.ref, "score": score - place, "points": POINTS}
                for place, held in enumerate(fitting.get(mentee.ref, ()), start=1)
            ],
        }
        for mentee, mentor in pairs
    ]
    detail = dict.fromkeys(("allowed", "rivals", "between_count", "changes_count"), 0)
    answer["left"] = [
        {"mentee": held.ref, "lack": "too_few_places", "kept_apart": {}, "between": [], "changes": [], **detail}
        for held in left
    ]
    actions.keep_answer(run, answer | {"matched": len(pairs)}, by=world.carys)
    Job.objects.filter(ref=run.job_ref).delete()  # nobody is to work it out as well
    run.refresh_from_db()
    return round_, run


def lock(round_: Round, run: Run, by: Actor, *, words: str = "") -> Round:
    """Look through a round and lock it."""
    for left in run.left.select_related("mentee"):
        actions.look(round_, left.mentee, by=by)
    for pair in run.proposals.filter(worth_a_look=True).select_related("mentee", "mentor"):
        actions.look(round_, pair.mentee, pair.mentor, by=by)
    if words:
        round_ = actions.write(round_, words, by=by, seen=round_.revision)
    for to in (RoundState.REVIEWED, RoundState.LOCKED):
        round_ = actions.move(round_, to, by=by, seen=round_.revision)
    return round_


def published(world: World, *pairs: Found, words: str = "", **found: Any) -> Round:
    """A round with these pairs that Carys has published."""
    return actions.publish(lock(*given(world, *pairs, **found), world.carys, words=words), by=world.carys)


def joins(world: World, name: str, what: str, capacity: int = 1) -> Participation:
    """Somebody more takes part."""
    member = cast.member(name, world.programme.organisation)
    return cast.takes_part(world.programme, member, what, world.carys, capacity=capacity)
