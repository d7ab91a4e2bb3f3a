"""What practice knows, as content: models of mentoring, duties, clauses, questions, how long records are kept.

    from alongside import guidance
    guidance.model("clutterbuck").path()
    guidance.clauses().render(names={...}, answers={...})

Documents are TOML under `content/`, checked when first read, then kept; they never change. Each has an address,
kind/key@edition. Every function takes a `language` and falls back to English.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from alongside.guidance.rules import (
    Block,
    Contribution,
    NotAnAnswer,
    Recommendation,
    Score,
    Unfilled,
    blocks,
)
from alongside.guidance.terms import Evidence, Fact, Layer, Role, Side, Stage

if TYPE_CHECKING:
    from alongside.guidance.library import ENGLISH, Invalid, NotFound, at, load
    from alongside.guidance.problems import Problem
    from alongside.guidance.schema import (
        Barrier,
        Blank,
        Cell,
        Clause,
        ClauseSet,
        Competence,
        CompetenceFramework,
        CompetenceGroup,
        ConversationModel,
        Course,
        Document,
        FirstContact,
        Fit,
        GoalTool,
        Instrument,
        Item,
        LifecycleModel,
        Option,
        Phase,
        Point,
        Purpose,
        Reason,
        RenderedClause,
        RetentionClass,
        ReviewMethod,
        Situation,
        StageDuties,
        Step,
        TrainingModule,
        Way,
    )
    from alongside.guidance.shelf import (
        COURSES,
        PAIR_RECORDS,
        barriers,
        clauses,
        competences,
        conversation,
        conversations,
        course,
        courses,
        duties,
        first_contact,
        fit,
        goal_tools,
        instrument,
        known,
        lifecycles,
        model,
        programme_forms,
        programme_styles,
        purposes,
        recommend,
        records_words,
        retention_classes,
        review_methods,
        stages,
    )

__all__ = [
    "COURSES",
    "ENGLISH",
    "PAIR_RECORDS",
    "Barrier",
    "Blank",
    "Block",
    "Cell",
    "Clause",
    "ClauseSet",
    "Competence",
    "CompetenceFramework",
    "CompetenceGroup",
    "Contribution",
    "ConversationModel",
    "Course",
    "Document",
    "Evidence",
    "Fact",
    "FirstContact",
    "Fit",
    "GoalTool",
    "Instrument",
    "Invalid",
    "Item",
    "Layer",
    "LifecycleModel",
    "NotAnAnswer",
    "NotFound",
    "Option",
    "Phase",
    "Point",
    "Problem",
    "Purpose",
    "Reason",
    "Recommendation",
    "RenderedClause",
    "RetentionClass",
    "ReviewMethod",
    "Role",
    "Score",
    "Side",
    "Situation",
    "Stage",
    "StageDuties",
    "Step",
    "TrainingModule",
    "Unfilled",
    "Way",
    "at",
    "barriers",
    "blocks",
    "clauses",
    "competences",
    "conversation",
    "conversations",
    "course",
    "courses",
    "duties",
    "first_contact",
    "fit",
    "goal_tools",
    "instrument",
    "known",
    "lifecycles",
    "load",
    "model",
    "programme_forms",
    "programme_styles",
    "purposes",
    "recommend",
    "records_words",
    "retention_classes",
    "review_methods",
    "stages",
]  # fmt: skip

_HELD_BY = ("shelf", "library", "problems", "schema")


def __getattr__(name: str) -> Any:
    """The library and the shapes of its documents are loaded when one is first asked for: what checks them is heavy.

    The web asks while it loads its addresses, before the first request.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    held_by = (import_module(f"{__name__}.{module}") for module in _HELD_BY)
    found = globals()[name] = next(vars(module)[name] for module in held_by if name in vars(module))
    return found
