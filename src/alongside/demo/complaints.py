"""The milder route: a question of ethics that was answered, a complaint at the panel, and one about data that waits."""

from alongside.demo.beginnings import LEADERS
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation.events.refs import new_ref
from alongside.records.actions import complaining, handling
from alongside.records.actions.complaining import Complained
from alongside.records.models import Complaint
from alongside.records.queries.complaints import last_word, own
from alongside.records.terms import ComplaintKind, Desk


def tell(world: World) -> None:
    """Plan the steps: Joanna asks Iris, Hana complains of Carys to the panel, Grace of how her data is used."""
    stage = DemoStage.UNDER_WAY
    world.at(20, 12, stage, lambda: _ask(world))
    world.at(21, 9, stage, lambda: _answer(world))
    world.at(22, 8, stage, lambda: complaining.settle(_of(world, "joanna"), by=world.actor("joanna")))
    world.at(44, 18, stage, lambda: _complain(world))
    world.at(45, 9, stage, lambda: _acknowledge(world))
    world.at(46, 8, stage, lambda: handling.look_into(_of(world, "hana"), by=world.actor("viktor")))
    world.at(47, 19, stage, lambda: _add(world))
    world.at(48, 20, stage, lambda: _begin_answer(world))
    world.at(50, 22, stage, lambda: _about_data(world))  # due within the thirty days, and not read yet
    world.at(53, 21, stage, lambda: _begin(world))


def _of(world: World, who: str) -> Complaint:
    return own(world.actor(who)).get()


def _ask(world: World) -> None:
    words = world.plant("May I keep a jar of heather honey", "Joanna’s question of ethics", ("joanna", "iris"))
    iris = world.part(LEADERS, "iris", "coordinator").ref
    asked = Complained(ComplaintKind.QUESTION, words)
    complaining.send(asked, [], iris, ref=new_ref(), by=world.actor("joanna"))


def _answer(world: World) -> None:
    words = world.plant("Share it at the tea urn, and say so", "Iris’s answer to Joanna", ("joanna", "iris"))
    held = _of(world, "joanna")
    handling.answer(held, words, "plain_answer", seen=last_word(held), by=world.actor("iris"))


_PANEL = ("hana", "viktor", "aisha")


def _complain(world: World) -> None:
    written = Complained(
        ComplaintKind.COMPLAINT,
        happened=world.plant("The list of places went round before the draw", "Hana’s complaint about Carys", _PANEL),
        wanted=world.plant("Draw again, with the hat on the table", "what would put it right for Hana", _PANEL),
    )
    about = [world.members["carys"]]
    complaining.send(written, about, Desk.PANEL.value, ref=new_ref(), by=world.actor("hana"))


def _acknowledge(world: World) -> None:
    words = world.plant("Thank you, Hana, the hat matters to us too", "Viktor’s first answer to Hana", _PANEL)
    handling.acknowledge(_of(world, "hana"), words, by=world.actor("viktor"))


def _add(world: World) -> None:
    words = world.plant("It lay on the piano for a day", "what Hana added", _PANEL)
    complaining.add(_of(world, "hana"), words, by=world.actor("hana"))


def _begin_answer(world: World) -> None:
    """Viktor has begun to answer Hana, and not sent it."""
    words = world.plant("We draw again on Friday, over the soup", "the answer that Viktor has begun", ["viktor"])
    handling.keep_answer(_of(world, "hana"), {"words": words}, by=world.actor("viktor"))


def _about_data(world: World) -> None:
    may = ("grace", "petra")
    written = Complained(
        ComplaintKind.DATA,
        happened=world.plant("My old surname is on the door list again", "Grace’s complaint about her data", may),
        wanted=world.plant("Take it off, and from the copy in the lift", "what would put it right for Grace", may),
    )
    complaining.send(written, [], Desk.PRIVACY.value, ref=new_ref(), by=world.actor("grace"))


def _begin(world: World) -> None:
    """Noor has begun to write, and not sent it."""
    words = world.plant("The same two people choose the biscuits", "the complaint that Noor has begun", ["noor"])
    begun = {"happened": words, "ref": new_ref()}
    complaining.keep_draft(ComplaintKind.COMPLAINT, begun, by=world.actor("noor"))
