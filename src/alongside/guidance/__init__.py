"""What practice knows, as content: models of mentoring, duties, clauses, questions, how long records are kept.

    from alongside import guidance
    guidance.model("clutterbuck").path()
    guidance.clauses().render(names={...}, answers={...})

Documents are TOML under `content/`, checked when first read, then kept; they never change. Each has an address,
kind/key@edition. Every function takes a `language` and falls back to English.
"""

from collections.abc import Mapping

from alongside.guidance import library
from alongside.guidance.library import ENGLISH, Invalid, NotFound, at, load
from alongside.guidance.rules import Block, Unfilled, blocks
from alongside.guidance.schema import (
    Barrier,
    Barriers,
    Blank,
    Clause,
    ClauseSet,
    Document,
    Duties,
    FirstContact,
    GoalTool,
    GoalTools,
    Instrument,
    Item,
    LifecycleModel,
    Phase,
    Point,
    Purpose,
    Purposes,
    RenderedClause,
    Retention,
    RetentionClass,
    StageDuties,
)
from alongside.guidance.terms import Evidence, Layer, Role, Side, Stage

__all__ = [
    "ENGLISH", "PAIR_RECORDS", "Barrier", "Blank", "Block", "Clause", "ClauseSet", "Document", "Evidence",
    "FirstContact", "GoalTool", "Instrument", "Invalid", "Item", "Layer", "LifecycleModel", "NotFound", "Phase",
    "Point", "Purpose", "RenderedClause", "RetentionClass", "Role", "Side", "Stage", "StageDuties", "Unfilled", "at",
    "barriers", "blocks", "clauses", "duties", "first_contact", "goal_tools", "instrument", "load", "model", "models",
    "purposes", "records_words", "retention_classes", "stages",
]  # fmt: skip

PAIR_RECORDS = ("private_note", "shared_record")


def models(language: str = ENGLISH) -> tuple[LifecycleModel, ...]:
    """The newest edition of every lifecycle model."""
    return tuple(model(key, language=language) for key in library.keys("lifecycle"))


def model(key: str, edition: int | None = None, language: str = ENGLISH) -> LifecycleModel:
    """One lifecycle model, its newest edition or the one asked for. Raises NotFound."""
    return library.named(LifecycleModel, key, edition, language)


def duties(stage: Stage, role: Role, language: str = ENGLISH) -> tuple[str, ...]:
    """What `role` does at `stage`, whatever the model."""
    return library.named(Duties, "default", language=language).at(stage).duties[role]


def stages(language: str = ENGLISH) -> tuple[StageDuties, ...]:
    """Every canonical stage with what it is about and its duties by role."""
    return library.named(Duties, "default", language=language).stages


def clauses(key: str = "default", edition: int | None = None, language: str = ENGLISH) -> ClauseSet:
    """A set of clauses for an agreement. Raises NotFound."""
    return library.named(ClauseSet, key, edition, language)


def retention_classes(language: str = ENGLISH) -> Mapping[str, RetentionClass]:
    """How long each kind of record is kept, by key."""
    return {held.key: held for held in library.named(Retention, "default", language=language).classes}


def records_words(*keys: str, language: str = ENGLISH) -> str:
    """The passage of an agreement that says how long records of these classes are kept, one line each.

    Without keys: those that a pair has. Raises KeyError for an unknown class.
    """
    classes = retention_classes(language)
    return "\n".join(f"- {classes[key].name}: {classes[key].words}" for key in keys or PAIR_RECORDS)


def instrument(key: str, edition: int | None = None, language: str = ENGLISH) -> Instrument:
    """A set of questions: "closing-review", "first-meeting-fit". Raises NotFound."""
    return library.named(Instrument, key, edition, language)


def purposes(language: str = ENGLISH) -> tuple[Purpose, ...]:
    """What a programme can be for."""
    return library.named(Purposes, "default", language=language).purposes


def barriers(side: Side | None = None, language: str = ENGLISH) -> tuple[Barrier, ...]:
    """What gets in the way and what helps; of everybody, or of one side."""
    held = library.named(Barriers, "default", language=language).barriers
    return tuple(barrier for barrier in held if side is None or barrier.side is side)


def goal_tools(*, built: bool | None = None, language: str = ENGLISH) -> tuple[GoalTool, ...]:
    """Ways to find a goal; `built=True` gives those that Alongside has a form for."""
    held = library.named(GoalTools, "default", language=language).tools
    return tuple(tool for tool in held if built is None or tool.built is built)


def first_contact(language: str = ENGLISH) -> FirstContact:
    """What helps two people at their first meeting."""
    return library.named(FirstContact, "default", language=language)
