"""How Northgate's people get ready: a code of ethics in two versions, and who has accepted which."""

from alongside.demo import people as cast
from alongside.demo.beginnings import LEADERS
from alongside.demo.people import NORTHGATE
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.readiness import actions
from alongside.readiness.queries import in_force

MENTORS = ("amara", "mateo", "noor", "joanna")  # Idris has read the first version only


def tell(world: World) -> None:
    """Plan it: the code before the launch, a new version of it later, which most mentors have accepted."""
    stage = DemoStage.INITIATION
    world.at(3, 14, stage, lambda: _state(world))
    world.at(3, 15, stage, lambda: _ask(world))
    for number, who in enumerate((*MENTORS, "idris")):
        world.at(4, 10 + number / 4, stage, lambda who=who: _accept(world, who))
    world.at(4, 15, stage, lambda: _state_at_harbour(world))
    world.at(4, 16, stage, lambda: _accept(world, "mateo2"))
    world.at(38, 15, DemoStage.UNDER_WAY, lambda: _state_anew(world))
    for number, who in enumerate(MENTORS):
        world.at(39, 10 + number / 4, DemoStage.UNDER_WAY, lambda who=who: _accept(world, who))


def _state(world: World) -> None:
    said = actions.Written("Global Code of Ethics", "Version 3, July 2021", "https://www.globalcodeofethics.org/")
    actions.state_code(said, seen=0, by=world.actor("carys"))


def _state_anew(world: World) -> None:
    """The same code, with two sentences of Northgate's own."""
    own = world.plant(
        "Nobody at Northgate mentors somebody whose rota they write", "Northgate’s own part of the code",
        cast.keys(NORTHGATE),
    )  # fmt: skip
    held = in_force(world.organisations[NORTHGATE])
    if held is None:
        raise LookupError("there is no code")
    text = f"{own}.\n\nWhoever is not sure asks Carys or Iris before the next session."
    said = actions.Written(held.name, "Version 3, with our own part", held.link, text)
    actions.state_code(said, seen=held.number, by=world.actor("carys"))


def _state_at_harbour(world: World) -> None:
    text = "- We turn up.\n- What we hear stays with us, unless somebody is in danger.\n- We ask before we advise."
    actions.state_code(actions.Written("How we mentor", text=text), seen=0, by=world.actor("bronagh"))


def _ask(world: World) -> None:
    """Carys says what is asked of her mentors; nobody is held up by it. Bronagh leaves it as it comes."""
    wanted = actions.Wanted(mentors=["code"], mentees=[], holds_pairs=False)
    actions.set_rule(world.programmes[LEADERS], wanted, by=world.actor("carys"))


def _accept(world: World, who: str) -> None:
    actor = world.actor(who)
    held = in_force(actor.organisation)
    if held is None:
        raise LookupError("there is no code")
    actions.accept_code(held.ref, by=actor)
