"""How answers come out by one table and by another: before a new edition is saved, what would change."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside import guidance
from alongside.guidance import Fit
from alongside.guidance.rules import MARKS

MOST = MARKS[-1]


@dataclass(frozen=True)
class Outcome:
    """What fits best by one table: names and the score they share; no names where nothing can be said."""

    names: tuple[str, ...] = ()
    score: int = 0


@dataclass(frozen=True)
class Sample:
    """The same answers by both tables. `situation` is the one alone that is so; "" where all are."""

    situation: str
    before: Outcome
    after: Outcome

    @property
    def changes(self) -> bool:
        """Does something else come out?"""
        return self.before != self.after


def outcome(table: Fit, answers: Mapping[str, int]) -> Outcome:
    """What fits best; answers to what the table does not ask are left out."""
    asked = {held.key for held in table.situations}
    found = guidance.recommend(table, {key: said for key, said in answers.items() if key in asked})
    if not found.scores:
        return Outcome()
    return Outcome(tuple(table.name(key) for key in found.best), found.scores[0].shown)


def samples(before: Fit, after: Fit) -> list[Sample]:
    """All situations at once, then each alone, answered with the highest mark."""
    names = {held.key: held.name for held in (*before.situations, *after.situations)}
    every = dict.fromkeys(names, MOST)
    found = [Sample("", outcome(before, every), outcome(after, every))]
    for key, name in names.items():
        found.append(Sample(name, outcome(before, {key: MOST}), outcome(after, {key: MOST})))
    return found


def compared(before: Fit, after: Fit, answers: Mapping[str, int]) -> list[tuple[str, int | None, int | None]]:
    """Each model with its score by both tables, best by the new one first; nothing where nothing was answered."""
    held = [_scores(table, answers) for table in (before, after)]
    names = sorted({**held[0], **held[1]}, key=lambda name: -held[1].get(name, 0))
    return [(name, held[0].get(name), held[1].get(name)) for name in names]


def _scores(table: Fit, answers: Mapping[str, int]) -> dict[str, int]:
    asked = {held.key for held in table.situations}
    found = guidance.recommend(table, {key: said for key, said in answers.items() if key in asked})
    return {table.name(score.option): score.shown for score in found.scores}
