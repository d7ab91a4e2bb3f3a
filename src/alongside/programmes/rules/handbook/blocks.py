"""What a handbook is made of: blocks that a page and a PDF draw alike. Words are plain text wherever they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal["paragraph", "heading", "list", "numbers", "table"]
SAFE = ("https://", "mailto:")


class Span(NamedTuple):
    """A run of words."""

    words: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Spans = tuple[Span, ...]
Cell = tuple[str, ...]  # its lines; the first cell of a row is its heading


@dataclass(frozen=True)
class Block:
    """A paragraph or heading (`spans`), a list (`items`) or a table. `inside`: only coordinators read it."""

    kind: Kind
    spans: Spans = ()
    items: tuple[Spans, ...] = ()
    caption: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    inside: bool = False

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """The rows, each cell with the heading of its column, which a narrow page shows beside it.

        With two columns it is left out there: the first cell says enough, and the second has the whole width.
        """
        labels = self.columns if len(self.columns) > 2 else ("", "")
        return [list(zip(labels, row, strict=True)) for row in self.rows]

    @property
    def text(self) -> str:
        """All of its words, for whoever looks for some."""
        runs = ["".join(span.words for span in spans) for spans in (self.spans, *self.items)]
        cells = [line for row in self.rows for cell in row for line in cell]
        return " ".join(words for words in (*runs, self.caption, *self.columns, *cells) if words)


def paragraph(words: object) -> Block:
    """One paragraph of plain words."""
    return Block("paragraph", (Span(str(words)),))


def told(term: object, words: object) -> Block:
    """A paragraph that begins with what it is about."""
    return Block("paragraph", (Span(f"{term}: ", strong=True), Span(" ".join(str(words).split()))))


def heading(words: object) -> Block:
    """A heading below the one of the section."""
    return Block("heading", (Span(str(words)),))


def listed(items: Iterable[object]) -> Block:
    """A list of plain words."""
    return Block("list", items=tuple((Span(str(item)),) for item in items))


def termed(items: Iterable[tuple[object, object]]) -> Block:
    """A list in which each entry begins with what it is about."""
    return Block("list", items=tuple((Span(f"{term}. ", strong=True), Span(str(words))) for term, words in items))


def table(caption: object, columns: Sequence[object], rows: Iterable[Sequence[object]]) -> Block:
    """A table with a row of headings. A cell is one line, or a list of lines."""
    held = tuple(tuple(_cell(cell) for cell in row) for row in rows)
    return Block("table", caption=str(caption), columns=tuple(map(str, columns)), rows=held)


def _cell(cell: object) -> Cell:
    return tuple(map(str, cell)) if isinstance(cell, list | tuple) else (str(cell),)


def inside(blocks: Iterable[Block]) -> list[Block]:
    """The same for coordinators alone."""
    return [replace(block, inside=True) for block in blocks]


def parted(blocks: Iterable[Block]) -> tuple[list[Block], list[Block]]:
    """What everybody reads, and what coordinators alone read."""
    held = list(blocks)
    return list(for_all(held)), [block for block in held if block.inside]


def for_all(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """What everybody reads of these."""
    return tuple(block for block in blocks if not block.inside)


def read(text: str) -> list[Block]:
    """Guidance’s Markdown as blocks. A list within a list is read as one."""
    found: list[Block] = []
    from alongside.guidance import markdown  # noqa: PLC0415 -- only what is to be read needs its 3 MB

    for kind, items in _runs(markdown.tokens(text)):
        if kind == "paragraph":
            found.append(Block("paragraph", items[0]))
        else:
            found.append(Block(kind, items=tuple(items)))
    return found


def _runs(tokens: Iterable["Token"]) -> Iterator[tuple[Kind, list[Spans]]]:
    """Each paragraph by itself, and everything within an outermost list together."""
    opened: list[Kind] = []
    items: list[Spans] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            opened.append("list" if token.type.startswith("bullet") else "numbers")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            kind = opened.pop()
            if not opened:
                yield kind, items
                items = []
        elif token.type == "inline" and opened:
            items.append(_spans(token.children or []))
        elif token.type == "inline":
            yield "paragraph", [_spans(token.children or [])]


def _spans(tokens: Iterable["Token"]) -> Spans:
    found: list[Span] = []
    strong = emphasis = 0
    link = ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        elif token.type in ("link_open", "link_close"):
            href = str(token.attrGet("href") or "")
            link = href if href.startswith(SAFE) else ""
        else:
            words = "\n" if token.type in ("softbreak", "hardbreak") else token.content
            found.append(Span(words, bool(strong), bool(emphasis), link))
    return tuple(found)
