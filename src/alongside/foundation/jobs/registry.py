"""Which work exists, by name, and what a task may raise."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

# What an argument or a result may be: refs, codes and numbers, as JSON has them.
Plain = str | int | float | bool | None | list[Any] | dict[str, Any]
Body = Callable[..., dict[str, Plain] | None]
URGENT = 50  # from here on work has a lane of its own, so that a long import holds up no sign-in code


class UnknownTask(LookupError):
    """No package registers work of this name."""


class Cancelled(Exception):
    """Somebody asked for the job to stop. Raised by `progress`; let it pass."""


class Interrupted(Exception):
    """The worker is stopping: the job goes back to the queue. Raised by `progress`; let it pass."""


class ClaimLost(Exception):
    """Another worker has the job by now: whatever this one did must not count. Let it pass."""


class Failed(Exception):
    """The job cannot be done, for a reason in people's words. It is not tried again."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))


class TryAgain(Exception):
    """The job cannot be done now. It is tried again after some seconds, without counting as a fault."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again after {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True)
class Task:
    """One kind of work."""

    name: str
    body: Body
    priority: int
    tries: int
    words: str | Promise = ""


_tasks: dict[str, Task] = {}
_every: dict[str, int] = {}


def task(name: str, *, words: str | Promise = "", priority: int = 0, tries: int = 3) -> Callable[[Body], Body]:
    """Register `(job, **plain)` as the work called `name`. What it returns is kept as the job's result.

    `words` say what is done, for the administrators' list of work that was given up: "Checking a roster".
    The work may run more than once: make it idempotent, or end it in `job.finishing()`.
    Raises ValueError when the name is taken.
    """

    def register(body: Body) -> Body:
        held = _tasks.setdefault(name, Task(name, body, priority, tries, words))
        if held.body is not body:
            raise ValueError(f"the work {name} is registered twice")
        return body

    return register


def every(name: str, *, minutes: int) -> None:
    """Have a worker queue this work once in so many minutes, whichever worker comes first.

    Slots are counted from the same moment everywhere: whatever the number of workers, one slot is one job. Slots that
    nobody was there for are left out.
    """
    _every[name] = minutes * 60


def hourly(name: str) -> None:
    """Have a worker queue this work once an hour."""
    every(name, minutes=60)


def slots(now: datetime) -> Iterator[tuple[str, int]]:
    """The work of the schedule, each with the number of its slot."""
    for name, seconds in _every.items():
        yield name, int(now.timestamp() // seconds)


def words_of(name: str) -> str | Promise:
    """What the work of a name does; the bare name where nothing registers it any more."""
    return (_tasks[name].words if name in _tasks else "") or name


def names() -> list[str]:
    """Every registered work."""
    return list(_tasks)


def find(name: str) -> Task:
    """The work of a name. Raises UnknownTask where there is none."""
    try:
        return _tasks[name]
    except KeyError as error:
        raise UnknownTask(name) from error
