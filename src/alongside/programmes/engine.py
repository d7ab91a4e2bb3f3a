"""The handbook on paper: a PDF that everybody can read (PDF/UA-1), drawn by typst.

Words enter as JSON alone. typst never reads them as markup, so nobody’s text can do anything on the page.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

from alongside.foundation import clock
from alongside.programmes.rules.handbook import Block, parted

LOG = logging.getLogger(__name__)
_STANDARD = "ua-1"


@dataclass(frozen=True)
class Part:
    """A section of a document. `number` stands before its title."""

    blocks: Sequence[Block]
    title: str = ""
    number: str = ""


@dataclass(frozen=True)
class Paper:
    """A document to draw. With `contents` (the heading of a list of sections) it has a first page of its own."""

    title: str
    organisation: str
    language: str
    parts: Sequence[Part]
    direction: str = "ltr"
    kicker: str = ""
    facts: Sequence[str] = ()
    contents: str = ""
    inside: str = ""  # said above what only coordinators read
    dense: bool = False  # one page, if it can be


def pdf(paper: Paper) -> bytes:
    """The document as a PDF.

    The fonts that typst brings along are enough for Latin, Greek and Cyrillic script. Where they lack a letter, those
    of the machine are asked; where these lack it too, it is drawn as a box rather than not at all, without the promise
    of the standard.
    """
    import typst  # noqa: PLC0415 -- heavy, and nobody needs it until somebody asks for a PDF

    data = json.dumps(_data(paper))
    for embedded, standards in ((True, [_STANDARD]), (False, [_STANDARD])):
        try:
            return _compiled(data, embedded, standards)
        except typst.TypstError:
            LOG.info("a letter is missing in the fonts (embedded alone: %s)", embedded)
    return _compiled(data, embedded=False, standards=[])


def _compiled(data: str, embedded: bool, standards: list[str]) -> bytes:
    import typst  # noqa: PLC0415 -- loaded already

    made = typst.compile(
        _source(), sys_inputs={"data": data}, ignore_system_fonts=embedded, pdf_standards=standards, timestamp=_now()
    )
    return bytes(made)


def _now() -> int:
    return int(clock.now().timestamp())


@cache
def _source() -> bytes:
    return (resources.files("alongside.programmes") / "paper" / "paper.typ").read_bytes()


def _data(paper: Paper) -> dict[str, object]:
    language = paper.language.partition("-")[0]
    return {
        "title": paper.title,
        "organisation": paper.organisation,
        "language": language,
        "direction": paper.direction,
        "kicker": paper.kicker,
        "facts": list(paper.facts),
        "contents": paper.contents,
        "inside": paper.inside,
        "dense": paper.dense,
        "below": 2 if any(part.title for part in paper.parts) else 1,
        "sections": [_part(part) for part in paper.parts],
    }


def _part(part: Part) -> dict[str, object]:
    shown, marked = parted(part.blocks)
    return {
        "title": part.title,
        "number": f"{part.number}  " if part.number else "",
        "blocks": [_block(block) for block in shown],
        "inside": [_block(block) for block in marked],
    }


def _block(block: Block) -> dict[str, object]:
    held = asdict(block)
    held["spans"] = [span._asdict() for span in block.spans]
    held["items"] = [[span._asdict() for span in item] for item in block.items]
    return held
