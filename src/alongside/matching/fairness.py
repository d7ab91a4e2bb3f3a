"""Is everybody placed alike? Rates and means by group, under the rule of small numbers: pure functions.

The engine never sees any of this. Groups are what organisations hold of work, such as sites and departments: nothing
protected is held, so nothing protected is compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 20
"""No rate and no mean of fewer people than this, and nothing from which one could be reckoned."""

FOUR_FIFTHS = 0.8
"""A group whose rate is less than this part of the highest is marked."""


@dataclass(frozen=True)
class Fate:
    """One mentee of a run: their group, and the score of their pair, of a hundred, or None where they have none."""

    group: str
    score: int | None


@dataclass(frozen=True)
class Group:
    """One line: how many, how many of a hundred are placed, and how well they fit on the average; None: not shown."""

    names: tuple[str, ...]
    people: int
    rate: int | None
    mean: int | None
    low_rate: bool = False
    low_mean: bool = False


def compare(fates: Iterable[Fate]) -> list[Group]:
    """The groups of a run that may be shown, the largest first, those that are too small put together.

    Empty where there are no two groups to compare. A group that could be reckoned from the others is put together too.
    """
    held: dict[str, list[int | None]] = {}
    for fate in fates:
        held.setdefault(fate.group, []).append(fate.score)
    shown = together(held, FEWEST)
    if len(shown) < 2:
        return []
    found = [_group(names, scores) for names, scores in shown]
    found = _means_only_where_none_can_be_reckoned(found)
    return _marked(found)


def together(held: dict[str, list[int | None]], fewest: int) -> list[tuple[tuple[str, ...], list[int | None]]]:
    """Groups of at least so many, the largest first, and all others as one: with as many of these as that takes."""
    order = sorted(held, key=lambda name: (-len(held[name]), name))
    large = [name for name in order if len(held[name]) >= fewest]
    small = [name for name in order if len(held[name]) < fewest]
    while small and large and sum(len(held[name]) for name in small) < fewest:
        small.insert(0, large.pop())
    found = [((name,), held[name]) for name in large]
    if small and sum(len(held[name]) for name in small) >= fewest:
        found.append((tuple(sorted(small)), [score for name in small for score in held[name]]))
    return found


def _group(names: tuple[str, ...], scores: Sequence[int | None]) -> Group:
    placed = [score for score in scores if score is not None]
    mean = round(sum(placed) / len(placed)) if len(placed) >= FEWEST else None
    return Group(names, len(scores), round(100 * len(placed) / len(scores)), mean)


def _means_only_where_none_can_be_reckoned(found: list[Group]) -> list[Group]:
    """The mean of all pairs stands elsewhere: where one group's is not shown, the others’ would give it away."""
    if all(group.mean is not None for group in found) or all(group.mean is None for group in found):
        return found
    return [Group(group.names, group.people, group.rate, None) for group in found]


def _marked(found: list[Group]) -> list[Group]:
    rates = [group.rate for group in found if group.rate is not None]
    means = [group.mean for group in found if group.mean is not None]
    best_rate, best_mean = max(rates, default=0), max(means, default=0)
    return [
        Group(
            group.names,
            group.people,
            group.rate,
            group.mean,
            low_rate=group.rate is not None and group.rate < FOUR_FIFTHS * best_rate,
            low_mean=group.mean is not None and group.mean < FOUR_FIFTHS * best_mean,
        )
        for group in found
    ]
