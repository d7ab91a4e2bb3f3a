"""The table of moves, and which are made by themselves."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from alongside.guidance.terms import Stage
from alongside.relationships.terms import Answer, State


class Route(NamedTuple):
    """One possible move. A route that is `by_itself` is taken as soon as nothing is missing."""

    to: Stage
    by_itself: bool


# Forward and, where people change their minds, back.
ROUTES: dict[Stage, tuple[Route, ...]] = {
    Stage.PREPARE: (Route(Stage.CONNECT, True),),
    Stage.CONNECT: (Route(Stage.CONTRACT, True),),
    Stage.CONTRACT: (Route(Stage.DIRECT, True),),
    Stage.DIRECT: (Route(Stage.PROGRESS, True), Route(Stage.CLOSE, False)),
    Stage.PROGRESS: (Route(Stage.CLOSE, False),),
    Stage.REVIEW: (Route(Stage.PROGRESS, False), Route(Stage.CLOSE, False)),
    Stage.CLOSE: (Route(Stage.AFTER, True), Route(Stage.PROGRESS, False)),
    Stage.AFTER: (),
}


def may_move(stage: str, to: str) -> bool:
    """Is there a route from `stage` to `to`?"""
    return any(route.to == to for route in ROUTES[Stage(stage)])


def next_by_itself(stage: str) -> Stage | None:
    """The stage that follows as soon as nothing is missing."""
    return next((route.to for route in ROUTES[Stage(stage)] if route.by_itself), None)


def next_by_choice(stage: str) -> Stage | None:
    """The stage that two people reach by deciding to."""
    return next((route.to for route in ROUTES[Stage(stage)] if not route.by_itself), None)


def may_answer(state: str, answer: str) -> bool:
    """Is there something to answer for whoever gave this answer so far?"""
    return state == State.PROPOSED and answer == Answer.WAITING


def is_back(stage: str, to: str) -> bool:
    """Does a step lead back along the path?"""
    order = list(ROUTES)
    return order.index(Stage(to)) < order.index(Stage(stage))


def state_at(stage: str, accepted: bool) -> State:
    """The state of an open pair that has come to this stage."""
    if not accepted:
        return State.PROPOSED
    early = (Stage.PREPARE, Stage.CONNECT, Stage.CONTRACT)
    return State.ACCEPTED if Stage(stage) in early else State.ACTIVE


def free_place(taken: set[int], capacity: int) -> int | None:
    """The lowest number of a mentor's free place; None where all are taken."""
    return next((number for number in range(1, capacity + 1) if number not in taken), None)


NEWS_EVERY = timedelta(days=14)
"""How often whoever waits for a mentor hears from us, although there is nobody to propose yet."""


def next_news(since: date, today: date) -> date:
    """By which day somebody who waits since then hears how it stands."""
    return since + NEWS_EVERY * (news_so_far(since, today) + 1)


def news_so_far(since: date, today: date) -> int:
    """How many times they should have heard by today."""
    return max(0, (today - since) // NEWS_EVERY)


REMINDERS = (timedelta(days=5), timedelta(days=10))
"""How long after a proposal whoever has not answered hears of it again: twice, and no more by itself."""

SILENT_AFTER = timedelta(days=14)
"""After how long without an answer a proposal comes to the coordinator's list."""


def reminder_due(proposed_at: datetime, now: datetime) -> int:
    """The number of the reminder that is due, from 1; 0 before the first."""
    return sum(now - proposed_at >= after for after in REMINDERS)
