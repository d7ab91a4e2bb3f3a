"""Reads of goals: which an actor may see, and a pair's goals as its pages need them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.foundation import vault
from alongside.foundation.identity.actors import Actor
from alongside.goals import rules
from alongside.goals.models import Goal, GoalMark
from alongside.goals.policy import GoalSubject
from alongside.goals.terms import GoalState
from alongside.relationships import queries as relationships
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import PairPart

_WRITTEN = ("words", "why", "signs", "start_words")


@dataclass(frozen=True)
class SeenMark:
    """A mark with its words; None where their key was destroyed."""

    on: date
    value: int
    words: str | None


@dataclass(frozen=True)
class SeenGoal:
    """A goal with its words, as its owner or their mentor sees it; None where their key was destroyed."""

    goal: Goal
    words: str | None
    why: str | None
    signs: str | None
    start_words: str | None
    marks: tuple[SeenMark, ...]

    @property
    def title(self) -> str:
        """Its words, or that they were erased."""
        return _("These words were erased.") if self.words is None else self.words

    @property
    def now(self) -> int:
        """Where it stands: the newest mark, or the start."""
        return self.marks[-1].value if self.marks else self.goal.start

    @property
    def is_active(self) -> bool:
        """Is it being worked on?"""
        return self.goal.state == GoalState.ACTIVE

    @property
    def began_on(self) -> date:
        """The day on which it was written, where the reader is."""
        return timezone.localdate(self.goal.created_at)

    @property
    def said(self) -> list[dict[str, str]]:
        """What was written beside its title, as terms and words."""
        erased = _("These words were erased.")
        texts = [
            (_("Why it matters"), self.why),
            (_("What it was like at the start"), self.start_words),
            (_("How it will show"), self.signs),
        ]
        return [{"term": term, "words": erased if words is None else words} for term, words in texts]

    def way(self) -> dict[str, list[Any]]:
        """Every point of its chart, as headings and rows."""
        rows = [[formats.date_format(self.began_on, "j F Y"), self.goal.start, _("the start")]]
        for mark in self.marks:
            words = _("These words were erased.") if mark.words is None else mark.words
            rows.append([formats.date_format(mark.on, "j F Y"), mark.value, words])
        return {"columns": [_("Day"), _("From 0 to 10"), _("What has changed")], "rows": rows}

    @property
    def chart(self) -> rules.Chart:
        """Its way as a picture."""
        points = [(self.began_on, self.goal.start), *((mark.on, mark.value) for mark in self.marks)]
        return rules.chart([(formats.date_format(day, "j M"), value) for day, value in points], self.goal.hope)


def visible_to(actor: Actor) -> QuerySet[Goal]:
    """The goals that an actor may read: their own, and what their mentee shares with them."""
    return Goal.objects.filter(
        Q(owner=actor.membership) | Q(shared=True), relationship__in=relationships.own(actor)
    ).prefetch_related("marks")


def own(actor: Actor) -> QuerySet[Goal]:
    """The goals that an actor wrote, in pairs that they are still part of."""
    return visible_to(actor).filter(owner=actor.membership)


def of_pair(actor: Actor, pair: Pair) -> list[SeenGoal]:
    """The goals of a pair that an actor may read, oldest first."""
    return seen(visible_to(actor).filter(relationship=pair.relationship))


def seen(goals: Iterable[Goal]) -> list[SeenGoal]:
    """Goals with their words, all unsealed at once."""
    held = [(goal, list(goal.marks.all())) for goal in goals]
    sealed: list[tuple[bytes | memoryview, str]] = []
    for goal, marks in held:
        sealed += [(getattr(goal, column), vault.place(goal, column)) for column in _WRITTEN]
        sealed += [(mark.words, vault.place(mark, "words")) for mark in marks]
    words = iter(vault.unseal(sealed))
    return [_seen(goal, marks, words) for goal, marks in held]


def _seen(goal: Goal, marks: list[GoalMark], words: Iterator[str | None]) -> SeenGoal:
    title, why, signs, start_words = islice(words, len(_WRITTEN))
    shown = tuple(SeenMark(mark.on, mark.value, next(words)) for mark in marks)
    return SeenGoal(goal, title, why, signs, start_words, shown)


def as_table(goals: Iterable[SeenGoal]) -> dict[str, list[Any]]:
    """What the charts of some goals say, as headings and rows."""
    columns = [_("Goal"), _("Start"), _("Now"), _("Hope")]
    return {"columns": columns, "rows": [[held.title, held.goal.start, held.now, held.goal.hope] for held in goals]}


def counts(relationship: Relationship) -> dict[str, int]:
    """How many goals of a pair are in each state."""
    found = Goal.objects.filter(relationship=relationship).values_list("state").annotate(Count("pk")).order_by()
    held = dict(found)
    return {state.value: held.get(state.value, 0) for state in GoalState}


def has_starting_point(relationship: Relationship) -> bool:
    """Is there a goal that the pair can work from?"""
    return Goal.objects.filter(relationship=relationship).exclude(state=GoalState.LET_GO).exists()


def have_goals(actor: Actor, pairs: Collection[Pair]) -> set[tuple[str, str]]:
    """Both of each of these pairs that have a goal to work from, here or before Alongside; as ref and part."""
    held = Goal.objects.filter(relationship__in=[pair.relationship.pk for pair in pairs])
    here = set(held.exclude(state=GoalState.LET_GO).order_by().values_list("relationship", flat=True))
    found = [pair for pair in pairs if pair.relationship.pk in here or _had_goals(pair.relationship)]
    return {(pair.ref, part) for pair in found for part in PairPart}


def _had_goals(relationship: Relationship) -> bool:
    return bool(relationship.carried and relationship.carried.goals_count)


def subject(goal: Goal, pair: Pair) -> GoalSubject:
    """A goal as the policy asks about it."""
    return GoalSubject(pair.standing, goal.owner_id, goal.shared)
