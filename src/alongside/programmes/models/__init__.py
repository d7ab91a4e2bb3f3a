"""Programmes and who takes part (`programmes`), and what a programme is on paper (`design`)."""

from alongside.programmes.models.design import (
    ApplicationQuestion,
    CalendarEntry,
    Design,
    ExpectedBarrier,
    NamedPerson,
    Objective,
    SavedSection,
    SectionDraft,
)
from alongside.programmes.models.programmes import (
    FunnelCount,
    Participation,
    Programme,
)

__all__ = [
    "ApplicationQuestion",
    "CalendarEntry",
    "Design",
    "ExpectedBarrier",
    "FunnelCount",
    "NamedPerson",
    "Objective",
    "Participation",
    "Programme",
    "SavedSection",
    "SectionDraft",
]
