"""Events: one transaction, reactions, telling, one audit entry."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db import models, transaction
from django.utils.functional import Promise

from alongside.foundation import clock

Code = str | int | bool | None


class Who(Protocol):
    """Whoever acts: identity's Actor, or the system."""

    @property
    def ref(self) -> str: ...
    @property
    def organisation_ref(self) -> str: ...


@dataclass
class Event:
    """One thing that happened. `codes` hold refs, codes and numbers, never words that a person wrote."""

    name: str
    by: Who
    about: models.Model
    at: datetime
    codes: dict[str, Code] = field(default_factory=dict)

    @property
    def about_kind(self) -> str:
        """The kind of thing it is about, as app.model."""
        return self.about._meta.label_lower

    @property
    def about_ref(self) -> str:
        """The ref of what it is about."""
        return str(getattr(self.about, "ref", self.about.pk))


Reaction = Callable[[Event], None]
Closing = Callable[[list[Event]], None]
_declared: dict[str, str | Promise] = {}
_reactions: dict[str, list[Reaction]] = {}
_tellers: list[Reaction] = []
_tombstones: list[str] = []
_closings: list[Closing] = []
_under_way: ContextVar[list[Event] | None] = ContextVar("events_under_way", default=None)


class UndeclaredEvent(LookupError):
    """An event without wording: declare it in the package's notices.py."""


def declare_event(name: str, words: str | Promise, *, tombstone: bool = False) -> None:
    """Give an event its wording, as a past-tense sentence without names ("The contract was signed").

    `tombstone`: what earlier entries are about is gone since, lawfully; `verify_audit` lists how often.
    """
    _declared[name] = words
    if tombstone and name not in _tombstones:
        _tombstones.append(name)


def tombstones() -> list[str]:
    """The names of the events after which something is lawfully gone."""
    return list(_tombstones)


def declared() -> dict[str, str | Promise]:
    """Every event and its wording."""
    return dict(_declared)


def on(name: str) -> Callable[[Reaction], Reaction]:
    """Run a later package's function in the same transaction whenever `name` happens.

    The function must be idempotent and write only to its own tables.
    """

    def register(reaction: Reaction) -> Reaction:
        held = _reactions.setdefault(name, [])
        if reaction not in held:
            held.append(reaction)
        return reaction

    return register


def at_the_end(closing: Closing) -> Closing:
    """Run a later package's function once at the end of each outermost event, with all that happened within it.

    For what follows from many events alike, such as one count from a hundred invitations. The same transaction, and
    the same rules as for `on`.
    """
    if closing not in _closings:
        _closings.append(closing)
    return closing


def reactions() -> dict[str, list[Reaction]]:
    """Every reaction, by event: the source of the docs page."""
    return {name: list(held) for name, held in _reactions.items()}


def add_teller(teller: Reaction) -> None:
    """Let notifications queue its mails in the event's transaction."""
    if teller not in _tellers:
        _tellers.append(teller)


@contextmanager
def event(name: str, *, by: Who, about: models.Model, notify: bool = True, **codes: Code) -> Iterator[Event]:
    """Do something that must be remembered, wholly or not at all.

    `about` may still be unsaved when the block begins. With `notify=False` nobody is told (an outer event tells).
    Raises UndeclaredEvent for a name without wording.
    """
    if name not in _declared:
        raise UndeclaredEvent(name)
    happened = Event(name, by, about, clock.now(), dict(codes))
    batch = _under_way.get()
    if batch is not None:
        with _joining(batch, happened):
            yield happened
            _spread(happened, notify)
        return
    batch = []
    token = _under_way.set(batch)
    try:
        with transaction.atomic(), _joining(batch, happened):
            yield happened
            _spread(happened, notify)
            for closing in _closings:
                closing(list(batch))
            _write_down(batch)
    finally:
        _under_way.reset(token)


@contextmanager
def _joining(batch: list[Event], happened: Event) -> Iterator[None]:
    # A nested event that fails, and whose failure the outer one survives, leaves no entry.
    length = len(batch)
    batch.append(happened)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del batch[length:]
        raise


def _spread(happened: Event, notify: bool) -> None:
    for reaction in _reactions.get(happened.name, ()):
        reaction(happened)
    if notify:
        for tell in _tellers:
            tell(happened)


def _write_down(batch: list[Event]) -> None:
    from alongside.foundation.events.log import append  # noqa: PLC0415 -- the log's models load after the apps

    append(batch)
