"""Pure functions of guidance: gaps in a text, the path of a model, and which model fits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from math import floor

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


OWN = 1000
"""Editions above it are an organisation's own: its first is 1001. Shipped ones never come that far."""


def is_own(edition: int) -> bool:
    """Is this the number of an organisation's own edition?"""
    return edition > OWN


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


MARKS = range(4)
"""What can be answered, and how well something can fit: 0 to 3."""


class NotAnAnswer(ValueError):
    """An answer that cannot be counted. `situation` says which."""

    def __init__(self, situation: str, answer: object) -> None:
        self.situation, self.answer = situation, answer
        super().__init__(
            f"{situation}: {answer!r} is not an answer from {MARKS[0]} to {MARKS[-1]} to a situation asked"
        )


@dataclass(frozen=True)
class Contribution:
    """What one answer adds to a score: `points` of `most`.

    `exact` is its part of 100, and these sum to the score's. `shown` are whole numbers that sum to the score shown.
    """

    situation: str
    answer: int
    fit: int
    exact: Fraction
    shown: int

    @property
    def points(self) -> int:
        """Answer times fit."""
        return self.answer * self.fit

    @property
    def most(self) -> int:
        """The points that a perfect fit would have."""
        return self.answer * MARKS[-1]


@dataclass(frozen=True)
class Score:
    """How well one option fits, of 100. `shown` is rounded to the nearest whole number, a half upwards."""

    option: str
    exact: Fraction
    shown: int
    contributions: tuple[Contribution, ...]

    @property
    def points(self) -> int:
        """The sum of its contributions' points."""
        return sum(part.points for part in self.contributions)


@dataclass(frozen=True)
class Recommendation:
    """Every option with its score, best first, and the keys of the best. Both are empty where nothing was answered.

    Options that show the same score are equally good, so `best` can hold several.
    """

    best: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()


def recommend(fits: Mapping[str, Mapping[str, int]], answers: Mapping[str, int]) -> Recommendation:
    """How well each option fits: the sum of answer times fit, of what a perfect fit would have had, as parts of 100.

    `fits` holds a number from 0 to 3 by situation and option, `answers` one by situation. What is answered by 0, or not
    at all, does not count. Raises NotAnAnswer.
    """
    for situation, answer in answers.items():
        if situation not in fits or type(answer) is not int or answer not in MARKS:
            raise NotAnAnswer(situation, answer)
    counted = {situation: answers[situation] for situation in fits if answers.get(situation)}
    if not counted:
        return Recommendation()
    options = list(fits[next(iter(counted))])
    scores = [_score(option, {key: fits[key][option] for key in counted}, counted) for option in options]
    scores.sort(key=lambda score: -score.exact)
    return Recommendation(tuple(score.option for score in scores if score.shown == scores[0].shown), tuple(scores))


def _score(option: str, fit: Mapping[str, int], answers: Mapping[str, int]) -> Score:
    whole = MARKS[-1] * sum(answers.values())
    exact = {situation: Fraction(100 * answer * fit[situation], whole) for situation, answer in answers.items()}
    total = sum(exact.values(), Fraction())
    shown = floor(total + Fraction(1, 2))
    parts = _shares(exact, shown)
    contributions = tuple(
        Contribution(situation, answer, fit[situation], exact[situation], parts[situation])
        for situation, answer in answers.items()
    )
    return Score(option, total, shown, contributions)


def _shares(exact: Mapping[str, Fraction], whole: int) -> dict[str, int]:
    """Whole numbers that sum to `whole`: each rounded down, and one more for those that lose most by it."""
    parts = {key: floor(share) for key, share in exact.items()}
    by_loss = sorted(exact, key=lambda key: (parts[key] - exact[key], key))
    for key in by_loss[: whole - sum(parts.values())]:
        parts[key] += 1
    return parts
