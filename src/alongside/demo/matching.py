"""Whoever of Northgate still waits is matched: worked out twice, one pair locked, one question, not published yet."""

from alongside.demo.beginnings import LEADERS
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation.jobs.worker import run_one
from alongside.matching import actions, queries
from alongside.matching.models import Round, Run
from alongside.matching.terms import MarkKind


def tell(world: World) -> None:
    """Plan it for the end of the stage, when the first pairs have been made by hand."""
    world.at(13, 10, DemoStage.MATCHING, lambda: _work_out(world))
    world.at(13, 11, DemoStage.MATCHING, lambda: _look_closer(world))
    world.at(13, 12, DemoStage.MATCHING, lambda: _write(world))


def _work_out(world: World) -> None:
    carys = world.actor("carys")
    run_one(actions.begin_run(actions.begin_round(world.programmes[LEADERS], by=carys), by=carys, seed=7).job_ref)


def _look_closer(world: World) -> None:
    carys, (round_, run) = world.actor("carys"), _held(world)
    grace, amara = world.part(LEADERS, "grace", "mentee"), world.part(LEADERS, "amara", "mentor")
    run_one(actions.ask(run, grace, world.part(LEADERS, "idris", "mentor"), by=carys).job_ref)
    actions.mark(round_, grace, amara, MarkKind.HOLD, by=carys, seen=round_.revision)
    run_one(actions.begin_run(round_, by=carys, keep=True).job_ref)


def _write(world: World) -> None:
    round_, _run = _held(world)
    text = "Bring your lunch to the first meeting, the canteen is being painted"
    words = world.plant(text, "words that go out with a matching", ("carys", "iris"))
    actions.write(round_, words, by=world.actor("carys"), seen=round_.revision)


def _held(world: World) -> tuple[Round, Run]:
    round_ = queries.open_round(world.actor("carys"), world.programmes[LEADERS])
    run = queries.shown_run(round_) if round_ else None
    if round_ is None or run is None:
        raise LookupError("nothing was worked out")
    return round_, run
