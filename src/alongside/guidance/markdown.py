"""Markdown as pages show it: paragraphs, lists, emphasis and links; no raw HTML, whoever wrote it."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_reader = MarkdownIt("zero", {"html": False}).enable(["list", "emphasis", "link", "escape", "newline"])
_TAGS = {"a", "em", "li", "ol", "p", "strong", "ul"}


def html(text: str) -> str:
    """`text` as safe HTML."""
    return nh3.clean(
        _reader.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
        link_rel="noopener",
    )


def tokens(text: str) -> list[Token]:
    """`text` as markdown-it reads it, for what draws something else than HTML."""
    return _reader.parse(text)
