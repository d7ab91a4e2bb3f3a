"""Kinds of mail, and which events tell whom."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from alongside.foundation.events import Event, declared

if TYPE_CHECKING:
    from alongside.foundation.identity.models import Membership

Words = str | Promise
Action = tuple[Words, str]
"""The words of the one button, and the path that it leads to."""


class UndeclaredKind(LookupError):
    """A mail of a kind that nothing declares."""


@dataclass(frozen=True)
class Kind:
    """One kind of mail, as the page of preferences shows it."""

    name: str
    words: Words
    required: bool
    open_to_administrators: bool = False


@dataclass(frozen=True)
class Telling:
    """Whom one event tells, and with which words. What is a function is called with the event and the receiver."""

    event: str
    to: "Callable[[Event], Iterable[Membership]]"
    subject: "Words | Callable[[Event, Membership], Words]"
    lines: "Sequence[Words] | Callable[[Event, Membership], Sequence[Words]]"
    action: "Action | Callable[[Event, Membership], Action | None] | None"
    doer_too: bool


_kinds: dict[str, Kind] = {}
_tellings: dict[str, list[Telling]] = {}


def declare_kind(name: str, words: Words, *, required: bool = False, open_to_administrators: bool = False) -> None:
    """Name a kind of mail, in words for the page of preferences. Nobody can turn a required kind off.

    Of a mail that was not sent, administrators learn the kind only where it is open to them: that somebody was told
    of an ending or of a concern is itself something they may not know.
    """
    _kinds[name] = Kind(name, words, required, open_to_administrators)


def notify(
    event: str,
    *,
    to: "Callable[[Event], Iterable[Membership]]",
    subject: "Words | Callable[[Event, Membership], Words]",
    lines: "Sequence[Words] | Callable[[Event, Membership], Sequence[Words]]",
    action: "Action | Callable[[Event, Membership], Action | None] | None" = None,
    required: bool = False,
    doer_too: bool = False,
    words: Words = "",
) -> None:
    """Tell people by mail whenever an event happens with notify=True, in its transaction.

    Whoever did it is left out unless `doer_too`. `words` name the kind on the page of preferences; the event's own
    wording is taken where they are empty.
    """
    telling = Telling(event, to, subject, lines, action, doer_too)
    held = _tellings.setdefault(event, [])
    if telling not in held:
        held.append(telling)
    if event not in _kinds or words or required:
        declare_kind(event, words or declared().get(event, event), required=required)


def tellings(event: str) -> Sequence[Telling]:
    """Whom an event tells."""
    return tuple(_tellings.get(event, ()))


def kind(name: str) -> Kind:
    """A kind of mail. Raises UndeclaredKind for a name that is neither declared nor an event."""
    if name in _kinds:
        return _kinds[name]
    if name in declared():
        return Kind(name, declared()[name], required=False)
    raise UndeclaredKind(name)


def open_kinds() -> dict[str, Words]:
    """The kinds that administrators may know of, by name, in words."""
    return {held.name: held.words for held in _kinds.values() if held.open_to_administrators}


def kinds() -> list[Kind]:
    """Every declared kind, the required ones first, in the order of declaration."""
    return sorted(_kinds.values(), key=lambda held: not held.required)
