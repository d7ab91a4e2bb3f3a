"""The way of a programme’s pairs from beginning to end, and what is expected of each role on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from alongside.guidance import Role, Stage

if TYPE_CHECKING:
    from alongside import guidance


class Step(NamedTuple):
    """One stage of the way, in the words of the model where it has some. `key` is the phase’s, else the stage’s."""

    key: str
    name: str
    summary: str
    stages: tuple[Stage, ...]
    duties: Mapping[Role, tuple[str, ...]]


def way(model: guidance.LifecycleModel, stages: Iterable[guidance.StageDuties]) -> Iterator[Step]:
    """The way from beginning to end: the model’s phases, and the stages that it leaves out with their `stages`."""
    general = {held.key: held for held in stages}
    seen: set[str] = set()
    for stage in Stage:
        phase = model.phase_for(stage)
        if phase is None:
            held = general[stage]
            yield Step(stage.value, _(stage.words), held.summary, (stage,), held.duties)
        elif phase.key not in seen:
            seen.add(phase.key)
            yield Step(phase.key, phase.name, phase.summary, phase.canonical, phase.duties)


def now_and_next(steps: Sequence[Step], stages: Collection[Stage]) -> tuple[list[Step], list[Step]]:
    """The steps that stand at one of these stages, and those that come right after one of them."""
    now = [step for step in steps if set(step.stages) & set(stages)]
    after = [later for step, later in pairwise(steps) if step in now and later not in now]
    return now, after
