"""A pair that met before Alongside: Grace and Idris, brought in by Carys and told; and a file that waits for her."""

from django.core.files.base import ContentFile

from alongside.demo.beginnings import LEADERS
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation import files
from alongside.people.roster.reading import read
from alongside.relationships.actions import running, taking_in, telling
from alongside.relationships.models import PairsImport, Relationship
from alongside.relationships.terms import KEPT_DAYS

_HEAD = "Mentor,Mentee,First day,Planned end,Sessions held,Agreement signed,Goals"
_COORDINATORS = ("carys", "iris")


def tell(world: World) -> None:
    """Plan the steps: lately, for rows are kept thirty days."""
    stage = DemoStage.UNDER_WAY
    world.at(51, 9, stage, lambda: _bring_in(world))
    world.at(51, 10, stage, lambda: telling.tell_some(world.programmes[LEADERS], by=world.actor("carys")))
    world.at(52, 10, stage, lambda: _waiting(world))


def _bring_in(world: World) -> None:
    name = world.plant("Pairs from the winter before the move.csv", "name of a file of running pairs", _COORDINATORS)
    began, signed, ends = (world.moment(day, 0).date() for day in (-120, -114, 245))
    who = "idris.bello@northgate.example,grace.adeyemi@northgate.example"
    held = _hand_in(world, name, f"{who},{began},{ends},6,{signed},2")
    taking_in.commit(held, by=world.actor("carys"))
    world.relationships["grace"] = Relationship.objects.get(carried_over__pairs_import=held)


def _waiting(world: World) -> None:
    """A mentor by name alone, whom nobody can know for sure."""
    name = world.plant("Somebody else had written them down.csv", "name of a file that waits", _COORDINATORS)
    mentor = world.plant("somebody from the choir", "a name in a file of running pairs", _COORDINATORS)
    began = world.moment(-90, 0).date().isoformat()
    _hand_in(world, name, f"{mentor},rhian.gray@northgate.example,{began},,,,")


def _hand_in(world: World, name: str, *rows: str) -> PairsImport:
    """A file that Carys hands in, checked."""
    carys = world.actor("carys")
    kept = files.accept(ContentFile("\n".join([_HEAD, *rows]).encode(), name), by=carys, days=KEPT_DAYS)
    with files.opened(kept) as file:
        table = read(file.read(), kept.name)
    held = running.begin(table, programme=world.programmes[LEADERS], by=carys, upload=kept)
    running.stage(held, table)
    return held
