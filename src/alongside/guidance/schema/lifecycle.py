"""How a relationship goes, and what each role does in it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from alongside.guidance import rules
from alongside.guidance.schema.shape import Document, Key, Line, Part, Sentence, Table, Text, keys_once
from alongside.guidance.terms import Evidence, Fact, Role, Stage


def _in_order(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    if list(stages) != sorted(set(stages), key=list(Stage).index):
        raise ValueError("the stages are not in their order, or one stands twice")
    return stages


Stages = Annotated[tuple[Stage, ...], Field(min_length=1), AfterValidator(_in_order)]


class Phase(Part):
    """One phase of a lifecycle model. `exit_by` says whether all of `exit` is needed or any one of it."""

    key: Key
    name: Line
    canonical: Stages
    summary: Text
    duties: Table[Role, tuple[Sentence, ...]]
    entry: tuple[Evidence, ...] = ()
    exit: tuple[Evidence, ...] = ()
    exit_by: Literal["all", "any"] = "all"
    tools: tuple[Key, ...] = ()


class Point(Part):
    """One point of the path that people see. `phase` is the key of the model's phase, "" where it has none."""

    words: str
    stages: tuple[Stage, ...]
    is_milestone: bool = False
    phase: str = ""


class LifecycleModel(Document):
    """How a mentoring relationship goes, from beginning to end, in one author's words."""

    KIND = "lifecycle"

    name: Line
    author: Line
    year: int = Field(ge=1900, le=2100)
    summary: Text
    suits: Text
    caution: Text
    duties_from: str = "duties/default@1"  # roles that a phase leaves out take the general duties of its stages
    not_covered: Table[Stage, Sentence] = Field(default_factory=dict)
    phases: Annotated[tuple[Phase, ...], Field(min_length=1), AfterValidator(keys_once)]

    @model_validator(mode="after")
    def _every_stage_is_covered_or_its_absence_explained(self) -> "LifecycleModel":
        covered = {stage for phase in self.phases for stage in phase.canonical}
        unclear = [stage for stage in Stage if (stage in covered) == (stage in self.not_covered)]
        if unclear:
            raise ValueError(f"either cover or explain, not both: {', '.join(unclear)}")
        return self

    def path(self) -> tuple[Point, ...]:
        """The points that a pair sees, in order; reviews are a milestone, the last one is Afterwards."""
        return self.points_seen

    @cached_property
    def points_seen(self) -> tuple[Point, ...]:
        """What `path` gives: laid out once, for the list of a programme's pairs asks for it in each row."""
        phases = [(phase.key, phase.name, phase.canonical) for phase in self.phases]
        return tuple(
            Point(words=words, stages=stages, is_milestone=milestone, phase=phase)
            for words, stages, milestone, phase in rules.path(phases)
        )

    def point_for(self, stage: Stage) -> int:
        """The index in `path()` of the point that holds `stage`. What comes before the first point counts to it."""
        return next((index for index, point in enumerate(self.path()) if stage in point.stages), 0)

    def phase_for(self, stage: Stage) -> Phase | None:
        """The phase that `stage` belongs to, or None where the model has none."""
        return next((phase for phase in self.phases if stage in phase.canonical), None)


class StageDuties(Part):
    """What each role does at one canonical stage."""

    key: Stage
    summary: Sentence
    duties: Table[Role, Annotated[tuple[Sentence, ...], Field(min_length=1)]]


class Duties(Document):
    """The general duties, whatever the model."""

    KIND = "duties"

    stages: Annotated[tuple[StageDuties, ...], AfterValidator(keys_once)]

    @model_validator(mode="after")
    def _every_stage_and_role_has_duties(self) -> "Duties":
        if [part.key for part in self.stages] != list(Stage):
            raise ValueError("every canonical stage is needed, in order")
        if lacking := [f"{part.key}/{role}" for part in self.stages for role in Role if role not in part.duties]:
            raise ValueError(f"no duties for {', '.join(lacking)}")
        return self

    def at(self, stage: Stage) -> StageDuties:
        """The duties at one stage."""
        return next(part for part in self.stages if part.key == stage)


class Known(Part):
    """One fact, and the duties that it shows to be done."""

    key: Fact
    duties: Annotated[tuple[Sentence, ...], Field(min_length=1)]


class KnownDuties(Document):
    """Which duties Alongside sees to be done, word for word as the shipped editions say them.

    A duty that stands under several facts is done when all of them hold. One that stands nowhere, such as one in an
    organisation's own words, is ticked by whoever has it.
    """

    KIND = "known"

    facts: Annotated[tuple[Known, ...], Field(min_length=1), AfterValidator(keys_once)]

    @cached_property
    def by_duty(self) -> Mapping[str, frozenset[Fact]]:
        """For each duty the facts that show it to be done."""
        found: dict[str, set[Fact]] = {}
        for fact in self.facts:
            for duty in fact.duties:
                found.setdefault(duty, set()).add(fact.key)
        return {duty: frozenset(facts) for duty, facts in found.items()}
