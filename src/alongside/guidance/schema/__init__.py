"""The shape of every document of guidance: what is shipped, and what an organisation adds."""

from collections.abc import Mapping
from types import MappingProxyType

from alongside.guidance.schema.agreement import Blank, Clause, ClauseSet, RenderedClause, Retention, RetentionClass
from alongside.guidance.schema.conversation import ConversationModel, Step
from alongside.guidance.schema.fit import Cell, Fit, Option, Reason, Situation
from alongside.guidance.schema.lifecycle import Duties, Known, KnownDuties, LifecycleModel, Phase, Point, StageDuties
from alongside.guidance.schema.practice import (
    Competence,
    CompetenceFramework,
    CompetenceGroup,
    Forms,
    ReviewMethod,
    ReviewMethods,
    Styles,
    Way,
)
from alongside.guidance.schema.questions import Choice, Instrument, Item
from alongside.guidance.schema.reading import (
    AgendaItem,
    Barrier,
    Barriers,
    FirstContact,
    GoalTool,
    GoalTools,
    Purpose,
    Purposes,
)
from alongside.guidance.schema.shape import Document, Part
from alongside.guidance.schema.training import Answer, Course, Question, TrainingModule

__all__ = [
    "KINDS", "AgendaItem", "Answer", "Barrier", "Barriers", "Blank", "Cell", "Choice", "Clause", "ClauseSet",
    "Competence", "CompetenceFramework", "CompetenceGroup", "ConversationModel", "Course", "Document", "Duties",
    "FirstContact", "Fit", "Forms", "GoalTool", "GoalTools", "Instrument", "Item", "Known", "KnownDuties",
    "LifecycleModel", "Option", "Part", "Phase", "Point", "Purpose", "Purposes", "Question", "Reason",
    "RenderedClause", "Retention", "RetentionClass", "ReviewMethod", "ReviewMethods", "Situation", "StageDuties",
    "Step", "Styles", "TrainingModule", "Way",
]  # fmt: skip

KINDS: Mapping[str, type[Document]] = MappingProxyType(
    {
        shape.KIND: shape
        for shape in (
            LifecycleModel, ConversationModel, Fit, Duties, ClauseSet, Retention, Instrument,
            Purposes, Barriers, GoalTools, FirstContact, ReviewMethods, CompetenceFramework, Styles, Forms,
            Course, KnownDuties,
        )
    }
)  # fmt: skip
