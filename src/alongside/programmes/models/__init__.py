"""Programmes and who takes part (`programmes`), what a programme is on paper (`design`), the way into it
(`joining`), and its `handbook`.
"""

from alongside.programmes.models.announcements import Announcement
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
from alongside.programmes.models.handbook import HandbookEdition
from alongside.programmes.models.joining import Answer, Joining, JoiningMove
from alongside.programmes.models.programmes import (
    FunnelCount,
    Participation,
    Programme,
)
from alongside.programmes.models.rehearsal import RehearsedLetter

__all__ = [
    "Announcement",
    "Answer",
    "ApplicationQuestion",
    "CalendarEntry",
    "Design",
    "ExpectedBarrier",
    "FunnelCount",
    "HandbookEdition",
    "Joining",
    "JoiningMove",
    "NamedPerson",
    "Objective",
    "Participation",
    "Programme",
    "RehearsedLetter",
    "SavedSection",
    "SectionDraft",
]
