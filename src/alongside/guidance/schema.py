"""The shape of every document of guidance: what is shipped, and what an organisation adds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, model_validator

from alongside.guidance import rules
from alongside.guidance.terms import BUILT_TOOLS, Evidence, Layer, Role, Side, Stage

K = TypeVar("K")
V = TypeVar("V")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\r\n]*$")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, max_length=6000)]
Table = Annotated[Mapping[K, V], AfterValidator(lambda held: MappingProxyType(dict(held))), PlainSerializer(dict)]


class Part(BaseModel):
    """A piece of a document. Frozen; an unknown field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Document(Part):
    """Something with an address of its own."""

    KIND: ClassVar[str]

    kind: Key
    key: Key
    edition: int = Field(ge=1)

    @property
    def address(self) -> str:
        """Where it is found: kind/key@edition."""
        return f"{self.kind}/{self.key}@{self.edition}"


def _keys_once(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    keys = [part.key for part in parts]
    if len(keys) != len(set(keys)):
        raise ValueError("a key stands twice")
    return parts


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
    phases: Annotated[tuple[Phase, ...], Field(min_length=1), AfterValidator(_keys_once)]

    @model_validator(mode="after")
    def _every_stage_is_covered_or_its_absence_explained(self) -> "LifecycleModel":
        covered = {stage for phase in self.phases for stage in phase.canonical}
        unclear = [stage for stage in Stage if (stage in covered) == (stage in self.not_covered)]
        if unclear:
            raise ValueError(f"either cover or explain, not both: {', '.join(unclear)}")
        return self

    def path(self) -> tuple[Point, ...]:
        """The points that a pair sees, in order; reviews are a milestone, the last one is Afterwards."""
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

    stages: Annotated[tuple[StageDuties, ...], AfterValidator(_keys_once)]

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


class Blank(Part):
    """Something that the two fill in. An empty default must be answered."""

    key: Name
    label: Line
    kind: Literal["text", "number", "date"]
    default: str = ""


class Clause(Part):
    """One clause, in the words for the private part, the shared part, or both."""

    key: Key
    title: Line
    layer: Layer
    text_private: Passage = ""
    text_shared: Passage = ""
    blanks: tuple[Blank, ...] = ()

    @model_validator(mode="after")
    def _texts_agree_with_the_layer(self) -> "Clause":
        has = (bool(self.text_private), bool(self.text_shared))
        if has != (self.layer in (Layer.PRIVATE, Layer.BOTH), self.layer in (Layer.SHARED, Layer.BOTH)):
            raise ValueError(f"clause {self.key}: its texts do not agree with its layer")
        return self


class RenderedClause(Part):
    """A clause with its gaps filled; a layer that it is not part of is empty."""

    key: str
    title: str
    layer: Layer
    private: str = ""
    shared: str = ""


class ClauseSet(Document):
    """The clauses of an agreement. `names` the caller knows; `passages` too, and they may run over several lines."""

    KIND = "clauses"

    title: Line
    introduction: Text
    names: tuple[Name, ...]
    passages: tuple[Name, ...] = ()
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1), AfterValidator(_keys_once)]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Every blank, in the order of the clauses."""
        return tuple(blank for clause in self.clauses for blank in clause.blanks)

    @model_validator(mode="after")
    def _every_placeholder_is_declared_and_used(self) -> "ClauseSet":
        declared = [*self.names, *self.passages, *(blank.key for blank in self.blanks)]
        if len(declared) != len(set(declared)):
            raise ValueError("a placeholder is declared twice")
        used = {
            name for clause in self.clauses for name in rules.placeholders(clause.text_private + clause.text_shared)
        }
        if odd := sorted(used ^ set(declared)):
            raise ValueError(f"used but not declared, or declared but not used: {', '.join(odd)}")
        return self

    def render(self, names: Mapping[str, str], answers: Mapping[str, str]) -> list[RenderedClause]:
        """Every clause with its gaps filled. A blank with a default may be left out of `answers`.

        `names` holds the names and passages that the set asks for. Raises rules.Unfilled, which tells what is
        unknown and what is missing.
        """
        filled = {blank.key: blank.default for blank in self.blanks} | dict(answers)
        rules.check_filled({*self.names, *self.passages}, names)
        rules.check_filled({blank.key for blank in self.blanks}, filled)
        values = {name: rules.one_line(value) for name, value in {**names, **filled}.items()}
        values |= {name: names[name].strip() for name in self.passages}
        return [
            RenderedClause(
                key=clause.key,
                title=clause.title,
                layer=clause.layer,
                private=rules.fill(clause.text_private, values),
                shared=rules.fill(clause.text_shared, values),
            )
            for clause in self.clauses
        ]


class RetentionClass(Part):
    """How long one kind of record is kept. `months` is None where no fixed time applies."""

    key: Name
    name: Line
    covers: Sentence
    starts: Name
    months: int | None = Field(default=None, ge=0)
    words: Sentence
    held: bool = False  # never removed without the word of a person


class Retention(Document):
    """The retention classes; every number is a proposal that an organisation may change."""

    KIND = "retention"

    basis: Text
    classes: Annotated[tuple[RetentionClass, ...], AfterValidator(_keys_once)]


class Choice(Part):
    """One answer that can be chosen."""

    key: Name
    words: Line


class Item(Part):
    """One question. A scale runs from 1 to 5 and says what its ends mean."""

    key: Key
    asked: Annotated[tuple[Literal[Role.MENTEE, Role.MENTOR], ...], Field(min_length=1)]
    kind: Literal["scale", "open", "choice"]
    text: Sentence
    low: str = ""
    high: str = ""
    choices: tuple[Choice, ...] = ()
    optional: bool = False

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Item":
        if (self.kind == "scale") != bool(self.low and self.high) or (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"item {self.key} does not have what its kind needs")
        return self


class Instrument(Document):
    """A short set of questions in our own words."""

    KIND = "instrument"

    title: Line
    introduction: Text
    items: Annotated[tuple[Item, ...], Field(min_length=1), AfterValidator(_keys_once)]

    def items_for(self, role: Role) -> tuple[Item, ...]:
        """What `role` is asked, in order."""
        return tuple(item for item in self.items if role in item.asked)


class Purpose(Part):
    """What a programme can be for, and what each side may hope for."""

    key: Key
    name: Line
    words: Sentence
    mentee: Sentence
    mentor: Sentence
    organisation: Sentence


class Purposes(Document):
    """The purposes to choose from."""

    KIND = "purposes"

    introduction: Text
    purposes: Annotated[tuple[Purpose, ...], AfterValidator(_keys_once)]


class Barrier(Part):
    """Something that gets in the way, and what helps."""

    key: Key
    side: Side
    name: Line
    shows: Sentence
    remedy: Sentence


class Barriers(Document):
    """What is known to get in the way."""

    KIND = "barriers"

    introduction: Text
    barriers: Annotated[tuple[Barrier, ...], AfterValidator(_keys_once)]


class GoalTool(Part):
    """A way to find out what one wants."""

    key: Key
    name: Line
    words: Sentence
    how: Sentence
    needs: Sentence

    @property
    def built(self) -> bool:
        """Is there a form for it in Alongside?"""
        return self.key in BUILT_TOOLS


class GoalTools(Document):
    """The goal tools."""

    KIND = "goal-tools"

    introduction: Text
    tools: Annotated[tuple[GoalTool, ...], AfterValidator(_keys_once)]


class AgendaItem(Part):
    """A part of the first meeting."""

    key: Key
    minutes: int = Field(ge=1, le=120)
    name: Line
    words: Sentence


class FirstContact(Document):
    """What helps two people who do not know each other yet."""

    KIND = "first-contact"

    introduction: Text
    before: tuple[Sentence, ...]
    prompts: tuple[Sentence, ...]
    agenda: Annotated[tuple[AgendaItem, ...], AfterValidator(_keys_once)]
    after: tuple[Sentence, ...]

    @property
    def minutes(self) -> int:
        """How long the agenda takes."""
        return sum(item.minutes for item in self.agenda)


KINDS: Mapping[str, type[Document]] = MappingProxyType(
    {
        shape.KIND: shape
        for shape in (
            LifecycleModel, Duties, ClauseSet, Retention, Instrument,
            Purposes, Barriers, GoalTools, FirstContact,
        )
    }
)  # fmt: skip
