"""Where on its path a running pair stands: said in the model's words or the canonical ones, or guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from alongside.guidance.terms import Stage
from alongside.people.roster.headers import fold
from alongside.people.roster.values import shown
from alongside.relationships.running_pairs.reasons import Wrong

if TYPE_CHECKING:
    from alongside.guidance import LifecycleModel

_ORDER = list(Stage)
_COMPLETED = frozenset({"completed", "complete", "ended", "finished", "done", "concluded"})
_UNDER_WAY = frozenset(
    {"", "active", "running", "running now", "ongoing", "on going", "current", "in progress", "open"}
)
_NO_PLACE_TO_BE = frozenset({Stage.PREPARE, Stage.REVIEW, Stage.AFTER})
"""A phase may hold them beside others; then a running pair is at one of the others."""


class Brought(NamedTuple):
    """What a pair brings along that opens the gates of its path."""

    is_agreed: bool = False
    has_met: bool = False
    has_goals: bool = False


class Words:
    """The words by which one model's stages are known."""

    def __init__(self, model: LifecycleModel) -> None:
        self._known: dict[str, tuple[Stage, ...]] = {}
        for stage in Stage:
            self._known |= {fold(stage.value): (stage,), fold(stage.words): (stage,)}
        for point in model.path():
            self._known[fold(point.words)] = point.stages
        for phase in model.phases:
            self._known[fold(phase.name)] = phase.canonical
            self._known.setdefault(fold(phase.key), phase.canonical)
        self.listed = ", ".join(dict.fromkeys(point.words for point in model.path()))

    def read(self, cell: str) -> tuple[Stage, ...]:
        """The stages that a cell names; none where it names none. AFTER alone: they have completed. Raises Wrong."""
        words = fold(cell)
        if words in _UNDER_WAY:
            return ()
        if words in _COMPLETED:
            return (Stage.AFTER,)
        if words not in self._known:
            raise Wrong("unknown_stage", value=shown(cell), known=self.listed)
        return self._known[words]


def guess(brought: Brought) -> Stage:
    """Where a pair stands, by what it brings along."""
    if brought.has_goals:
        return Stage.PROGRESS
    if brought.is_agreed:
        return Stage.DIRECT
    return Stage.CONTRACT if brought.has_met else Stage.CONNECT


def within(stages: Sequence[Stage], brought: Brought) -> Stage:
    """Which of the stages of one phase a running pair is at: the furthest that what it brings along speaks for."""
    able = [stage for stage in stages if stage not in _NO_PLACE_TO_BE] or list(stages)
    reached = _ORDER.index(guess(brought))
    return max((stage for stage in able if _ORDER.index(stage) <= reached), key=_ORDER.index, default=able[0])


def settle(stage: Stage, brought: Brought) -> Stage:
    """As far as a pair goes by itself with what it brings along: nobody waits at a gate that is open already.

    The same gates as `rules.ROUTES` meets, for all rows of a file at once; a test holds the two together.
    """
    if stage is Stage.PREPARE:
        stage = Stage.CONNECT
    if stage in (Stage.CONNECT, Stage.CONTRACT) and brought.is_agreed:
        stage = Stage.DIRECT
    if stage is Stage.DIRECT and brought.has_goals:
        stage = Stage.PROGRESS
    return stage
