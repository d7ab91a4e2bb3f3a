"""What Northgate makes of the guidance: its own table of what fits, and a barrier that Carys has begun to write."""

from copy import deepcopy

from alongside.demo import people as cast
from alongside.demo.people import NORTHGATE
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.guidance import actions, adapting, queries

EVERYBODY = tuple(cast.keys(NORTHGATE))
WRITERS = tuple(one.key for one in cast.EVERYONE if one.organisation == NORTHGATE and one.manages_people)


def tell(world: World) -> None:
    """Plan the writing: the table before a model is chosen by it, the barrier lately."""
    world.at(4, 8.5, DemoStage.INITIATION, lambda: _table(world))
    world.at(41, 9, DemoStage.INITIATION, lambda: _barrier(world))


def _table(world: World) -> None:
    carys = world.actor("carys")
    content = queries.in_force(carys, "fit", "lifecycle")
    situation = deepcopy(adapting.part_of(content, "long-support"))
    if situation is None:
        raise LookupError("long-support")
    why = "Our pairs go on drinking tea long after the last session, and a map of sessions does not stop them"
    situation["cells"]["starr"] = {"fit": 2, "why": world.plant(why, "a reason in Northgate’s table", EVERYBODY)}
    note = world.plant("Nine of last year’s twenty pairs still meet", "why Northgate has its own table", WRITERS)
    actions.save_edition(adapting.with_part(content, situation), note=note, seen=0, by=carys)


def _barrier(world: World) -> None:
    carys = world.actor("carys")
    content = queries.in_force(carys, "barriers", "default")
    shows = world.plant("Nobody can find a room with a door that shuts", "a barrier that Carys has begun", ["carys"])
    part = {
        "key": "no-room", "side": "organisation", "name": "No quiet room", "shows": shows,
        "remedy": "Keep two rooms free at the change of shift.", "owner": "coordinator", "hidden": False,
    }  # fmt: skip
    actions.keep_draft(adapting.with_part(content, part), by=carys)
