"""What a section of the handbook lacks in the programme’s design."""

from collections.abc import Sequence
from dataclasses import replace

from alongside.programmes.rules.days import Day
from alongside.programmes.rules.design import FEWEST_REVIEWS, FEWEST_TOOLS, Paper, gaps
from alongside.programmes.rules.gaps import Gap
from alongside.programmes.terms import CalendarKind, Chapter, Section

_FROM: dict[Chapter, Sequence[Section]] = {
    Chapter.RATIONALE: (Section.WHY, Section.WHOM),
    Chapter.BARRIERS: (Section.BARRIERS,),
    Chapter.AGREEMENT: (Section.HOW,),
    Chapter.MODEL: (Section.MODEL,),
    Chapter.TOOLS: (Section.TOOLS,),
    Chapter.REVIEWS: (Section.TOOLS, Section.CALENDAR),
    Chapter.RECORDS: (Section.PRIVACY,),
}


def missing(chapter: Chapter, paper: Paper) -> list[Gap]:
    """What is left to do in the design for this section. Sections that stand on guidance alone lack nothing."""
    asked = _FROM.get(chapter, ())
    if not asked:
        return []
    return gaps(_only(chapter, paper), *asked)


def _only(chapter: Chapter, paper: Paper) -> Paper:
    """Tools and reviews share a section of the design; of the calendar only its reviews matter here."""
    if chapter == Chapter.TOOLS:
        return replace(paper, reviews=FEWEST_REVIEWS)
    if chapter == Chapter.REVIEWS:
        settled = tuple(Day(kind, paper.starts_on) for kind in (CalendarKind.ENROL, CalendarKind.MATCH))
        return replace(paper, tools=FEWEST_TOOLS, days=paper.days + settled)
    return paper
