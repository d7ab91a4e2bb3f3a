"""What has changed between two editions, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

_ALIKE = 0.4  # lines that share less than this are given whole, which reads better


class Piece(NamedTuple):
    """Words that stayed, came in or went."""

    kind: Literal["same", "ins", "del"]
    words: str


Line = tuple[Piece, ...]


def changes(before: str, after: str) -> list[Line]:
    """Every line of `after`, and what went of `before`, with what has changed marked."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Piece("same", line),) for line in new[c:d]]
        else:
            pairs = zip_longest(old[a:b], new[c:d], fillvalue="")
            found += [tuple(_words(gone, come)) for gone, come in pairs]
    return [line for line in found if any(piece.words.strip() for piece in line)]


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield from _instead(old, new)
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(after[c:d]))
        else:
            yield from _instead("".join(before[a:b]), "".join(after[c:d]))


def _instead(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("del", gone)
    if come:
        yield Piece("ins", come)
