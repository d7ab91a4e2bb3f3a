"""How the content reads: short, plain, and in our own voice."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from alongside.guidance import library

FILES = [file for folder in library.CONTENT.iterdir() if folder.is_dir() for file in folder.iterdir()]
CODES = {
    "kind", "key", "duties_from", "canonical", "entry", "exit", "exit_by", "tools", "starts", "asked", "side", "layer",
    "names", "passages",
}  # fmt: skip
LONGEST_SENTENCE = 45
UNWELCOME = re.compile(
    r"!|\bplease\b|\bsuccessful|\bleverag|\bstakeholder|\butili[sz]e|\bprotégé|\bdeliverable|\bmoving forward\b"
    r"|\bhe/she\b|\b(?:color|behavior|organiz|program)(?![a-z]*me)\w*",
    re.IGNORECASE,
)


def words_of(part: Any, field: str = "") -> Iterator[str]:
    if isinstance(part, dict):
        for name, held in part.items():
            if name not in CODES:
                yield from words_of(held, name)
    elif isinstance(part, list):
        for held in part:
            yield from words_of(held, field)
    elif isinstance(part, str):
        yield part


def texts(file) -> list[str]:
    return list(words_of(tomllib.loads(file.read_text(encoding="utf-8"))))


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?])\s+|\n\s*\n|\n- ", text) if part.strip()]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_sentence_is_too_long_to_say_in_one_breath(file):
    long = [said for text in texts(file) for said in sentences(text) if len(said.split()) > LONGEST_SENTENCE]
    assert long == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_words_are_plain_and_british(file):
    assert [text for text in texts(file) if UNWELCOME.search(text)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_typography_is_ours(file):
    """Curly apostrophes and quotation marks, no double spaces."""
    assert [text for text in texts(file) if re.search(r"['\"]|  |\.\.\.", text)] == []


def test_unwelcome_words_would_be_found():
    for words in ("Well done!", "Please sign.", "You successfully signed.", "Your program", "our organization"):
        assert UNWELCOME.search(words), words
    for words in ("the programme", "programmes", "our organisation"):
        assert not UNWELCOME.search(words), words
