"""The handbook, composed: `blocks` it is made of, `facts` it comes from, its twelve sections (`purpose` 1.1 to 1.4,
`practice` 2.1 to 2.3, `process` 3.1 to 4.2), role `sheets`, what is `missing`, and `changes` between editions.
"""

from collections.abc import Callable

from alongside.programmes.rules.handbook import practice, process, purpose
from alongside.programmes.rules.handbook.blocks import Block, Span, for_all, parted, read
from alongside.programmes.rules.handbook.changes import Piece, changes
from alongside.programmes.rules.handbook.facts import Facts, Guide, steps
from alongside.programmes.rules.handbook.missing import missing
from alongside.programmes.rules.handbook.sheets import SHEETS, duties, sheet
from alongside.programmes.terms import Chapter, Placing

__all__ = [
    "SHEETS",
    "Block",
    "Facts",
    "Guide",
    "Piece",
    "Span",
    "changes",
    "compose",
    "duties",
    "for_all",
    "generated",
    "missing",
    "parted",
    "read",
    "sheet",
    "steps",
]

_SAID: dict[Chapter, Callable[[Facts], list[Block]]] = {
    Chapter.RATIONALE: purpose.rationale,
    Chapter.ROLES: purpose.roles,
    Chapter.MENTORS: purpose.mentors,
    Chapter.BARRIERS: purpose.barriers,
    Chapter.TRUST: practice.trust,
    Chapter.AGREEMENT: practice.agreement,
    Chapter.SAFETY: practice.safety,
    Chapter.MODEL: process.model,
    Chapter.TOOLS: process.tools,
    Chapter.REVIEWS: process.reviews,
    Chapter.RECORDS: process.records,
    Chapter.REFLECTION: process.reflection,
}


def generated(chapter: Chapter, facts: Facts) -> tuple[Block, ...]:
    """A section as the programme’s settings and guidance give it."""
    return tuple(_SAID[chapter](facts))


def compose(chapter: Chapter, facts: Facts, words: str, placing: str) -> tuple[Block, ...]:
    """A section as it is shown: own words instead of what is generated, or before it. No words: as generated."""
    own = tuple(read(words))
    if own and placing == Placing.ALONE:
        return own
    return own + generated(chapter, facts)
