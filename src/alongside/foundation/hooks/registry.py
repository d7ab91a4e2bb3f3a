"""The registries and what they hold."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise

from alongside.foundation.events import Event
from alongside.foundation.hooks.once import once

T = TypeVar("T")


@dataclass(frozen=True)
class Need:
    """One thing that a move asks for, in a sentence, and whether it is there. `code` is what is remembered of it."""

    words: str | Promise
    met: bool
    link: str = ""
    code: str = ""


@dataclass(frozen=True)
class NextStep:
    """One thing that an actor could do next. The lowest weight stands first; then the earliest date."""

    weight: int
    words: str | Promise
    link: str
    button: str | Promise
    why: str | Promise = ""
    due: date | None = None
    overdue: bool = False
    yours: bool = True  # False: it waits for somebody else and is only listed

    @property
    def state(self) -> str:
        """How it stands, in the words of the `status` component."""
        return ("overdue" if self.overdue else "due") if self.yours else "waiting"


@dataclass(frozen=True)
class Panel:
    """A part of a page that a later package draws.

    `context(actor, subject)` gives the template's context, or None where this actor sees no such panel. A panel that
    shows next steps itself names their links as `links`: home then leaves them out of its own lists.
    """

    page: str  # "home", "pair", "programme", "person", "end_role", "leave", "competences"
    weight: int
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class FunnelStep:
    """How many participants of a programme have come this far, as a queryset of participations.

    `changes` names the events that change the number, each with a function from what they are about to the primary
    keys of the programmes concerned. Those are then counted anew.
    """

    key: str
    weight: int
    words: str | Promise
    people: Callable[[Any], Any]
    changes: Mapping[str, Callable[[Sequence[Any]], Iterable[int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class DeskCount:
    """How much of one kind waits for the coordinators of a programme, such as people to invite.

    `rows(programmes)` counts it for primary keys of programmes: a queryset of `programme_key` and `count`; programmes
    with nothing are left out. `changes` as of a funnel step, with which it is counted and kept.
    """

    key: str
    rows: Callable[[Collection[int]], Any]
    changes: Mapping[str, Callable[[Sequence[Any]], Iterable[int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class NavigationItem:
    """A place in the masthead."""

    weight: int
    words: str | Promise
    link: str


@dataclass(frozen=True)
class Assured:
    """One thing by which an organisation shows that it works safely: how many of how many, or a fact in words.

    `about` is what it belongs to. Nobody may be found out by it: whoever gives it leaves out what is too few.
    """

    weight: int
    about: str | Promise
    words: str | Promise
    said: str | Promise = ""
    count: int | None = None
    of: int | None = None

    @property
    def is_short(self) -> bool:
        """Does it lack some of what it should be?"""
        return self.count is not None and self.of is not None and self.count < self.of


@dataclass(frozen=True)
class ImportStep:
    """What a later package makes of a committed roster: `apply(roster_import, by)` within the commit.

    `check(organisation, programme)` says beforehand why a roster cannot go into a programme, or None.
    `made(roster_import)` gives the rows that `apply` made, each with a `membership`; `acted(roster_import)` those of
    them of which somebody has made something since. `undo(roster_import, memberships, by)` takes back what `apply` made
    for some people, within the undoing of the import.
    """

    key: str
    apply: Callable[..., None]
    check: Callable[[Any, str], Any] | None = None
    made: Callable[[Any], Any] | None = None
    acted: Callable[[Any], Any] | None = None
    undo: Callable[[Any, Any, Any], None] | None = None


@dataclass(frozen=True)
class Effect:
    """One thing that hangs on somebody's staying, as one actor may know it; or what came of their leaving."""

    words: str | Promise
    link: str = ""
    button: str | Promise = ""


Effects = Mapping[int, Iterable[Effect]]
"""By membership."""


@dataclass(frozen=True)
class LeaverEffects:
    """What a later package says and does about people who leave an organisation.

    `part_of(actor, memberships)`: what each of them is part of now, and what becomes of it.
    `came_of(actor, left)`: what ended, and what leads on; `left` holds the moment of leaving by membership.
    `take_back(left, by)`: the leaving was a mistake; begin again whatever ended in those moments, where it still can.
    """

    key: str
    part_of: Callable[[Any, Collection[Any]], Effects]
    came_of: Callable[[Any, Mapping[int, datetime]], Effects]
    take_back: Callable[[Mapping[int, datetime], Any], None]


@dataclass(frozen=True)
class DutyFact:
    """What a later package sees of duties by itself, such as who has signed.

    `done(actor, pairs)`: of the actor's own open pairs, who has done it, as ref of the pair and part. Both of a pair
    read it, so it says nothing that one of them may not know.
    """

    key: str  # a guidance.Fact
    done: Callable[[Any, Collection[Any]], Collection[tuple[str, str]]]


