"""Pure functions of guidance: gaps in a text, and the path of a model."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from alongside.guidance.terms import Stage

_GAP = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# What could pass for a heading or a list when a value stands first in its line.
_LEADING_MARKS = "-–—•*+#> \t"


class Unfilled(ValueError):
    """A text cannot be filled: something is missing or not known to it."""

    def __init__(self, *, missing: Iterable[str] = (), unknown: Iterable[str] = ()) -> None:
        self.missing, self.unknown = tuple(sorted(missing)), tuple(sorted(unknown))
        said = [f"missing: {', '.join(self.missing)}"] if self.missing else []
        said += [f"unknown: {', '.join(self.unknown)}"] if self.unknown else []
        super().__init__("; ".join(said))


def placeholders(text: str) -> set[str]:
    """The names of the gaps in `text`. Raises ValueError where a brace belongs to no gap."""
    if set("{}") & set(_GAP.sub("", text)):
        raise ValueError("a brace that belongs to no placeholder")
    return set(_GAP.findall(text))


def one_line(value: str) -> str:
    """A value as it goes into a sentence: one line, no list or heading of its own."""
    return " ".join(value.split()).lstrip(_LEADING_MARKS)


def check_filled(wanted: AbstractSet[str], given: Mapping[str, str]) -> None:
    """Raises Unfilled unless exactly what is wanted is given, and none of it empty."""
    missing = {name for name in wanted if not one_line(given.get(name, ""))}
    if missing or set(given) - wanted:
        raise Unfilled(missing=missing, unknown=set(given) - wanted)


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each gap filled once; braces inside a value stay as they are. Raises Unfilled."""
    if missing := placeholders(text) - set(values):
        raise Unfilled(missing=missing)
    return _GAP.sub(lambda gap: values[gap[1]], text)


@dataclass(frozen=True)
class Block:
    """A paragraph (one line) or a list (its entries), for a page, a print or a mail to draw."""

    is_list: bool
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """A rendered clause in paragraphs and lists. A list is a block in which every line begins with "- "."""
    found = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            found.append(Block(True, tuple(line[2:].strip() for line in lines)))
        elif lines:
            found.append(Block(False, (" ".join(lines),)))
    return tuple(found)


Named = tuple[str, str, tuple[Stage, ...]]
"""A phase as the path needs it: key, name, canonical stages."""


def _names_itself(stage: Stage, phase: Named) -> bool:
    """Reviews and the time afterwards read the same in every model; so does direction, unless a phase is about it."""
    return stage in (Stage.REVIEW, Stage.AFTER) or (stage is Stage.DIRECT and phase[2] != (Stage.DIRECT,))


def path(phases: Sequence[Named]) -> list[tuple[str, tuple[Stage, ...], bool, str]]:
    """The points that people see: (words, stages, is it a milestone, key of the phase).

    Each canonical stage stands at one point; PREPARE only where a phase holds it together with CONNECT.
    """
    points: list[tuple[str, tuple[Stage, ...], bool, str]] = []
    for stage in Stage:
        phase = next((held for held in phases if stage in held[2]), ("", stage.words, (stage,)))
        if stage is Stage.PREPARE and Stage.CONNECT not in phase[2]:
            continue
        words = stage.words if _names_itself(stage, phase) else phase[1]
        if points and points[-1][0] == words and points[-1][3] == phase[0]:
            points[-1] = (words, (*points[-1][1], stage), False, phase[0])
        else:
            points.append((words, (stage,), stage is Stage.REVIEW, phase[0]))
    return points
