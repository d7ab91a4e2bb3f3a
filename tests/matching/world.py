"""A programme with mentors and mentees of the cast, and what they say of themselves, for tests of matching."""

from dataclasses import dataclass
from typing import Any

from alongside.foundation import jobs
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.queries import actor_of
from alongside.matching import actions
from alongside.matching.models import Round, Run
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