class Registry(Generic[T]):
    """A list that keeps what is registered, each once, in the order of the layers."""

    def __init__(self) -> None:
        self._held: list[T] = []

    def register(self, what: T) -> T:
        """Keep `what`; usable as a decorator."""
        if what not in self._held:
            self._held.append(what)
        return what

    def __iter__(self) -> Iterator[T]:
        return iter(self._held)


Gate = Callable[[Any, str], Iterable[Need]]
"""`gate(relationship, to)` gives what the move to the canonical stage `to` needs of this package."""


class Panels(Registry[Panel]):
    """Panels by page."""

    def shown(self, page: str, actor: Any, subject: Any) -> list[tuple[str, dict[str, Any]]]:
        """Template and context of each panel that `actor` sees of `subject`, in order of weight."""
        drawn = []
        for panel in sorted((held for held in self if held.page == page), key=lambda held: held.weight):
            context = panel.context(actor, subject)
            if context is not None:
                drawn.append((panel.template, context))
        return drawn


class Navigation(Registry[Callable[[Any], Iterable[NavigationItem]]]):
    """Where the masthead leads."""

    def items(self, actor: Any) -> list[NavigationItem]:
        """The places for `actor`, in order of weight."""
        return sorted((item for give in self for item in give(actor)), key=lambda item: item.weight)


Steps = Callable[[Any], Iterable[NextStep]]


class NextSteps(Registry[Steps]):
    """What an actor could do next."""

    def __init__(self) -> None:
        super().__init__()
        self._leading: dict[Steps, str] = {}

    def leading_to(self, where: str) -> Callable[[Steps], Steps]:
        """Register steps that all lead to one kind of page: "pair", "programme" or another. Others do not ask them."""

        def register(give: Steps) -> Steps:
            self._leading[give] = where
            return self.register(give)

        return register

    def of(self, actor: Any, where: str = "") -> list[NextStep]:
        """The next steps of `actor`, the first one first: all, or without those that lead elsewhere than `where`.

        Asked once for a page that assembles.
        """
        return once(("next_steps", actor.ref, where), lambda: self._of(actor, where))

    def asked(self, where: str = "") -> list[Steps]:
        """Who is asked for them: everybody, or whoever may lead to `where`."""
        return [give for give in self if where in ("", self._leading.get(give, where))]

    def _of(self, actor: Any, where: str) -> list[NextStep]:
        steps = [step for give in self.asked(where) for step in give(actor)]
        return sorted(steps, key=lambda step: (not step.yours, not step.overdue, step.weight, step.due or date.max))


class Assurance(Registry[Callable[[Any], Iterable[Assured]]]):
    """By what an organisation shows that it works safely."""

    def of(self, organisation: Any) -> list[Assured]:
        """All of it, in order of weight."""
        return sorted((held for give in self for held in give(organisation)), key=lambda held: held.weight)


class FunnelSteps(Registry[FunnelStep]):
    """The steps of a programme's funnel."""

    def in_order(self) -> list[FunnelStep]:
        """Every step, first to last."""
        return sorted(self, key=lambda step: step.weight)


def counts_changed_by(happened: Iterable[Event]) -> set[int]:
    """The programmes, by primary key, of which these events may have changed a number that is kept."""
    about: dict[str, list[Any]] = {}
    for one in happened:
        about.setdefault(one.name, []).append(one.about)
    kept: Iterable[FunnelStep | DeskCount] = (*funnel_steps, *desk_counts)
    asked = {(name, programmes) for one in kept for name, programmes in one.changes.items() if name in about}
    return {key for name, programmes in asked for key in programmes(about[name])}


class Leavers(Registry[LeaverEffects]):
    """What every package says of people who leave, together."""

    def part_of(self, actor: Any, memberships: Collection[Any]) -> dict[int, list[Effect]]:
        """What each of some people is part of, as far as `actor` may know."""
        return _merged(held.part_of(actor, memberships) for held in self)

    def came_of(self, actor: Any, left: Mapping[int, datetime]) -> dict[int, list[Effect]]:
        """What came of somebody's leaving, as far as `actor` may know."""
        return _merged(held.came_of(actor, left) for held in self)


def _merged(said: Iterable[Effects]) -> dict[int, list[Effect]]:
    merged: dict[int, list[Effect]] = {}
    for effects in said:
        for membership, more in effects.items():
            merged.setdefault(membership, []).extend(more)
    return merged


gates: Registry[Gate] = Registry()
panels = Panels()
next_steps = NextSteps()
navigation = Navigation()
assurance = Assurance()
funnel_steps = FunnelSteps()
desk_counts: Registry[DeskCount] = Registry()
duty_facts: Registry[DutyFact] = Registry()
import_steps: Registry[ImportStep] = Registry()
leaver_effects = Leavers()
manager_conflicts: Registry[Callable[[Any, Any], Iterable[Effect]]] = Registry()
"""`conflicts(actor, roster_import)`: what a new line manager in it cannot be beside, as far as `actor` may know."""
ways_in: Registry[Callable[[], Iterable[NavigationItem]]] = Registry()
"""Other ways in than an address, for the page on which people sign in; asked only there."""
