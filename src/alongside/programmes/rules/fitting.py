"""How far models fit a situation: a sum that everybody can follow. It never chooses."""

from collections.abc import Mapping
from dataclasses import dataclass

STRONGEST = 3
Fits = Mapping[str, Mapping[str, int]]
"""By situation, then by model: how well they go together, from 0 to 3."""


@dataclass(frozen=True)
class Line:
    """What one situation adds to each model: the answer times the fit."""

    situation: str
    answer: int
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Fit:
    """What the answers point to. `best` holds several where they are equal, and none without an answer."""

    lines: tuple[Line, ...]
    scores: Mapping[str, int]
    best: tuple[str, ...]


def sound(answers: Mapping[str, object], fits: Fits) -> dict[str, int]:
    """The answers that can be reckoned with: known situations, whole numbers from 0 to 3."""
    return {
        key: answer
        for key, answer in answers.items()
        if key in fits and isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= STRONGEST
    }


def fit(answers: Mapping[str, object], fits: Fits) -> Fit:
    """Each model’s share of what it could have reached, from 0 to 100, and where it comes from."""
    given = {key: answer for key, answer in sound(answers, fits).items() if answer}
    lines = tuple(
        Line(key, given[key], {model: given[key] * held for model, held in fits[key].items()})
        for key in fits
        if key in given
    )
    most = STRONGEST * sum(given.values())
    if not most:
        return Fit((), {}, ())
    sums = {model: sum(line.parts[model] for line in lines) for model in lines[0].parts}
    top = max(sums.values())
    scores = {model: round(100 * reached / most) for model, reached in sums.items()}
    return Fit(lines, scores, tuple(model for model, reached in sums.items() if reached == top))
