"""What people are worried about, and meetings that are on hold: each as its readers come to it."""

from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation.events.refs import new_ref
from alongside.relationships import actions as pairs
from alongside.relationships import queries
from alongside.safeguarding import actions
from alongside.safeguarding.models import Case
from alongside.safeguarding.queries import own
from alongside.safeguarding.rules import Step

_SIGNPOSTS = {
    "emergency": ("Site control room, at any hour", "extension 2222"),
    "support_line": ("The Listening Room", "extension 4040, or the door beside the chapel"),
    "assistance": ("Steady Ground, the staff counselling service", "01632 960 140"),
    "outside": ("Margaret Rowe, independent board member", "m.rowe@northgate.example"),
}


def tell(world: World) -> None:
    """Plan the steps: one about a coordinator, handled by the lead; one about the lead, new to the alternate."""
    world.at(2, 21, DemoStage.INITIATION, lambda: actions.set_signposts(_SIGNPOSTS, by=world.actor("ada")))
    for number, who in enumerate(("ben", "amara", "hana", "mateo", "leila", "mateo2", "yusuf", "noor")):
        world.at(8, 11 + number / 6, DemoStage.MATCHING, lambda who=who: actions.confirm_limits(by=world.actor(who)))
    stage = DemoStage.UNDER_WAY
    world.at(26, 19, stage, lambda: _about_the_coordinator(world))
    world.at(27, 8, stage, lambda: _answer(world))
    world.at(28, 10, stage, lambda: _go_on(world))
    world.at(29, 18, stage, lambda: _add(world))
    world.at(54, 23.8, stage, lambda: _about_the_lead(world))  # lately: it waits to be acknowledged
    world.at(53, 9, stage, lambda: _hold(world))
    world.at(54, 20, stage, lambda: _begin(world))


def _about_the_coordinator(world: World) -> None:
    may = ("tomos", "sam")
    written = actions.Written(
        happened=world.plant("She read my sick note aloud in the lift", "what happened, in Tomos’s concern", may),
        when_where=world.plant("On the Monday of the fire drill", "when and where, in Tomos’s concern", may),
        people=world.plant("The tall porter with the trolley heard it", "who else, in Tomos’s concern", may),
        opinion=world.plant("I think she did not notice how it sounded", "what Tomos thinks of it", may),
    )
    about = [world.members["carys"]]
    actions.raise_concern(written, about, ref=new_ref(), by=world.actor("tomos"))


def _case(world: World) -> Case:
    return own(world.actor("tomos")).get().case


def _answer(world: World) -> None:
    words = world.plant("Thank you, Tomos. Nobody will read your notes aloud again", "Sam’s answer", ("tomos", "sam"))
    actions.acknowledge(_case(world), words, by=world.actor("sam"))


def _go_on(world: World) -> None:
    sam, case = world.actor("sam"), _case(world)
    why = world.plant("A word with her manager, without saying from whom", "what Sam decided, and why", ["sam"])
    actions.take_step(case, Step("triaged", "advise"), why, by=sam)


def _add(world: World) -> None:
    words = world.plant("She has said sorry since, by the kettle", "what Tomos added", ("tomos", "sam"))
    actions.add(own(world.actor("tomos")).get(), words, by=world.actor("tomos"))


def _about_the_lead(world: World) -> None:
    words = world.plant("The key to the quiet room hangs on his own belt", "Elin’s concern", ("elin", "lena"))
    actions.raise_concern(actions.Written(words), [world.members["sam"]], ref=new_ref(), by=world.actor("elin"))


def _begin(world: World) -> None:
    """Yusuf has begun to write, and not sent it."""
    words = world.plant("Perhaps it is nothing, but the night shift sings", "what Yusuf has begun to write", ["yusuf"])
    actions.keep_draft({"happened": words}, by=world.actor("yusuf"))


def _hold(world: World) -> None:
    """Grace and Idris are on hold for now, by Carys."""
    carys = world.actor("carys")
    pairs.hold(queries.pair(carys, world.relationships["grace"].ref), by=carys)
