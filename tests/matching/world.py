"""A programme with mentors and mentees of the cast, and what they say of themselves, for tests of matching."""

from dataclasses import dataclass
from typing import Any

from alongside.foundation import jobs
from alongside.foundation.identity.actors import Actor
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


def locked(world: World, *, words: str = "", **how: Any) -> Round:
    """A round that is worked out, looked through and locked."""
    round_, run = worked_out(world, **how)
    for left in run.left.select_related("mentee"):
        actions.look(round_, left.mentee, by=world.carys)
    for pair in run.proposals.filter(worth_a_look=True).select_related("mentee", "mentor"):
        actions.look(round_, pair.mentee, pair.mentor, by=world.carys)
    if words:
        round_ = actions.write(round_, words, by=world.carys, seen=round_.revision)
    for to in (RoundState.REVIEWED, RoundState.LOCKED):
        round_ = actions.move(round_, to, by=world.carys, seen=round_.revision)
    return round_


def published(world: World, **how: Any) -> Round:
    """A round that is published, by Carys."""
    return actions.publish(locked(world, **how), by=world.carys)
